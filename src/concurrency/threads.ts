import { type ResourceLimits, Worker } from 'node:worker_threads'
import { describeError, type Log, type LogFields } from '../log.ts'
import { Fault } from '../vocabulary/faults.ts'

/** What a thread is told: a piece of work, or that it is to wipe what it knows and end. */
export type Told<Job> = { number: number; job: Job } | 'end'
/** What a thread tells: what came of a piece of work, or how something failed; with the number, the whole piece. */
export type Heard<Done> = { number: number; done: Done } | { number?: number; failed: LogFields }

export interface ThreadsOptions {
  atMost: number
  /** Milliseconds after which a thread that has nothing to do ends. */
  idleAfter: number
  /** What a thread knows from its beginning. */
  knows(): unknown
  /** What that was made of: once it is another, no work goes to threads that know the old. */
  of(): unknown
  limits?: ResourceLimits
  /** Hears of what failed: by class, code and frames, never by a message. */
  log?: Log | undefined
}

interface Thread<Done> {
  worker: Worker
  of: unknown
  underWay: Map<number, { resolve: (done: Done) => void; reject: (fault: Fault) => void }>
  rest: NodeJS.Timeout | undefined
}

export interface Threads<Job, Done> {
  /** Does a piece of work, and gives away what is named. Rejects with `overloaded` where it failed, or no thread could be begun. */
  (job: Job, given?: readonly ArrayBuffer[]): Promise<Done>
  /** Lets every thread finish what it has, wipe what it knows and end. */
  end(): Promise<void>
}

/** Milliseconds that a thread has for wiping what it knows. */
const endsWithin = 1_000
/** Milliseconds from one look to the next whether an idle thread knows what is of use no more. */
const lookEvery = 1_000

/**
 * Threads that do one kind of work, so that the service's own thread stays free: begun when they are first needed, so
 * never before the process is hardened. What they know ends with them.
 */
export function threads<Job, Done>(
  script: URL,
  { atMost, idleAfter, knows, of, limits, log }: ThreadsOptions,
): Threads<Job, Done> {
  const all = new Set<Thread<Done>>()
  let jobs = 0

  const failed = (fields: LogFields) => log?.error('work in a thread failed', fields)

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
    worker.on('message', (heard: Heard<Done>) => {
      if ('failed' in heard) failed(heard.failed)
      if (heard.number === undefined) return
      const waiting = thread.underWay.get(heard.number)
      thread.underWay.delete(heard.number)
      if ('failed' in heard) waiting?.reject(new Fault('overloaded'))
      else waiting?.resolve(heard.done)
      if (thread.underWay.size === 0) rest(thread)
    })
    // Out of memory, most likely: the work may come again, to another thread.
    const fail = (fields: LogFields) => {
      if (all.delete(thread)) failed(fields)
      clearInterval(thread.rest)
      for (const { reject } of thread.underWay.values()) reject(new Fault('overloaded'))
      thread.underWay.clear()
    }
    worker.on('error', (error) => fail(describeError(error)))
    worker.on('exit', (code) => fail({ code: `exit ${code}` }))
    // A thread keeps the process alive only while somebody waits for it: a command has nothing else that does.
    worker.unref()
    return thread
  }

  /** From now on it waits for work, until it has waited for long, or what it knows is of use no more. */
  function rest(thread: Thread<Done>): void {
    if (!all.has(thread)) return
    thread.worker.unref()
    const since = performance.now()
    clearInterval(thread.rest)
    const look = () => {
      if (thread.of !== of() || performance.now() - since >= idleAfter) dismiss(thread)
    }
    thread.rest = setInterval(look, Math.min(idleAfter, lookEvery)).unref()
    if (thread.of !== of()) dismiss(thread)
  }

  /** Once it ends no work goes to it: what it had then would be lost. */
  function dismiss(thread: Thread<Done>): void {
    clearInterval(thread.rest)
    all.delete(thread)
    tell(thread, 'end')
    if (thread.underWay.size === 0) setTimeout(() => void thread.worker.terminate(), endsWithin).unref()
  }

  function tell({ worker }: Thread<Done>, told: Told<Job>, given: readonly ArrayBuffer[] = []): void {
    worker.postMessage(told, given)
  }

  /** The least busy; a new one where all are busy and there may be more, and it can be begun. */
  function leastBusy(): Thread<Done> {
    const usable = [...all].filter((thread) => thread.of === of())
    const [first] = usable.sort((a, b) => a.underWay.size - b.underWay.size)
    if (first !== undefined && (first.underWay.size === 0 || usable.length >= atMost)) return first
    try {
      return newThread()
    } catch (error) {
      failed(describeError(error))
      if (first === undefined) throw new Fault('overloaded')
      return first
    }
  }

  async function run(job: Job, given: readonly ArrayBuffer[] = []): Promise<Done> {
    const thread = leastBusy()
    clearInterval(thread.rest)
    jobs += 1
    const number = jobs
    return new Promise((resolve, reject) => {
      thread.underWay.set(number, { resolve, reject })
      thread.worker.ref()
      try {
        tell(thread, { number, job }, given)
      } catch (error) {
        failed(describeError(error))
        thread.underWay.delete(number)
        if (thread.underWay.size === 0) rest(thread)
        reject(new Fault('overloaded'))
      }
    })
  }

  async function end(): Promise<void> {
    const ended = [...all].map((thread) => {
      thread.worker.ref()
      const exit = new Promise((resolve) => thread.worker.once('exit', resolve))
      dismiss(thread)
      return exit
    })
    await Promise.all(ended)
  }

  return Object.assign(run, { end })
}
