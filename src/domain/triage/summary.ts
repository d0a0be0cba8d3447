import type { Case } from '../../schemas/casework.ts'
import type { PendingChange } from '../../schemas/pending.ts'
import type { NamedPerson } from '../../schemas/person.ts'
import type { ReportFlag, ReportSummary, RestrictedReport } from '../../schemas/triage.ts'
import type { ReportRow } from '../../storage/reports.ts'
import type { Person } from '../../vocabulary/person.ts'
import { priorityOf } from '../../vocabulary/priority.ts'
import { knownCategory } from '../acts/proposed.ts'

/** How a person is shown, by id. */
export type NameOf = (id: string) => NamedPerson

/** What the database holds is what this service wrote; its texts are of the schema's enumerations. */
export function summaryOf(row: ReportRow, nameOf: NameOf): ReportSummary {
  return {
    id: row.id,
    receivedOn: row.receivedOn,
    category: knownCategory(row.category),
    priority: priorityOf(row.priority),
    status: row.status as ReportSummary['status'],
    flags: flagsOf(row),
    leadAgency: row.leadAgency,
    supportAgencies: row.supportAgencies,
    assignee: row.assignee === null ? null : nameOf(row.assignee),
    attentionBy: row.attentionBy,
    version: row.version,
    unreadMessages: row.unreadMessages,
    links: row.links,
    origin: row.origin,
    originAgency: row.originAgency,
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
export function stubOf(row: ReportRow, content: Case | undefined, nameOf: NameOf): RestrictedReport {
  const { id, receivedOn, category, flags, version } = summaryOf(row, nameOf)
  const pending = pendingOf(content, nameOf).filter(({ field }) => isOfRestriction(field))
  return { id, receivedOn, category, flags, version, ...(pending.length > 0 ? { pending } : {}) }
}

/** What waits for a second supervisor, with the names of those who asked. */
export function pendingOf(content: Case | undefined, nameOf: NameOf): PendingChange[] {
  return (content?.pending ?? []).map((one) => ({
    ...one,
    by: nameOf(one.by),
  }))
}

function isOfRestriction(field: PendingChange['field']): boolean {
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
