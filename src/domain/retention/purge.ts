import type { Keyring } from '../../crypto/keyring.ts'
import type { Pool, Query } from '../../storage/pool.ts'
import { sealedReport } from '../../storage/reports.ts'
import {
  type DueReport,
  deleteReport,
  dueReports,
  endSilentMailbox,
  lockRetention,
  shredReport,
  silentMailboxes,
  takeDueReport,
} from '../../storage/retention.ts'
import type { AuditTrail } from '../staff/audit.ts'
import { readCase } from '../triage/case.ts'
import { daysBefore, dueBefore, mailboxDays, type Periods } from './periods.ts'

export interface PurgeDeps {
  pool: Pool<'sotto_triage'>
  keyring: Keyring
  audit: AuditTrail
  clock: () => Date
  periods: Periods
}

export interface Purged {
  reports: number
  mailboxes: number
  /** Due, but kept since proceedings are known. */
  kept: number
}

const rowsAtOnce = 1_000
const service = { id: 'service', role: 'retention' } as const

/**
 * Purges what is kept no longer, a step at a time: for each report its keys first, in a transaction of their own, then
 * its rows. What remains is an erasure record without content. Stops early, and says so by what it counts, if another
 * instance purges. With `dryRun` it only counts.
 */
export async function purge(deps: PurgeDeps, { dryRun = false } = {}): Promise<Purged> {
  const purged: Purged = { reports: 0, mailboxes: 0, kept: 0 }
  const due = dueBefore(deps.periods, deps.clock())
  for (let after: string | undefined; ; ) {
    const batch = await deps.pool.transaction((query) => dueReports(query, due, rowsAtOnce, after))
    for (const report of batch) await purgeOne(deps, report, dryRun, purged)
    after = batch.at(-1)?.id
    if (batch.length < rowsAtOnce) break
  }
  purged.mailboxes = dryRun ? await countSilent(deps) : await endSilent(deps)
  return purged
}

async function purgeOne(deps: PurgeDeps, { id }: DueReport, dryRun: boolean, purged: Purged): Promise<void> {
  const { pool, audit } = deps
  const state = await pool.transaction(async (query) => {
    if (!(await lockRetention(query)) || !(await takeDueReport(query, id))) return 'busy'
    if (await areProceedingsKnown(query, deps, id)) return 'kept'
    if (!dryRun) await shredReport(query, id)
    return 'shredded'
  })
  if (state === 'kept') purged.kept += 1
  if (state !== 'shredded') return
  purged.reports += 1
  if (dryRun) return
  await pool.transaction(async (query) => {
    await deleteReport(query, id)
    await audit.record(query, service, 'erasure', `report/${id}`)
  })
}

/** Reports whose time is over and which nothing keeps: they wait for the purge. */
export async function reportsToPurge(query: Query, deps: Pick<PurgeDeps, 'keyring' | 'clock' | 'periods'>) {
  const due = dueBefore(deps.periods, deps.clock())
  const ids = new Set<string>()
  for (let after: string | undefined; ; ) {
    const batch = await dueReports(query, due, rowsAtOnce, after)
    for (const { id } of batch) if (!(await areProceedingsKnown(query, deps, id))) ids.add(id)
    after = batch.at(-1)?.id
    if (batch.length < rowsAtOnce) return ids
  }
}

async function areProceedingsKnown(
  query: Query,
  { keyring }: Pick<PurgeDeps, 'keyring'>,
  id: string,
): Promise<boolean> {
  const row = await sealedReport(query, id)
  // Without its key it was shredded in a pass that was cut short: only its rows are left to delete.
  if (row === undefined || row.wrappedKey.length === 0) return false
  const { content, isLost } = await readCase(query, keyring, row)
  // Staff may have known of some: what cannot be read must not let it go.
  return isLost || content.proceedingsKnown
}

async function endSilent({ pool, audit, clock }: PurgeDeps): Promise<number> {
  const day = daysBefore(clock(), mailboxDays)
  let ended = 0
  for (;;) {
    const batch = await pool.transaction(async (query) => {
      const mailboxes = await silentMailboxes(query, day, rowsAtOnce)
      for (const lookupId of mailboxes) await endSilentMailbox(query, lookupId)
      if (mailboxes.length > 0) await audit.record(query, service, 'erasure', `mailboxes/${mailboxes.length}`)
      return mailboxes.length
    })
    ended += batch
    if (batch < rowsAtOnce) return ended
  }
}

async function countSilent({ pool, clock }: PurgeDeps): Promise<number> {
  const day = daysBefore(clock(), mailboxDays)
  return pool.transaction(async (query) => (await silentMailboxes(query, day, rowsAtOnce)).length)
}
