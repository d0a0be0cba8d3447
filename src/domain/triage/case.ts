import type { Case, CaseView } from '../../schemas/casework.ts'
import type { PendingChange } from '../../schemas/pending.ts'
import { newestCases, newestCasework } from '../../storage/casework.ts'
import type { Query } from '../../storage/pool.ts'
import type { ReportRow } from '../../storage/reports.ts'
import { addDays } from '../../vocabulary/calendar.ts'
import type { Periods } from '../../vocabulary/periods.ts'
import { rankOf } from '../../vocabulary/priority.ts'
import { batchKeysOf } from '../envelope/batchKeys.ts'
import type { Work } from '../envelope/work.ts'
import { personNames } from '../staff/named.ts'
import { isGenuine, read, readUnder } from './casework.ts'
import { isWaiting } from './closureRules.ts'
import { type NameOf, pendingOf, summaryOf } from './summary.ts'

export interface ReadCase {
  version: number
  content: Case
  /** Staff set them, and yet they do not open, or hold anything else: what they say is not known. */
  isLost: boolean
}

/** The sealed fields of a report: what staff set, or how each starts. */
export async function readCase(work: Work, report: ReportRow): Promise<ReadCase> {
  const row = await newestCasework(work.query, report.id, 'case', report.id)
  const content = await read(work, row)
  const isLost = row !== undefined && content === undefined && isGenuine(work.keyring, row)
  return { version: row?.version ?? 0, content: content ?? newCase(report), isLost }
}

/**
 * The sealed fields of these reports, by their ids, of those that have any and whose open: asked for at once, each batch key
 * opened once.
 */
export async function readCases(
  work: Work,
  reportIds: readonly string[],
): Promise<ReadonlyMap<string, Case>> {
  const cases = new Map<string, Case>()
  if (reportIds.length === 0) return cases
  const rows = await newestCases(work.query, reportIds)
  const batchKeys = batchKeysOf(work)
  try {
    await batchKeys.open(rows.map(({ batchId }) => batchId))
    for (const row of rows) {
      const content = await readUnder(work.keyring, batchKeys, row)
      if (content !== undefined) cases.set(row.reportId, content)
    }
  } finally {
    batchKeys.forget()
  }
  return cases
}

/** A pressing report waits for the police's word before it goes to anyone else. */
export function newCase({ priority }: ReportRow): Case {
  return {
    deconfliction: priority === rankOf('high') ? 'pending' : 'not-needed',
    referrals: [],
    disclosureRequests: [],
    proceedingsKnown: false,
    closeReason: null,
  }
}

type Peopled = Pick<ReportRow, 'assignee' | 'restrictedTo'>

/** The names of those who have to do with these; those that are known already are not asked for. */
export function namesAmong(
  query: Query,
  rows: readonly Peopled[],
  contents: readonly Case[] = [],
  known?: ReadonlyMap<string, string>,
): Promise<NameOf> {
  return personNames(query, peopleIn(rows, contents), known)
}

/** Who has to do with these: who works on them, whom they name, who waits for a second supervisor. */
export function peopleIn(rows: readonly Peopled[], contents: readonly Case[]): string[] {
  const waiting = contents.flatMap(({ pending = [], closure }) =>
    [...pending, ...(closure === undefined ? [] : [closure])].map(({ by }) => by),
  )
  const concerned = rows.flatMap(({ assignee, restrictedTo }) => [
    ...(assignee ? [assignee] : []),
    ...restrictedTo,
  ])
  return [...waiting, ...concerned]
}

/** Until when it is kept all the same, where something of it was loosened. */
function graceOf(
  { loosenedOn }: Pick<ReportRow, 'loosenedOn'>,
  { graceDays }: Pick<Periods, 'graceDays'>,
): { purgeNotBefore?: string } {
  return loosenedOn === null ? {} : { purgeNotBefore: addDays(loosenedOn, graceDays) }
}

/** That it waits to be closed with others. */
function closurePending(row: ReportRow, closure: Case['closure'], nameOf: NameOf): PendingChange[] {
  if (closure === undefined || !isWaiting(row, closure)) return []
  const { id, by, on } = closure
  return [{ field: 'status', value: 'closed', closure: id, by: nameOf(by), on }]
}

/** A report as staff work on it, without its content, and without where it may go: that depends on who asks. */
export function caseView(
  row: ReportRow,
  content: Case,
  nameOf: NameOf,
  periods: Pick<Periods, 'graceDays'>,
): Omit<CaseView, 'moves'> {
  const { closure, ...shown } = content
  return {
    ...summaryOf(row, nameOf),
    conflictOfInterest: row.conflictOfInterest,
    restrictedTo: row.restrictedTo.map(nameOf),
    reviewGroup: row.reviewGroup as CaseView['reviewGroup'],
    ...shown,
    pending: [...pendingOf(content, nameOf), ...closurePending(row, closure, nameOf)],
    ...graceOf(row, periods),
  }
}
