import { lockMailbox } from '../../storage/mailbox.ts'
import { takeShare } from '../../storage/nightWatch.ts'
import type { Query } from '../../storage/pool.ts'
import { countReports, type DueReport, dueReports, lockRetention } from '../../storage/retention.ts'
import { destroyReport } from '../../storage/shredding.ts'
import { mailboxesOf } from '../../storage/silence.ts'
import { dayOf } from '../../vocabulary/calendar.ts'
import { deeds } from '../audit/deeds.ts'
import { endConversations } from './conversations.ts'
import { judgingOf, type Keeps, keptBySealed, type PurgeDeps, service, takeAndJudge } from './keeping.ts'

export interface PurgeOptions {
  /** Only counts. */
  dryRun?: boolean
  /** Goes on beyond the share of this night. */
  beyondShare?: boolean
}

export interface Purged {
  reports: number
  /** Conversations that ended, and mailboxes with them. */
  mailboxes: number
  /** Due, but kept, by what keeps them. */
  kept: Partial<Record<Keeps, number>>
  /** Due, and left for another night. */
  waiting: number
  /** Due but for their grace: how many by the first day on which it keeps them no longer. */
  grace: Record<string, number>
}

const rowsAtOnce = 1_000
const sharePerNight = 0.05
const shareAtLeast = 20

/** How many of so many may go in one night: a wrong setting or clock is to be noticed before all are gone. */
export function shareOf(count: number): number {
  return Math.max(shareAtLeast, Math.floor(count * sharePerNight))
}

/**
 * Purges what is kept no longer, the oldest first, up to this night's share: each report in a transaction of its own, its
 * keys before its rows, judged anew under its lock. What remains is an erasure record without content. Cut short, the next
 * pass goes on. Whether the clock may be trusted is asked before.
 */
export async function purge(
  deps: PurgeDeps,
  { dryRun = false, beyondShare = false }: PurgeOptions = {},
): Promise<Purged> {
  const purged: Purged = { reports: 0, mailboxes: 0, kept: {}, waiting: 0, grace: {} }
  const share = beyondShare ? Number.POSITIVE_INFINITY : shareOf(await deps.pool.transaction(countReports))
  for await (const report of everyDue(deps)) {
    const isOver = purged.waiting > 0 || purged.reports >= share
    const outcome = await purgeOne(deps, report, share, dryRun || isOver)
    count(purged, report, outcome === 'due' && isOver ? 'waiting' : outcome)
  }
  purged.mailboxes = await endConversations(deps, { dryRun, share: beyondShare ? undefined : shareOf })
  return purged
}

function count(purged: Purged, { graceEnds }: DueReport, outcome: Outcome): void {
  if (graceEnds !== null) purged.grace[graceEnds] = (purged.grace[graceEnds] ?? 0) + 1
  if (outcome === 'due') purged.reports += 1
  else if (outcome === 'waiting') purged.waiting += 1
  else if (outcome !== 'gone') purged.kept[outcome] = (purged.kept[outcome] ?? 0) + 1
}

/** Reports whose time is over and which nothing keeps: they wait for the purge. */
export async function reportsToPurge(
  query: Query,
  deps: Pick<PurgeDeps, 'pool' | 'keyring' | 'clock' | 'periods'>,
): Promise<Set<string>> {
  const ids = new Set<string>()
  for await (const { id, keptBy } of everyDue(deps)) {
    if (keptBy === null && (await keptBySealed({ query, keyring: deps.keyring }, id)) === undefined)
      ids.add(id)
  }
  return ids
}

async function* everyDue({
  pool,
  ...deps
}: Pick<PurgeDeps, 'pool' | 'clock' | 'periods'>): AsyncGenerator<DueReport> {
  const judging = judgingOf(deps)
  for (let after: DueReport | undefined; ; ) {
    const last = after
    const batch = await pool.transaction((query) => dueReports(query, judging, rowsAtOnce, last))
    yield* batch
    after = batch.at(-1)
    if (batch.length < rowsAtOnce) return
  }
}

type Outcome = Keeps | 'due' | 'waiting' | 'gone'

/** What would become of a report, by what the list said. */
async function look({ pool, keyring }: PurgeDeps, { id, keptBy }: DueReport): Promise<Outcome> {
  return keptBy ?? (await pool.transaction((query) => keptBySealed({ query, keyring }, id))) ?? 'due'
}

async function purgeOne(
  deps: PurgeDeps,
  report: DueReport,
  share: number,
  dryRun: boolean,
): Promise<Outcome> {
  const { pool, audit, clock } = deps
  if (dryRun || report.keptBy !== null) return look(deps, report)
  return pool.transaction(async (query) => {
    if (!(await lockRetention(query))) return 'waiting'
    const taken = await takeWithMailboxes(query, deps, report.id)
    if (taken === undefined || !taken.isDue) return 'gone'
    if (taken.keptBy !== undefined) return taken.keptBy
    if (Number.isFinite(share) && !(await takeShare(query, 'purged', dayOf(clock()), share))) return 'waiting'
    await destroyReport(query, report.id)
    await audit.record({ query, person: service }, deeds.reportErased(report.id))
    return 'due'
  })
}

/** Mailboxes first, as whoever writes to one does: nothing is added while the report goes. */
export async function takeWithMailboxes(query: Query, deps: PurgeDeps, id: string) {
  for (const lookupId of await mailboxesOf(query, id)) await lockMailbox(query, lookupId)
  return takeAndJudge(query, deps, id)
}
