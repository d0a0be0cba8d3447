/** Bytes held for one client. */
export interface Reservation {
  /** Counts more of them; may cost this client, or others, their reservation. */
  grow(bytes: number): void
  /** From now on it cannot lose its reservation: its work has begun. */
  settle(): void
  leave(): void
}

interface Reserved {
  bytes: number
  /** Bytes of late, each worth less the longer ago it came. */
  pace: number
  at: number
  evict: () => void
}

/** Milliseconds after which a byte counts for a third in the pace. */
const memory = 1_000

/**
 * Room for the bytes of all clients together. Where there is no more, whoever makes least progress loses their
 * reservation: so many who send slowly, or never finish, cannot keep out those who do, and memory has an end.
 */
export function memoryBudget(bytesAtMost: number, now: () => number = Date.now) {
  const all = new Set<Reserved>()
  let taken = 0

  function release(one: Reserved): void {
    all.delete(one)
    taken -= one.bytes
    one.bytes = 0
  }

  function paceOf(one: Reserved): number {
    return one.pace * Math.exp((one.at - now()) / memory)
  }

  function evictSlowest(): boolean {
    let slowest: Reserved | undefined
    for (const one of all) {
      if (one.bytes > 0 && (slowest === undefined || paceOf(one) < paceOf(slowest))) slowest = one
    }
    if (slowest === undefined) return false
    release(slowest)
    slowest.evict()
    return true
  }

  return {
    /** Whether all of it is taken by those who cannot lose their reservation. */
    isFull: () => taken >= bytesAtMost && all.size === 0,
    /** A reservation without bytes yet. `evict` is told if it is lost. */
    enter(evict: () => void): Reservation {
      const one: Reserved = { bytes: 0, pace: 0, at: now(), evict }
      all.add(one)
      return {
        grow(bytes) {
          if (!all.has(one)) return
          one.pace = paceOf(one) + bytes
          one.at = now()
          one.bytes += bytes
          taken += bytes
          while (taken > bytesAtMost && evictSlowest());
        },
        settle: () => void all.delete(one),
        leave: () => release(one),
      }
    },
  }
}
