import { noPeers, type Peers } from '../../concurrency/peers.ts'

/** How hard a kind of call is pressed, and so whether it needs a proof of work. */
export interface Pressure {
  /** One more that wants to be served. */
  countWanted(weight?: number): void
  /** One more of those that make the work harder. */
  countServed(weight?: number): void
  isHigh(): boolean
  /** How often the rate of those served doubles the threshold. */
  doublings(): number
}

/**
 * Pressure is high once as many want to be served in a minute as `threshold` says, and until they are fewer than half
 * of it. Those refused count among them: a flood without solutions keeps the challenge up for as long as it lasts, and
 * so cannot switch it on and off. But they do not make it harder: only whoever pays for it can do that.
 */
export function pressureOf(
  threshold: number,
  clock: () => Date,
  peers: Peers = noPeers,
  name = '',
): Pressure {
  const wanted = sharedWith(peers, `${name} wanted`, meter(clock))
  const served = sharedWith(peers, `${name} served`, meter(clock))
  let high = false
  return {
    countWanted: wanted.count,
    countServed: served.count,
    isHigh() {
      high = wanted.perMinute() >= (high ? threshold / 2 : threshold)
      return high
    },
    doublings: () => Math.max(0, Math.floor(Math.log2(served.perMinute() / threshold))),
  }
}

/** Counts of the last minute, in steps of five seconds. It knows how many, never who. */
export interface Meter {
  count(weight?: number): void
  perMinute(): number
}

const step = 5_000
const steps = 12

/** The same meter, which counts under this name what others count too. */
function sharedWith(peers: Peers, name: string, { count, perMinute }: Meter): Meter {
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
