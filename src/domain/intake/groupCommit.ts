import { Fault } from '../../vocabulary/faults.ts'

/** What waits to be committed: things of one group may share a commit. */
interface Waiting<T> {
  item: T
  since: number
  underWay(): void
  resolve(): void
  reject(error: unknown): void
}

export interface GroupCommitOptions<T> {
  /**
   * Makes all of `items` durable. Resolves to those in whose way something stands, each with what its caller is told, or throws:
   * none of them is stored then.
   */
  commit(items: T[]): Promise<ReadonlyMap<T, unknown>>
  /** Only items of the same group go into one commit. */
  groupOf(item: T): string
  /** Whether a failed commit may be the fault of one item, so that the others deserve a commit of their own. */
  isOneItemsFault(error: unknown): boolean
  itemsAtMost: number
  /** How many may wait; one more is told to come back. */
  waitingAtMost: number
  /** Milliseconds that the longest waiting may have waited; while it has waited longer, others are told to come back. */
  waitedAtMost: number
  now?: () => number
}

/** Pieces of work that a turn of the event loop takes, while a batch is under way. */
const meanwhileAtOnce = 16

/**
 * Group commit: while one batch is being committed the next one collects, and goes as soon as the commit
 * returns. There is no timer: a lone item waits for nobody. `add` resolves once its item is durable; `underWay` is work that
 * may be done while its batch is being committed; what it throws is left to whoever waits for the item.
 */
export function groupCommit<T>(options: GroupCommitOptions<T>) {
  const { now = () => performance.now() } = options
  let waiting: Waiting<T>[] = []
  let running: Promise<void> | undefined

  async function drain(): Promise<void> {
    // One turn of the event loop lets requests that arrived together share a commit.
    await new Promise(setImmediate)
    while (waiting.length > 0) await settle(takeBatch())
    running = undefined
  }

  function takeBatch(): Waiting<T>[] {
    const group = waiting[0] && options.groupOf(waiting[0].item)
    const batch: Waiting<T>[] = []
    const rest: Waiting<T>[] = []
    for (const entry of waiting) {
      const fits = batch.length < options.itemsAtMost && options.groupOf(entry.item) === group
      ;(fits ? batch : rest).push(entry)
    }
    waiting = rest
    return batch
  }

  async function settle(batch: Waiting<T>[]): Promise<void> {
    let refused: ReadonlyMap<T, unknown>
    try {
      const committed = options.commit(batch.map(({ item }) => item))
      void workMeanwhile(batch)
      refused = await committed
    } catch (error) {
      return settleFailed(batch, error)
    }
    if (refused.size > 0) return settleOthers(batch, refused)
    for (const { resolve } of batch) resolve()
  }

  /** Tells those that were refused, and commits the others at once. */
  async function settleOthers(batch: Waiting<T>[], refused: ReadonlyMap<T, unknown>): Promise<void> {
    const others = batch.filter(({ item }) => !refused.has(item))
    for (const { item, reject } of batch) if (refused.has(item)) reject(refused.get(item))
    if (others.length > 0) await settle(others)
  }

  /** A few a turn of the event loop, once the batch has gone to the database. */
  async function workMeanwhile(batch: readonly Waiting<T>[]): Promise<void> {
    for (let at = 0; at < batch.length; at += meanwhileAtOnce) {
      await new Promise(setImmediate)
      for (const { underWay } of batch.slice(at, at + meanwhileAtOnce)) attempt(underWay)
    }
  }

  async function settleFailed(batch: Waiting<T>[], error: unknown): Promise<void> {
    if (batch.length === 1 || !options.isOneItemsFault(error)) {
      for (const { reject } of batch) reject(error)
      return
    }
    for (const entry of batch) await settle([entry])
  }

  return {
    add(item: T, underWay: () => void = () => {}): Promise<void> {
      const since = now()
      const waited = since - (waiting[0]?.since ?? since)
      if (waiting.length >= options.waitingAtMost || waited > options.waitedAtMost) {
        return Promise.reject(new Fault('overloaded'))
      }
      return new Promise((resolve, reject) => {
        waiting.push({ item, since, underWay, resolve, reject })
        running ??= drain()
      })
    },
    /** Resolves when nothing waits or runs any more. */
    async idle(): Promise<void> {
      await running
    },
  }
}

function attempt(work: () => void): void {
  try {
    work()
  } catch {
    // Whoever waits for the item does it again, and meets the fault.
  }
}
