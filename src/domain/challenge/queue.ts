import { noPeers, type Peers } from '../../concurrency/peers.ts'

/** Somebody who asks for a place, as far as they can be told from others. */
export interface Client {
  /** A hash that nobody can turn back; the same for all who cannot be told apart. */
  key: string
  /** Whether many stand behind it, who share a larger number of places. */
  isMany: boolean
}

export interface QueueSettings {
  /** How many are let in by waiting, in a minute: by this process, where others serve the same port. */
  perMinute: number
  clock: () => Date
  /** The others: what they gave to a client counts here too. */
  peers?: Peers | undefined
}

const milliseconds = { least: 10_000, most: 10 * 60_000, window: 10 * 60_000 }
const placesOfOne = 10
const clientsAtMost = 20_000

/**
 * A queue in which nobody stands: whoever comes is told when their turn is. Turns follow one another as fast as `perMinute`
 * allows, so the wait grows with those who came before. One client has ten places in ten minutes, so that few with many
 * requests do not push everybody's turn away; peers count these places together, under `name`. It knows how many, never who.
 */
export function ticketQueue(name: string, { perMinute, clock, peers = noPeers }: QueueSettings) {
  const between = 60_000 / perMinute
  const turnsInWindow = (perMinute * peers.count * milliseconds.window) / 60_000
  const placesOfMany = Math.max(placesOfOne, Math.ceil(turnsInWindow))
  let taken = new Map<string, number>()
  let since = clock().getTime()
  let last = Number.NEGATIVE_INFINITY

  function beginWindow(now: number): void {
    if (Math.abs(now - since) < milliseconds.window) return
    taken = new Map()
    since = now
  }

  function count(key: string, places = 1): void {
    taken.set(key, (taken.get(key) ?? 0) + places)
  }

  peers.hear(name, (key, places) => {
    beginWindow(clock().getTime())
    count(key, places)
  })

  function hasPlace({ key, isMany }: Client, now: number): boolean {
    beginWindow(now)
    // Where there are more clients than can be counted, the rest share what many have.
    const own = isMany || taken.has(key) || taken.size < clientsAtMost ? key : ''
    if ((taken.get(own) ?? 0) >= (isMany || own !== key ? placesOfMany : placesOfOne)) return false
    count(own)
    peers.tell(name, own, 1)
    return true
  }

  return {
    /** When the turn of whoever comes now is, in milliseconds; undefined where they have had their places. */
    turnOf(client: Client): number | undefined {
      const now = clock().getTime()
      if (!hasPlace(client, now)) return undefined
      // A clock that was put back must not leave the last turn far ahead.
      const next = Math.min(Math.max(last + between, now + milliseconds.least), now + milliseconds.most)
      last = next
      return next
    },
    /** Seconds that whoever comes now would wait. */
    waitNow: () =>
      Math.ceil(
        Math.min(Math.max(last + between - clock().getTime(), milliseconds.least), milliseconds.most) / 1_000,
      ),
  }
}
