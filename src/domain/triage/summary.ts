import type { Case } from '../../schemas/casework.ts'
import type { GuardedField, PendingChange } from '../../schemas/pending.ts'
import type { ReportFlag, ReportSummary, RestrictedReport } from '../../schemas/triage.ts'
import type { ReportRow } from '../../storage/reports.ts'
import type { Person } from '../../vocabulary/person.ts'
import { priorityOf } from '../../vocabulary/priority.ts'
import { knownCategory } from '../acts/proposed.ts'

/** What the database holds is what this service wrote; its texts are of the schema's enumerations. */
export function summaryOf(row: ReportRow): ReportSummary {
  return {
    id: row.id,
    receivedOn: row.receivedOn,
    category: knownCategory(row.category),
    priority: priorityOf(row.priority),
    status: row.status as ReportSummary['status'],
    flags: flagsOf(row),
    leadAgency: row.leadAgency,
    supportAgencies: row.supportAgencies,
    assignee: row.assignee,
    attentionBy: row.attentionBy,
    version: row.version,
    unreadMessages: row.unreadMessages,
    links: row.links,
  }
}

/** Whether this person, who may see that the report is there, may see no more of it than that. */
export function isStub(
  row: Pick<ReportRow, 'restricted' | 'restrictedTo'>,
  { id }: Pick<Person, 'id'>,
): boolean {
  return row.restricted && !row.restrictedTo.includes(id)
}

/** The stub that supervisors see of a restricted report while it names nobody, with what of its naming waits. */
export function stubOf(
  row: ReportRow,
  content?: Case,
  names: ReadonlyMap<string, string> = new Map(),
): RestrictedReport {
  const { id, receivedOn, category, flags, version } = summaryOf(row)
  const pending = pendingOf(content, names).filter(({ field }) => isOfRestriction(field))
  return { id, receivedOn, category, flags, version, ...(pending.length > 0 ? { pending } : {}) }
}

/** What waits for a second supervisor, with the names of those who asked. */
export function pendingOf(content: Case | undefined, names: ReadonlyMap<string, string>): PendingChange[] {
  return (content?.pending ?? []).map((one) => ({
    ...one,
    by: { id: one.by, name: names.get(one.by) ?? '' },
  }))
}

function isOfRestriction(field: GuardedField): boolean {
  return field === 'restricted' || field === 'restrictedTo'
}

function flagsOf(row: ReportRow): ReportFlag[] {
  const flags: [ReportFlag, boolean][] = [
    ['legalHold', row.legalHold],
    ['chisReview', row.chisReview],
    ['suspectedMalicious', row.suspectedMalicious],
    ['restricted', row.restricted],
    ['unreadable', row.unreadable],
  ]
  return flags.filter(([, isSet]) => isSet).map(([flag]) => flag)
}
