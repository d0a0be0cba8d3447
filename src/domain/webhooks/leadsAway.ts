import { lookup } from 'node:dns/promises'
import { setTimeout as after } from 'node:timers/promises'
import { type Allowance, mayBeReached } from './destination.ts'

/** Milliseconds. A name server that takes longer is asked again when the connection is made, and that answer counts. */
const patience = 3_000

/**
 * Whether the name in a URL leads to addresses by now, and to none that may be reached: so that an admin learns it at
 * once. A name that leads nowhere yet may come to.
 */
export async function leadsAway(url: string, allowance: Allowance): Promise<boolean> {
  const target = new URL(url)
  const found = await Promise.race([
    lookup(target.hostname.replace(/^\[(.*)\]$/, '$1'), { all: true }).catch(() => []),
    after(patience, [], { ref: false }),
  ])
  return found.length > 0 && !found.some(({ address }) => mayBeReached(target, address, allowance))
}
