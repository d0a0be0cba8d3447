import { searchedIn, searchTarget } from '../../storage/auditTargets.ts'
import type { StoredRecord } from '../../storage/auditTrail.ts'
import type { BoxedFacts } from '../../storage/leftBox.ts'
import { addDays, dayOf } from '../../vocabulary/calendar.ts'
import { priorityOf } from '../../vocabulary/priority.ts'
import { termsOf } from '../text/terms.ts'

/** A search or an export on record, as far as it decides which reports it may have met. */
export interface PastSearch {
  seq: number
  actor: string
  role: string
  /** Where the matches are added. */
  target: string
  /** The last day of which a report may have been there. */
  lastDay: string
  filters: Filters
  /** Undefined of an export, which takes whatever the filters leave. */
  terms: readonly string[] | undefined
}

type Filters = Readonly<Record<string, unknown>>

/** What ends the target of a record that adds matches to another. */
const ending = 'may-have-met'
/** By so much the clock of an instance may be slow. */
const slack = 3_600_000

/** What was looked for, out of the record and its opened reason; undefined if it is no such record. */
export function pastSearchIn(
  { seq, at, actor, role, target }: StoredRecord,
  reason: string,
): PastSearch | undefined {
  const words = objectIn(reason)
  if (words === undefined) return undefined
  const { q, filters } = words
  const terms = typeof q === 'string' ? termsOf(q) : undefined
  if (target === searchTarget && (terms === undefined || terms.length === 0)) return undefined
  return {
    seq: Number(seq),
    actor,
    role,
    target: `${searchedIn(target)}/${seq}/${ending}`,
    lastDay: dayOf(new Date(at.getTime() + slack)),
    filters: isObject(filters) ? filters : {},
    terms: target === searchTarget ? terms : undefined,
  }
}

/**
 * Whether somebody who looked with these filters could have met this report while it lay in the box: as it was listed
 * there, whatever hour it came. There nobody has it, no agency sent it, it waits for its first reading and for no second
 * supervisor, no conflict is known of, and what is restricted is found by those alone whom it names. A filter that is not known here
 * leaves nothing out.
 */
export function couldMeet({ actor, lastDay, filters }: PastSearch, report: BoxedFacts): boolean {
  const { receivedOn, category, priority, leadAgency, restricted, named } = report
  const { receivedFrom, receivedTo, originAgency } = filters
  const among = (name: string, value: string) => {
    const wanted = filters[name]
    return !Array.isArray(wanted) || wanted.length === 0 || wanted.includes(value)
  }
  return (
    (!restricted || named.includes(actor)) &&
    receivedOn <= lastDay &&
    (typeof receivedFrom !== 'string' || receivedOn >= receivedFrom) &&
    (typeof receivedTo !== 'string' || receivedOn <= receivedTo) &&
    filters.pending !== true &&
    (!Array.isArray(originAgency) || originAgency.length === 0) &&
    among('origin', 'public') &&
    among('status', 'received') &&
    among('priority', priorityOf(priority)) &&
    among('category', category) &&
    among('agency', leadAgency) &&
    among('assignee', 'none')
  )
}

/** The first moment at which a search may have met reports of this day; not long ago, whatever a forged day says. */
export function earliestSearch(firstDay: string, today: string): Date {
  const earliest = addDays(today, -31)
  return new Date(Date.parse(`${firstDay < earliest ? earliest : firstDay}T00:00:00Z`) - slack)
}

export function reasonOfMatches(ids: readonly string[]): string {
  return JSON.stringify({ mayHaveMet: ids })
}

/** The matches that this record adds to another; undefined if it adds none, or they cannot be read. */
export function matchesIn(target: string, reason: string): string[] | undefined {
  if (!target.endsWith(`/${ending}`)) return undefined
  const { mayHaveMet } = objectIn(reason) ?? {}
  return Array.isArray(mayHaveMet) && mayHaveMet.every((id) => typeof id === 'string')
    ? mayHaveMet
    : undefined
}

function objectIn(json: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(json)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
