import { isOneOf } from '../../auth/people.ts'
import { reportsToErase } from '../../storage/erasures.ts'
import { lockMailbox } from '../../storage/mailbox.ts'
import type { Query } from '../../storage/pool.ts'
import { lockRetention, takeReport } from '../../storage/retention.ts'
import { destroyReport } from '../../storage/shredding.ts'
import { mailboxesOf } from '../../storage/silence.ts'
import { deeds } from '../audit/deeds.ts'
import { readErasure } from '../triage/erasure.ts'
import { judgingOf, keptBySealed, type PurgeDeps, service } from './keeping.ts'

export interface Erased {
  reports: number
  /** Approved, but a hold was set or proceedings became known since, and no court demands it. */
  held: number
}

const rowsAtOnce = 1_000

/**
 * Erases what two supervisors say the law demands: without grace, without a share, and whatever the clock says. Each report
 * goes in one transaction, its keys first, judged anew under its lock. With `dryRun` it only counts.
 */
export async function eraseByLaw(deps: PurgeDeps, { dryRun = false } = {}): Promise<Erased> {
  const erased: Erased = { reports: 0, held: 0 }
  for (let after: string | undefined; ; ) {
    const last = after
    const ids = await deps.pool.transaction((query) => reportsToErase(query, rowsAtOnce, last))
    for (const id of ids) {
      const outcome = await deps.pool.transaction((query) => eraseOne(query, deps, id, dryRun))
      if (outcome !== undefined) erased[outcome] += 1
    }
    after = ids.at(-1)
    if (ids.length < rowsAtOnce) return erased
  }
}

async function eraseOne(
  query: Query,
  deps: PurgeDeps,
  id: string,
  dryRun: boolean,
): Promise<keyof Erased | undefined> {
  if (!(await lockRetention(query))) return undefined
  for (const lookupId of await mailboxesOf(query, id)) await lockMailbox(query, lookupId)
  const taken = await takeReport(query, id, judgingOf(deps))
  if (taken === undefined) return undefined
  const work = { query, keyring: deps.keyring }
  const erasure = await readErasure(work, id)
  if (erasure?.status !== 'approved') return undefined
  // Signed by the service, and yet: two people, or it is nobody's word.
  if (await isOneOf(query, erasure.author, [erasure.requestedBy])) return undefined
  const isHeld = taken.isHeld || (await keptBySealed(work, id)) !== undefined
  if (isHeld && erasure.ground !== 'court-order') return 'held'
  if (!dryRun) {
    await destroyReport(query, id)
    await deps.audit.record({ query, person: service }, deeds.reportErasedByLaw(id))
  }
  return 'reports'
}
