import { setTimeout as sleep } from 'node:timers/promises'
import { threads } from '../../src/concurrency/threads.ts'
import type { Log, LogFields } from '../../src/log.ts'
import { Fault } from '../../src/vocabulary/faults.ts'
import { t } from '../support/suite.ts'

/** Threads of a script that is written here, with what they log. */
function setUp(work: string, { knows = () => ({}) as unknown, of = (): number => 1 } = {}) {
  const logged: LogFields[] = []
  const say = (_event: string, fields: LogFields = {}) => void logged.push(fields)
  const log: Log = { debug: say, info: say, warn: say, error: say }
  const at = new URL('../../src/concurrency/thread.js', import.meta.url)
  const script = new URL(
    `data:text/javascript,${encodeURIComponent(`import { workAsThread } from '${at}'; ${work}`)}`,
  )
  const run = threads<unknown, unknown>(script, { atMost: 1, idleAfter: 60_000, knows, of, log })
  return { run, logged }
}

const overloaded = new Fault('overloaded')

t.test(
  'work that fails in a thread is overloaded, and told by class and code, never by message',
  async (t) => {
    const { run, logged } = setUp(
      `workAsThread(async (job) => { throw Object.assign(new RangeError(job), { code: 'E_ODD' }) }, () => {})`,
    )
    await t.rejects(run('secret'), overloaded)
    await run.end()
    t.match(logged, [{ error: 'RangeError', code: 'E_ODD' }])
    t.notMatch(JSON.stringify(logged), /secret/)
  },
)

t.test('a thread that cannot be begun, or ends by itself, is overloaded and told', async (t) => {
  const unbegun = setUp('', { knows: () => ({ uncloneable() {} }) })
  await t.rejects(unbegun.run(1), overloaded)
  t.match(unbegun.logged, [{ error: 'DOMException' }])
  const exiting = setUp('workAsThread(async () => process.exit(3), () => {})')
  await t.rejects(exiting.run(1), overloaded)
  t.match(exiting.logged, [{ code: 'exit 3' }])
})

t.test('work that cannot be sent is overloaded, and the thread goes on', async (t) => {
  const { run, logged } = setUp('workAsThread(async (job) => job + 1, () => {})')
  await t.rejects(
    run(() => {}),
    overloaded,
  )
  t.equal(await run(1), 2)
  t.equal(logged.length, 1)
  await run.end()
})

t.test('a thread wipes what it knew at the end, and soon after that was replaced', async (t) => {
  const memory = new Int32Array(new SharedArrayBuffer(4))
  let key = 1
  const { run, logged } = setUp(
    `import { workerData } from 'node:worker_threads'
     workAsThread(async (job) => job, () => { Atomics.add(workerData, 0, 1) })`,
    { knows: () => memory, of: () => key },
  )
  await run(1)
  key = 2
  while (Atomics.load(memory, 0) === 0) await sleep(20)
  await run(2)
  await run.end()
  t.equal(memory[0], 2)
  t.strictSame(logged, [])
})

t.end()
