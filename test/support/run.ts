import { readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { stopTestCluster } from './cluster.ts'
import { noteContract } from './contractNote.ts'
import { document } from './openapiDocument.ts'
import { processesFor } from './processes.ts'
import { noteCluster, prepareCluster } from './template.ts'
import { type Ended, runTests } from './testProcess.ts'

/**
 * `npm test`: runs every test file, or those whose path holds one of the words after `--`, several in a process, on one server.
 * Prints a line for each file as its process ends, every failure with its diagnostics, and the totals.
 */
const folder = fileURLToPath(new URL('..', import.meta.url))
const words = process.argv.slice(2)
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.js'))
  .filter((file) => words.length === 0 || words.some((word) => file.includes(word)))
  .toSorted()

const began = Date.now()
// Whoever reads our output may stop reading, as in `npm test | head`.
process.stdout.on('error', () => process.exit(1))
const stopping = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort())

const ended: Ended[] = []
const cluster = await prepareCluster()
try {
  await noteCluster(cluster)
  noteContract(document)
  const waiting = processesFor(files)
  // Tests wait about as long as they work: for Postgres, for an event, for the end of a process.
  const lanes = Array.from({ length: availableParallelism() + 2 }, async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      if (stopping.signal.aborted) return
      const one = await runTests(next, stopping.signal)
      ended.push(one)
      process.stdout.write(one.told)
    }
  })
  await Promise.all(lanes)
} finally {
  await stopTestCluster(cluster)
  await noteCluster()
  noteContract()
}

const sum = (of: (one: Ended) => number) => ended.reduce((all, one) => all + of(one), 0)
const failed = sum(({ failed }) => failed)
const isAll = files.length > 0 && !stopping.signal.aborted
if (files.length === 0) process.stdout.write('not ok - no test file is called so\n')
process.stdout.write(
  `# { total: ${sum(({ total }) => total)}, fail: ${failed} }\n# time=${((Date.now() - began) / 1_000).toFixed(1)} s\n`,
)
process.exit(failed === 0 && isAll ? 0 : 1)
