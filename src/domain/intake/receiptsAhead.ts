import { Worker } from 'node:worker_threads'
import { type NewMailboxKeys, newMailboxKeys } from '../../crypto/newMailboxKeys.ts'
import { packedBytes, unpackReceipt } from './packedReceipts.ts'

/** Where reports get their receipts from. */
export interface Receipts {
  take(): NewMailboxKeys
  /** How many lie ready. */
  ready(): number
  /** Wipes what nobody took. */
  end(): void
}

/** Receipts made when they are asked for. */
export const receiptsInline: Receipts = { take: newMailboxKeys, ready: () => 0, end: () => {} }

const usualStock = 1_024
const madeAtOnce = 128
/** Milliseconds after which another thread is tried where one has failed. */
const triedAgainAfter = 60_000

/**
 * Receipts made ahead in a thread, on a core of its own: their keys are a third of what a report costs. Each is wiped from
 * the stock as it is taken. Where the stock is empty one is made at once: nobody waits for the thread. It is begun by the
 * first that is taken, so never before the process is hardened.
 */
export function receiptsAhead({ stock: atMost = usualStock, now = () => performance.now() } = {}): Receipts {
  const stock: { bytes: Buffer; at: number }[] = []
  let thread: Worker | undefined
  let ordered = 0
  let failedAt = Number.NEGATIVE_INFINITY
  let isEnded = false

  const ready = () => stock.reduce((sum, { bytes, at }) => sum + (bytes.length - at) / packedBytes, 0)

  function begin(): Worker {
    const worker = new Worker(new URL('./makeReceipts.js', import.meta.url), {
      // No variable of the environment, and nothing that it prints.
      env: {},
      execArgv: [],
      stdout: true,
      stderr: true,
      resourceLimits: { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 32 },
    })
    worker.on('message', (made: ArrayBuffer) => {
      const bytes = Buffer.from(made)
      ordered -= bytes.length / packedBytes
      if (isEnded) bytes.fill(0)
      else stock.push({ bytes, at: 0 })
    })
    const fail = () => {
      if (thread !== worker) return
      thread = undefined
      ordered = 0
      failedAt = now()
    }
    worker.on('error', fail)
    worker.on('exit', fail)
    worker.unref()
    return worker
  }

  function order(): void {
    if (isEnded || (thread === undefined && now() - failedAt < triedAgainAfter)) return
    thread ??= begin()
    for (; ready() + ordered <= atMost - madeAtOnce; ordered += madeAtOnce) thread.postMessage(madeAtOnce)
  }

  return {
    ready,
    take() {
      order()
      const [first] = stock
      if (first === undefined) return newMailboxKeys()
      const made = unpackReceipt(first.bytes, first.at)
      first.at += packedBytes
      if (first.at === first.bytes.length) stock.shift()
      return made
    },
    end() {
      isEnded = true
      for (const { bytes } of stock.splice(0)) bytes.fill(0)
      void thread?.terminate()
    },
  }
}
