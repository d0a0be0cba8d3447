import { parentPort } from 'node:worker_threads'
import { describeError } from '../log.ts'
import type { Heard, Told } from './threads.ts'

/** Tells of something that failed without ending the work. */
export type Tell = (error: unknown) => void

/**
 * Does the work of a thread, one piece after the other, until it is told to end; then `wipe` forgets what it knew. Memory
 * that `given` names of what came of a piece is given away and not copied.
 */
export function workAsThread<Job, Done>(
  work: (job: Job, tell: Tell) => Promise<Done>,
  wipe: () => void,
  given: (done: Done) => readonly ArrayBuffer[] = () => [],
): void {
  let last = Promise.resolve()
  const say = (heard: Heard<Done>, memory: readonly ArrayBuffer[] = []) =>
    parentPort?.postMessage(heard, memory)
  const tell: Tell = (error) => say({ failed: describeError(error) })

  async function next(told: Told<Job>): Promise<void> {
    if (told === 'end') {
      wipe()
      parentPort?.close()
      return
    }
    const { number, job } = told
    try {
      const done = await work(job, tell)
      say({ number, done }, given(done))
    } catch (error) {
      say({ number, failed: describeError(error) })
    }
  }

  parentPort?.on('message', (told: Told<Job>) => {
    last = last.then(() => next(told))
  })
}
