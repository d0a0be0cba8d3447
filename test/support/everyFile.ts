import { readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { stopTestCluster } from './cluster.ts'
import { noteContract } from './contractNote.ts'
import { document } from './openapiDocument.ts'
import { processesFor } from './processes.ts'
import { noteCluster, prepareCluster } from './template.ts'

/**
 * Runs every test file, or those whose path holds one of the words that were given, several in a process, on one server.
 * Tap's own runner puts two module hooks into each process, and on Node 20 their thread now and then stops a process for
 * ever while it loads (nodejs/node#50948). Nothing here needs them: tests are compiled, and coverage is not measured.
 */
const folder = fileURLToPath(new URL('..', import.meta.url))
const runner = fileURLToPath(new URL('severalFiles.js', import.meta.url))
/** A machine may have much else to do. What hangs is found all the same. */
const secondsAtMost = 400

const words = process.argv.slice(2)
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.js'))
  .filter((file) => words.length === 0 || words.some((word) => file.includes(word)))
  .toSorted()

const cluster = await prepareCluster()
await noteCluster(cluster)
noteContract(document)
t.teardown(async () => {
  await stopTestCluster(cluster)
  await noteCluster()
  noteContract()
})

t.setTimeout(0)
// Tests wait about as long as they work: for Postgres, for an event, for the end of a process.
t.jobs = availableParallelism() + 2
if (files.length === 0) t.fail('no test file is called so')
for (const together of processesFor(files)) {
  t.spawn(process.execPath, ['--enable-source-maps', runner], {
    name: together.join(' '),
    timeout: secondsAtMost * 1_000 * together.length,
    env: { ...process.env, TAP_TIMEOUT: String(secondsAtMost), TEST_FILES: together.join('\n') },
    buffered: true,
  })
}
