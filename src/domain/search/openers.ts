import { Worker } from 'node:worker_threads'
import type { Keyring } from '../../crypto/keyring.ts'
import type { SealedReport } from '../../storage/sealedReportRow.ts'
import { Fault } from '../../vocabulary/faults.ts'
import { organisationPairs } from '../envelope/organisationKeys.ts'
import type { Job, JobDone } from './openReports.ts'

/**
 * Finds, of each search, which of these reports hold every term, and which cannot be read: their places, in the order
 * given. With `marks`, also where the first search found what.
 */
export type Matcher = (
  rows: readonly Row[],
  searches: readonly (readonly string[])[],
  marks?: boolean,
) => Promise<Found>
export type Found = Omit<JobDone, 'number'>

/** A report; of one that is listed, whether what stands in the clear of it is intake's word alone. */
type Row = SealedReport & { boxed?: boolean; unreadable?: boolean }

const threadsAtMost = 2
/** Milliseconds after which a thread that has nothing to do ends, and with it the batch keys that it knows. */
const usualIdle = 30_000

interface Thread {
  worker: Worker
  /** The keyring's keys when it began: once they are others, it takes no more work. */
  keys: Keyring['keys']
  underWay: Map<number, { resolve: (found: Found) => void; reject: (fault: Fault) => void }>
  end: NodeJS.Timeout | undefined
}

/** Threads that open reports, begun when they are first needed. */
export function openers(keyring: Keyring, { idleAfter = usualIdle } = {}): Matcher {
  const threads = new Set<Thread>()
  let jobs = 0

  function newThread(): Thread {
    const worker = new Worker(new URL('./openReports.js', import.meta.url), {
      workerData: { pairs: organisationPairs(keyring) },
      // No variable of the environment, and nothing that it prints.
      env: {},
      execArgv: [],
      stdout: true,
      stderr: true,
    })
    const thread: Thread = { worker, keys: keyring.keys, underWay: new Map(), end: undefined }
    threads.add(thread)
    worker.on('message', ({ number, ...found }: JobDone) => {
      thread.underWay.get(number)?.resolve(found)
      thread.underWay.delete(number)
      if (thread.underWay.size === 0) rest(thread)
    })
    // Out of memory, most likely: the search may come again, to another thread.
    const fail = () => {
      threads.delete(thread)
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
  function rest(thread: Thread): void {
    thread.worker.unref()
    thread.end = setTimeout(() => {
      threads.delete(thread)
      void thread.worker.terminate()
    }, idleAfter).unref()
  }

  function leastBusy(): Thread {
    const usable = [...threads].filter(({ keys }) => keys === keyring.keys)
    const [first] = usable.sort((a, b) => a.underWay.size - b.underWay.size)
    return first === undefined || (first.underWay.size > 0 && usable.length < threadsAtMost)
      ? newThread()
      : first
  }

  return (rows, searches, marks = false) => {
    const thread = leastBusy()
    clearTimeout(thread.end)
    const job = pack(++jobs, rows, searches, marks)
    return new Promise((resolve, reject) => {
      thread.underWay.set(job.number, { resolve, reject })
      thread.worker.ref()
      thread.worker.postMessage(job, [job.bytes.buffer as ArrayBuffer])
    })
  }
}

/** One block of bytes, handed over and not copied. */
function pack(number: number, rows: readonly Row[], searches: Job['searches'], marks: boolean): Job {
  const parts = rows.flatMap(({ wrappedKey, body, enc, ciphertext }) => [wrappedKey, body, enc, ciphertext])
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  const ends: number[] = []
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
    ends.push(at)
  }
  const reports = rows.map(({ id, receivedOn, batchId, kid, boxed = false, unreadable = false }, index) => {
    const [key = 0, body = 0, enc = 0, ciphertext = 0] = ends.slice(index * 4, index * 4 + 4)
    const unchecked = boxed || unreadable
    return { id, receivedOn, batchId, kid, unchecked, ends: [key, body, enc, ciphertext] as const }
  })
  return { number, searches, marks, reports, bytes }
}
