import type { Peers } from '../../concurrency/peers.ts'

/** Counts of the last minute, in steps of five seconds. It knows how many, never who. */
export interface Meter {
  count(weight?: number): void
  perMinute(): number
}

const step = 5_000
const steps = 12

/** The same meter, which counts under this name what others count too. */
export function sharedWith(peers: Peers, name: string, { count, perMinute }: Meter): Meter {
  peers.hear(name, (_key, weight) => count(weight))
  return {
    count(weight = 1) {
      count(weight)
      peers.tell(name, '', weight)
    },
    perMinute,
  }
}

/** A meter that runs by `clock`. */
export function meter(clock: () => Date): Meter {
  const counts = new Array<number>(steps).fill(0)
  let latest = Math.floor(clock().getTime() / step)

  /** Empties what is older than a minute. A clock that was put back empties everything. */
  function advance(): void {
    const now = Math.floor(clock().getTime() / step)
    const passed = now < latest ? steps : Math.min(now - latest, steps)
    for (let i = 1; i <= passed; i++) counts[(now - passed + i) % steps] = 0
    latest = now
  }

  return {
    count(weight = 1) {
      advance()
      counts[latest % steps] = (counts[latest % steps] ?? 0) + weight
    },
    perMinute() {
      advance()
      return counts.reduce((sum, count) => sum + count, 0)
    },
  }
}
