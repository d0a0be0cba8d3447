import { lockMailbox } from '../../storage/mailbox.ts'
import { takeShare } from '../../storage/nightWatch.ts'
import type { Query } from '../../storage/pool.ts'
import {
  countMailboxes,
  deleteConversation,
  endSilentMailbox,
  isReportThere,
  isStillSilent,
  type SilentMailbox,
  type StrayConversation,
  silentMailboxes,
  strayConversations,
} from '../../storage/silence.ts'
import { dayOf } from '../../vocabulary/calendar.ts'
import { daysBefore, mailboxDays } from '../../vocabulary/periods.ts'
import { erased } from '../audit/deeds.ts'
import { type PurgeDeps, service, takeAndJudge } from './keeping.ts'

export interface Ending {
  dryRun: boolean
  /** How many of so many may end in one night; undefined: all. */
  share: ((count: number) => number) | undefined
}

/** A transaction holds the locks of so many reports. */
const atOnce = 100

/** One way for a conversation to be over while its report stays. */
interface Way<Row> {
  next: (query: Query, after: Row | undefined) => Promise<Row[]>
  /** Asked again under the locks. */
  isOver: (query: Query, row: Row) => Promise<boolean>
  end: (query: Query, row: Row) => Promise<void>
}

/**
 * Ends conversations that are kept no longer while their report is: mailboxes in which nobody has said anything for
 * ninety days, and what is left where a reporter ended the mailbox under a hold that is over. Each is judged by its report,
 * under the report's lock. Gives how many ended, or would.
 */
export async function endConversations(deps: PurgeDeps, ending: Ending): Promise<number> {
  const day = daysBefore(deps.clock(), mailboxDays)
  const silent: Way<SilentMailbox> = {
    next: (query, after) => silentMailboxes(query, day, atOnce, after?.lookupId),
    isOver: async (query, { lookupId, reportId }) => {
      await lockMailbox(query, lookupId)
      return !(await isKept(query, deps, reportId)) && (await isStillSilent(query, day, lookupId))
    },
    end: (query, { lookupId }) => endSilentMailbox(query, lookupId),
  }
  const stray: Way<StrayConversation> = {
    next: (query, after) => strayConversations(query, atOnce, after),
    isOver: async (query, { reportId }) => !(await isKept(query, deps, reportId)),
    end: deleteConversation,
  }
  return (await endAll(deps, ending, silent)) + (await endAll(deps, ending, stray))
}

async function endAll<Row>(deps: PurgeDeps, ending: Ending, way: Way<Row>): Promise<number> {
  const atMost = ending.share?.(await deps.pool.transaction(countMailboxes))
  let ended = 0
  for (let after: Row | undefined; ; ) {
    const last = after
    const { batch, count } = await deps.pool.transaction((query) =>
      endNext(query, deps, way, last, ending.dryRun ? 'dry-run' : atMost),
    )
    ended += count
    after = batch.at(-1)
    if (batch.length < atOnce) return ended
  }
}

async function endNext<Row>(
  query: Query,
  { audit, clock }: PurgeDeps,
  way: Way<Row>,
  after: Row | undefined,
  limit: number | 'dry-run' | undefined,
) {
  const batch = await way.next(query, after)
  let count = 0
  for (const row of batch) {
    if (!(await way.isOver(query, row))) continue
    if (typeof limit === 'number' && !(await takeShare(query, 'ended', dayOf(clock()), limit))) continue
    if (limit !== 'dry-run') await way.end(query, row)
    count += 1
  }
  if (count > 0 && limit !== 'dry-run') {
    await audit.record({ query, person: service }, erased(`mailboxes/${count}`))
  }
  return { batch, count }
}

/** Of a report that is gone, nothing is kept. */
async function isKept(query: Query, deps: PurgeDeps, reportId: string): Promise<boolean> {
  if (!(await isReportThere(query, reportId))) return false
  const taken = await takeAndJudge(query, deps, reportId)
  return taken === undefined || taken.keptBy !== undefined
}
