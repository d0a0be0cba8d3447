import type { Origin } from '../vocabulary/origins.ts'
import type { Query, Statement } from './pool.ts'
import { mayOpen, namedOn, type Viewer, visible } from './visibility.ts'

/** A report's clear columns: the least that lists need. */
export interface ReportRow {
  id: string
  receivedOn: string
  category: string
  priority: number
  status: string
  leadAgency: string
  supportAgencies: string[]
  conflictOfInterest: string[]
  restricted: boolean
  restrictedTo: string[]
  legalHold: boolean
  chisReview: boolean
  suspectedMalicious: boolean
  assignee: string | null
  attentionBy: string | null
  reviewGroup: string
  version: number
  /** Whether a change waits for a second supervisor. */
  pending: boolean
  /** The day on which something of it was loosened last. */
  loosenedOn: string | null
  /** Messages of the reporter that nobody on the staff has read. */
  unreadMessages: number
  /** Links to other reports that the viewer may see, without rejected ones. */
  links: number
  origin: Origin
  /** The agency that shared it in, if one did. */
  originAgency: string | null
  /** Lies in the box: what stands in the clear is what intake says. */
  boxed: boolean
  /** Found to be unreadable when it left the box. */
  unreadable: boolean
}

export interface SealedReportRow extends ReportRow {
  batchId: string
  wrappedKey: Buffer
  body: Buffer
}

/** The clear columns, as the view gives them and a ReportRow names them. */
export const clearColumns = `id, received_on AS "receivedOn", category, priority, status, lead_agency AS "leadAgency",
  support_agencies AS "supportAgencies", conflict_of_interest AS "conflictOfInterest", restricted,
  CASE WHEN restricted THEN ${namedOn('')} ELSE restricted_to END AS "restrictedTo", legal_hold AS "legalHold", chis_review AS "chisReview",
  suspected_malicious AS "suspectedMalicious", assignee, attention_by AS "attentionBy",
  review_group AS "reviewGroup", version, pending, loosened_on AS "loosenedOn", origin,
  origin_agency AS "originAgency", boxed`

/** The same by their names alone, of a statement that has them. */
export const clearNames = `id, "receivedOn", category, priority, status, "leadAgency", "supportAgencies",
  "conflictOfInterest", restricted, "restrictedTo", "legalHold", "chisReview", "suspectedMalicious", assignee,
  "attentionBy", "reviewGroup", version, pending, "loosenedOn", origin, "originAgency", boxed`

/** What is known of `report` beside its columns, by a look-up in an index. */
export const stateOf = (report: string) =>
  `coalesce((SELECT d.unreadable FROM doubtful_reports d WHERE d.report_id = ${report}.id), false) AS unreadable`

/** What is counted for `report`, each by look-ups in an index: messages nobody has read, and links ($1 viewer, $2 their agency). */
export const countsOf = (report: string) =>
  `(SELECT count(*)::integer FROM listed_reporter_messages m
     WHERE m.report_id = ${report}.id AND NOT m.read) AS "unreadMessages",
   (SELECT count(*)::integer FROM links k
      JOIN reports o ON o.id = CASE WHEN k.first = ${report}.id THEN k.second ELSE k.first END
     WHERE (k.first = ${report}.id OR k.second = ${report}.id) AND k.status <> 'rejected'
       AND ${mayOpen('o.')}) AS links`

/** All of a ReportRow. */
export const listedColumns = `${clearColumns}, ${stateOf('listed_reports')}, ${countsOf('listed_reports')}`

/** One report with its sealed body, if the viewer may see it. */
export async function findReport(
  query: Query,
  {
    personId,
    agency,
    seesUnnamedRestricted = false,
  }: Omit<Viewer, 'seesUnnamedRestricted'> & Partial<Viewer>,
  id: string,
): Promise<SealedReportRow | undefined> {
  const rows = await query<SealedReportRow>({
    name: 'report',
    text: `SELECT ${listedColumns}, batch_id AS "batchId", wrapped_key AS "wrappedKey", body
             FROM listed_reports WHERE id = $4 AND ${visible}`,
    values: [personId, agency, seesUnnamedRestricted, id],
  })
  return rows[0]
}

/** Of these reports those that the viewer may open, as they stand, in the order of their ids. */
export function openReports(
  query: Query,
  { personId, agency }: Pick<Viewer, 'personId' | 'agency'>,
  ids: readonly string[],
): Promise<ReportRow[]> {
  return query<ReportRow>(openReportsStatement(personId, agency, ids))
}

export function openReportsStatement(
  personId: string,
  agency: string | null,
  ids: readonly string[],
): Statement {
  return {
    name: 'open-reports',
    text: `SELECT ${listedColumns} FROM listed_reports WHERE id = ANY ($3::uuid[]) AND ${mayOpen('')} ORDER BY id`,
    values: [personId, agency, ids],
  }
}

/** One report with its sealed body, for the service's own work: whoever may see it is not asked. */
export async function sealedReport(query: Query, id: string): Promise<SealedReportRow | undefined> {
  const rows = await query<SealedReportRow>({
    name: 'sealed-report',
    text: `SELECT ${clearColumns}, ${stateOf('listed_reports')}, 0 AS "unreadMessages", 0 AS links, batch_id AS "batchId",
                  wrapped_key AS "wrappedKey", body
             FROM listed_reports WHERE id = $1`,
    values: [id],
  })
  return rows[0]
}
