/** Bytes held for one client. */
export interface Held {
  /** Counts more of them; may cost this client, or others, their place. */
  grow(bytes: number): void
  /** From now on it cannot lose its place: its work has begun. */
  settle(): void
  leave(): void
}

interface Place {
  bytes: number
  /** Bytes of late, each worth less the longer ago it came. */
  pace: number
  at: number
  evict: () => void
}

/** Milliseconds after which a byte counts for a third in the pace. */
const memory = 1_000

/**
 * Room for the bytes of all clients together. Where there is no more, whoever makes least progress loses their place:
 * so many who send slowly, or never finish, cannot keep out those who do, and memory has an end.
 */
export function memoryBudget(bytesAtMost: number, now: () => number = Date.now) {
  const places = new Set<Place>()
  let taken = 0

  function release(place: Place): void {
    places.delete(place)
    taken -= place.bytes
    place.bytes = 0
  }

  function paceOf(place: Place): number {
    return place.pace * Math.exp((place.at - now()) / memory)
  }

  function evictSlowest(): boolean {
    let slowest: Place | undefined
    for (const place of places) {
      if (place.bytes > 0 && (slowest === undefined || paceOf(place) < paceOf(slowest))) slowest = place
    }
    if (slowest === undefined) return false
    release(slowest)
    slowest.evict()
    return true
  }

  return {
    /** Whether all of it is taken by those who cannot lose their place. */
    isFull: () => taken >= bytesAtMost && places.size === 0,
    /** A place without bytes yet. `evict` is told if it is lost. */
    enter(evict: () => void): Held {
      const place: Place = { bytes: 0, pace: 0, at: now(), evict }
      places.add(place)
      return {
        grow(bytes) {
          if (!places.has(place)) return
          place.pace = paceOf(place) + bytes
          place.at = now()
          place.bytes += bytes
          taken += bytes
          while (taken > bytesAtMost && evictSlowest());
        },
        settle: () => void places.delete(place),
        leave: () => release(place),
      }
    },
  }
}
