import { Fault } from '../vocabulary/faults.ts'

/** Work that yields wherever it may be interrupted, and returns what comes of it. */
export type Sliced<T> = Generator<void, T>

export interface SlicingOptions {
  /** Milliseconds for which work goes on before the event loop has its turn. */
  slice?: number
  /** Pieces of work that may be under way; one more is told to come back. */
  atMost?: number
  /** Milliseconds that the oldest may have been under way; while it is older, others are told to come back. */
  waitedAtMost?: number
  now?: () => number
}

interface Piece {
  cost: number
  since: number
  /** Goes on to the next place where it may be interrupted; tells whether that was its end. */
  goOn(): boolean
}

/**
 * Does much work in slices, one at a time, with a turn of the event loop after each: so nothing else waits for longer
 * than a slice, however much is asked for at once. Every other slice goes to the cheapest, so that a small piece does not
 * wait for the large ones before it, and the rest to the oldest, so that each comes to its end.
 */
export function createSlicing({
  slice = 8,
  atMost = 256,
  waitedAtMost = 10_000,
  now = () => performance.now(),
}: SlicingOptions = {}) {
  let pieces: Piece[] = []
  let slices = 0
  let isRunning = false

  function nextPiece(): Piece | undefined {
    const [oldest] = pieces
    if (slices % 2 === 0 || oldest === undefined) return oldest
    return pieces.reduce((cheapest, piece) => (piece.cost < cheapest.cost ? piece : cheapest), oldest)
  }

  function runSlice(): void {
    const end = now() + slice
    slices += 1
    do {
      const piece = nextPiece()
      if (piece === undefined) break
      while (now() < end) {
        if (!piece.goOn()) continue
        pieces = pieces.filter((one) => one !== piece)
        break
      }
    } while (now() < end)
    isRunning = pieces.length > 0
    if (isRunning) setImmediate(runSlice)
  }

  return {
    /** Does `work`, which costs about so much. Rejects with `overloaded` where too much is under way, or for too long. */
    run<T>(cost: number, work: Sliced<T>): Promise<T> {
      const since = now()
      const waited = since - (pieces[0]?.since ?? since)
      if (pieces.length >= atMost || waited > waitedAtMost) return Promise.reject(new Fault('overloaded'))
      return new Promise((resolve, reject) => {
        const goOn = () => {
          try {
            const step = work.next()
            if (step.done) resolve(step.value)
            return step.done === true
          } catch (error) {
            reject(error)
            return true
          }
        }
        pieces.push({ cost, since, goOn })
        if (isRunning) return
        isRunning = true
        setImmediate(runSlice)
      })
    },
    /** Slices so far. */
    slices: () => slices,
  }
}

export type Slicing = ReturnType<typeof createSlicing>

/** Does it all at once. */
export function unsliced<T>(work: Sliced<T>): T {
  for (;;) {
    const step = work.next()
    if (step.done) return step.value
  }
}
