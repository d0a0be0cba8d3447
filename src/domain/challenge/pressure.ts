import { noPeers, type Peers } from '../../concurrency/peers.ts'
import { meter, sharedWith } from './meter.ts'

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
