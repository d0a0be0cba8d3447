import { readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { stopTestCluster } from './cluster.ts'
import { noteContract } from './contractNote.ts'
import { document } from './openapiDocument.ts'
import { noteCluster, prepareCluster } from './template.ts'

/**
 * Runs every test file, or those whose path holds one of the words that were given, in a process each, on one server.
 * Tap's own runner puts two module hooks into each process, and on Node 20 their thread now and then stops a process for
 * ever while it loads (nodejs/node#50948). Nothing here needs them: tests are compiled, and coverage is not measured.
 */
const folder = fileURLToPath(new URL('..', import.meta.url))
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
t.jobs = 2
if (files.length === 0) t.fail('no test file is called so')
for (const file of files) {
  t.spawn(process.execPath, ['--enable-source-maps', join(folder, file)], {
    name: relative(process.cwd(), join(folder, file)),
    timeout: secondsAtMost * 1_000,
    env: { ...process.env, TAP_TIMEOUT: String(secondsAtMost) },
    buffered: true,
  })
}
