import type { ReportFlag, ReportSummary, RestrictedReport } from '../../schemas/triage.ts'
import type { ReportRow } from '../../storage/reports.ts'
import { priorityOf } from '../priority.ts'

/** What the database holds is what this service wrote; its texts are of the schema's enumerations. */
export function summaryOf(row: ReportRow): ReportSummary {
  return {
    id: row.id,
    receivedOn: row.receivedOn,
    category: row.category as ReportSummary['category'],
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

/** The stub that supervisors see of a restricted report while it names nobody. */
export function stubOf(row: ReportRow): RestrictedReport {
  const { id, receivedOn, category, flags, version } = summaryOf(row)
  return { id, receivedOn, category, flags, version }
}

function flagsOf(row: ReportRow): ReportFlag[] {
  const flags: [ReportFlag, boolean][] = [
    ['legalHold', row.legalHold],
    ['chisReview', row.chisReview],
    ['suspectedMalicious', row.suspectedMalicious],
    ['restricted', row.restricted],
  ]
  return flags.filter(([, isSet]) => isSet).map(([flag]) => flag)
}
