import { loop } from '../../src/concurrency/loop.ts'
import { t } from '../support/suite.ts'

// A loop keeps no process running; these tests do.
const running = setInterval(() => {}, 60_000)
t.teardown(() => clearInterval(running))

/** A promise that is settled from outside. */
function open() {
  let resolve = () => {}
  let reject: (error: Error) => void = () => {}
  const promise = new Promise<void>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}

/** Resolves when `pass` has been called so often, and lets a test say how each call ends. */
function passes() {
  const calls: ReturnType<typeof open>[] = []
  const waiting: { count: number; resolve: () => void }[] = []
  return {
    calls,
    pass: () => {
      const call = open()
      calls.push(call)
      for (const { count, resolve } of waiting) if (calls.length >= count) resolve()
      return call.promise
    },
    until: (count: number) =>
      calls.length >= count
        ? Promise.resolve()
        : new Promise<void>((resolve) => waiting.push({ count, resolve })),
  }
}

t.test('a pass follows another once that has ended, whether well or not', async (t) => {
  const { calls, pass, until } = passes()
  const failures: unknown[] = []
  const work = loop(pass, { wait: 1, atOnce: true, failed: (error) => failures.push(error) })
  t.equal(calls.length, 1, 'at once')
  calls[0]?.reject(new Error('away'))
  await until(2)
  t.match(failures, [{ message: 'away' }])
  calls[1]?.resolve()
  await until(3)
  calls[2]?.resolve()
  await work.stop()
})

t.test('it stops once the pass under way has ended, and tells that pass so', async (t) => {
  let told = false
  const begun = open()
  const work = loop(
    (signal) => {
      begun.resolve()
      return new Promise<void>((_, reject) => {
        signal.addEventListener('abort', () => {
          told = true
          reject(new Error('cut short'))
        })
      })
    },
    { wait: 1, atOnce: true, failed: () => t.fail('what was stopped is no failure') },
  )
  await begun.promise
  await work.stop()
  t.ok(told)
})

t.test('the wait is worked out anew before each pass', async (t) => {
  const { calls, pass, until } = passes()
  let waits = 0
  const work = loop(pass, {
    wait: () => {
      waits += 1
      return 1
    },
  })
  await until(1)
  calls[0]?.resolve()
  await until(2)
  t.equal(waits, 2)
  calls[1]?.resolve()
  await work.stop()
})
t.end()
