import { type ResourceLimits, Worker } from 'node:worker_threads'
import { Fault } from '../vocabulary/faults.ts'

/** What a thread is told: a piece of work, or that it is to wipe what it knows and end. */
export type Told<Job> = { number: number; job: Job } | 'end'
/** What a thread tells: what came of a piece of work; nothing where it failed. */
export interface Heard<Done> {
  number: number
  done?: Done
}

export interface ThreadsOptions {
  atMost: number
  /** Milliseconds after which a thread that has nothing to do ends. */
  idleAfter: number
  /** What a thread knows from its beginning. */
  knows(): unknown
  /** What that was made of: once it is another, no work goes to threads that know the old. */
  of(): unknown
  limits?: ResourceLimits
}

interface Thread<Done> {
  worker: Worker
  of: unknown
  underWay: Map<number, { resolve: (done: Done) => void; reject: (fault: Fault) => void }>
  rest: NodeJS.Timeout | undefined
}

export type Threads<Job, Done> = ReturnType<typeof threads<Job, Done>>

/** Milliseconds that a thread has for wiping what it knows. */
const endsWithin = 1_000

/**
 * Threads that do one kind of work, so that the service's own thread stays free: begun when they are first needed, so
 * never before the process is hardened. What they know ends with them.
 */
export function threads<Job, Done>(script: URL, { atMost, idleAfter, knows, of, limits }: ThreadsOptions) {
  const all = new Set<Thread<Done>>()
  let jobs = 0

  function newThread(): Thread<Done> {
    const worker = new Worker(script, {
      workerData: knows(),
      // No variable of the environment, and nothing that it prints.
      env: {},
      execArgv: [],
      stdout: true,
      stderr: true,
      ...(limits ? { resourceLimits: limits } : {}),
    })
    const thread: Thread<Done> = { worker, of: of(), underWay: new Map(), rest: undefined }
    all.add(thread)
    worker.on('message', ({ number, done }: Heard<Done>) => {
      const waiting = thread.underWay.get(number)
      thread.underWay.delete(number)
      if (done === undefined) waiting?.reject(new Fault('overloaded'))
      else waiting?.resolve(done)
      if (thread.underWay.size === 0) rest(thread)
    })
    // Out of memory, most likely: the work may come again, to another thread.
    const fail = () => {
      all.delete(thread)
      for (const { reject } of thread.underWay.values()) reject(new Fault('overloaded'))
      thread.underWay.clear()
    }
    worker.on('error', fail)
    worker.on('exit', fail)
    // A thread keeps the process alive only while somebody waits for it: a command has nothing else that does.
    worker.unref()
    return thread
  }

  /** From now on it waits for work. Once it ends no work goes to it: what it had then would be lost. */
  function rest(thread: Thread<Done>): void {
    thread.worker.unref()
    const left = thread.of === of() ? idleAfter : 0
    thread.rest = setTimeout(() => {
      all.delete(thread)
      tell(thread, 'end')
      setTimeout(() => void thread.worker.terminate(), endsWithin).unref()
    }, left).unref()
  }

  function tell({ worker }: Thread<Done>, told: Told<Job>): void {
    worker.postMessage(told)
  }

  function leastBusy(): Thread<Done> {
    const usable = [...all].filter((thread) => thread.of === of())
    const [first] = usable.sort((a, b) => a.underWay.size - b.underWay.size)
    return first === undefined || (first.underWay.size > 0 && usable.length < atMost) ? newThread() : first
  }

  /** Does a piece of work. Rejects with `overloaded` where its thread failed. */
  return function run(job: Job): Promise<Done> {
    const thread = leastBusy()
    clearTimeout(thread.rest)
    jobs += 1
    const number = jobs
    return new Promise((resolve, reject) => {
      thread.underWay.set(number, { resolve, reject })
      thread.worker.ref()
      tell(thread, { number, job })
    })
  }
}
