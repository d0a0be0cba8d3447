/** The other processes that serve the same port (`WORKERS`). What one counts counts for all. */
export interface Peers {
  /** How many there are, this one among them. */
  count: number
  /** Tells the others that so many more of `key` were counted here. */
  tell(name: string, key: string, weight: number): void
  /** Calls `heard` with what the others counted under this name. */
  hear(name: string, heard: (key: string, weight: number) => void): void
  /** Under what clients are hashed now, where all must hash them alike. */
  clientSecret(): Buffer | undefined
  /** Under what the handles of the pages are sealed, the newest first; none where each process has its own. */
  handleKeys(): readonly Buffer[]
}

/** A process that serves its port alone. */
export const noPeers: Peers = {
  count: 1,
  tell() {},
  hear() {},
  clientSecret: () => undefined,
  handleKeys: () => [],
}

/** What goes between the processes: counts by name and key, and secrets that live for minutes. Nothing is stored. */
export interface PeerMessage {
  /** Of one that has just begun: it asks for the secrets. */
  asks?: true
  counts?: readonly (readonly [name: string, key: string, weight: number])[]
  clientSecret?: string
  handleKeys?: readonly string[]
}

/** Milliseconds for which counts are gathered before the others hear of them. */
export const gatheredFor = 100
/** What a flood of clients is told of at once; beyond, each process counts alone. */
const toldAtOnce = 5_000

/** Peers who are told through `send`. What comes from them goes to `receive`. */
export function peersBy(
  count: number,
  send: (message: PeerMessage) => void,
): Peers & { receive(message: PeerMessage): void } {
  const listeners = new Map<string, (key: string, weight: number) => void>()
  const untold = new Map<string, { name: string; key: string; weight: number }>()
  let secret: Buffer | undefined
  let handleKeys: readonly Buffer[] = []

  function tellAll(): void {
    send({ counts: [...untold.values()].map(({ name, key, weight }) => [name, key, weight]) })
    untold.clear()
  }

  return {
    count,
    tell(name, key, weight) {
      const id = `${name} ${key}`
      const known = untold.get(id)
      if (known !== undefined) known.weight += weight
      else if (untold.size < toldAtOnce) {
        if (untold.size === 0) setTimeout(tellAll, gatheredFor).unref()
        untold.set(id, { name, key, weight })
      }
    },
    hear(name, heard) {
      listeners.set(name, heard)
    },
    clientSecret: () => secret,
    handleKeys: () => handleKeys,
    receive({ counts = [], clientSecret, handleKeys: keys }) {
      for (const [name, key, weight] of counts) listeners.get(name)?.(key, weight)
      if (clientSecret !== undefined) secret = Buffer.from(clientSecret, 'base64')
      if (keys !== undefined) handleKeys = keys.map((key) => Buffer.from(key, 'base64'))
    },
  }
}
