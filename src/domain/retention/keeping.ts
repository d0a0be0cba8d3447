import type { Keyring } from '../../crypto/keyring.ts'
import { newestCasework } from '../../storage/casework.ts'
import type { Pool, Query } from '../../storage/pool.ts'
import { sealedReport } from '../../storage/reports.ts'
import { type Judging, type KeptBy, type TakenReport, takeReport } from '../../storage/retention.ts'
import { dayOf } from '../../vocabulary/calendar.ts'
import { dueBefore, type Periods } from '../../vocabulary/periods.ts'
import type { AuditTrail } from '../audit/trail.ts'
import { isKeyGone } from '../envelope/organisationKeys.ts'
import type { Work } from '../envelope/work.ts'
import { read } from '../triage/casework.ts'

/** What keeps a report: by its row, or by what only its keys tell. */
export type Keeps = KeptBy | 'proceedings' | 'unreadable'

export interface KeepingDeps {
  keyring: Keyring
  clock: () => Date
  periods: Periods
}

export interface PurgeDeps extends KeepingDeps {
  pool: Pool<'sotto_triage'>
  audit: AuditTrail
}

/** Who purges, to the trail. */
export const service = { id: 'service', role: 'retention' } as const

/** By which days reports are judged now. */
export function judgingOf({ clock, periods }: Pick<KeepingDeps, 'clock' | 'periods'>): Judging {
  const now = clock()
  return { due: dueBefore(periods, now), today: dayOf(now), graceDays: periods.graceDays }
}

/**
 * Takes a report from others to the end of the transaction, and tells what keeps it and all that belongs to it. This
 * is the one rule: for what is due, for its conversation, for its dry run. Undefined if it is gone or somebody is at work on it.
 */
export async function takeAndJudge(
  query: Query,
  deps: KeepingDeps,
  id: string,
): Promise<(Omit<TakenReport, 'keptBy'> & { keptBy: Keeps | undefined }) | undefined> {
  const taken = await takeReport(query, id, judgingOf(deps))
  return (
    taken && { ...taken, keptBy: taken.keptBy ?? (await keptBySealed({ query, keyring: deps.keyring }, id)) }
  )
}

/** Known proceedings keep a report; and so does a case that cannot be read now, since it may tell of some. */
export async function keptBySealed(work: Work, id: string): Promise<Keeps | undefined> {
  const report = await sealedReport(work.query, id)
  // Without its key it was shredded before: only its rows are left to delete.
  if (report === undefined || report.wrappedKey.length === 0) return undefined
  const row = await newestCasework(work.query, id, 'case', id)
  if (row === undefined) return undefined
  const content = await read(work, row)
  if (content !== undefined) return content.proceedingsKnown ? 'proceedings' : undefined
  // A key that was destroyed tells nothing ever again; whatever else does not open may turn out to.
  return (await isKeyGone(work, row.batchId)) ? undefined : 'unreadable'
}
