import { parentPort } from 'node:worker_threads'
import type { Heard, Told } from './threads.ts'

/** Does the work of a thread, one piece after the other, until it is told to end; then `wipe` forgets what it knew. */
export function workAsThread<Job, Done>(work: (job: Job) => Promise<Done>, wipe: () => void): void {
  let last = Promise.resolve()

  async function next(told: Told<Job>): Promise<void> {
    if (told === 'end') {
      wipe()
      parentPort?.close()
      return
    }
    const { number, job } = told
    const done = await work(job).catch(() => undefined)
    parentPort?.postMessage({ number, done } satisfies Heard<Done | undefined>)
  }

  parentPort?.on('message', (told: Told<Job>) => {
    last = last.then(() => next(told))
  })
}
