import type { Pool, Query } from './pool.ts'

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
}

export interface SealedReportRow extends ReportRow {
  batchId: string
  wrappedKey: Buffer
  body: Buffer
}

const listed = `id, received_on AS "receivedOn", category, priority, status, lead_agency AS "leadAgency",
  support_agencies AS "supportAgencies", conflict_of_interest AS "conflictOfInterest", restricted,
  restricted_to AS "restrictedTo", legal_hold AS "legalHold", chis_review AS "chisReview",
  suspected_malicious AS "suspectedMalicious", assignee, attention_by AS "attentionBy",
  review_group AS "reviewGroup", version`

/** Who looks. What they may not see is to them as if it were not there. */
export interface Viewer {
  personId: string
  agency: string | null
  /** Sees that a restricted report is there while it names nobody. */
  seesUnnamedRestricted: boolean
}

export interface ListFilters {
  status?: readonly string[] | undefined
  priority?: readonly number[] | undefined
  category?: readonly string[] | undefined
  agency?: readonly string[] | undefined
  assignee?: readonly string[] | undefined
  unassigned: boolean
  receivedFrom?: string | undefined
  receivedTo?: string | undefined
}

/** Where a page ended. */
export interface Position {
  priority: number
  receivedOn: string
  id: string
}

/**
 * $1 viewer, $2 their agency, $3 whether unnamed restricted reports are seen. A restricted report that names
 * nobody shows neither status nor priority, so filters on those leave it out rather than tell.
 */
const visible = `
  ($2::text IS NULL OR NOT conflict_of_interest @> ARRAY[$2::text])
  AND (NOT restricted OR restricted_to @> ARRAY[$1::uuid] OR ($3::boolean AND restricted_to = '{}'))`

const filtered = `
  ($4::text[] IS NULL OR status = ANY ($4))
  AND ($5::smallint[] IS NULL OR priority = ANY ($5))
  AND ($6::text[] IS NULL OR category = ANY ($6))
  AND ($7::text[] IS NULL OR lead_agency = ANY ($7))
  AND (($8::uuid[] IS NULL AND NOT $9::boolean) OR assignee = ANY ($8) OR ($9::boolean AND assignee IS NULL))
  AND ($10::date IS NULL OR received_on >= $10)
  AND ($11::date IS NULL OR received_on <= $11)`

const pages = {
  priority: {
    name: 'reports-by-priority',
    text: `SELECT ${listed} FROM listed_reports
            WHERE ${visible} AND ${filtered}
              AND ($13::smallint IS NULL OR (priority, received_on, id) < ($13, $14::date, $15::uuid))
            ORDER BY priority DESC, received_on DESC, id DESC LIMIT $12`,
  },
  received: {
    name: 'reports-by-day',
    text: `SELECT ${listed} FROM listed_reports
            WHERE ${visible} AND ${filtered}
              AND ($13::smallint IS NULL OR (received_on, id) < ($14::date, $15::uuid))
            ORDER BY received_on DESC, id DESC LIMIT $12`,
  },
} as const
export type ListOrder = keyof typeof pages

/** One page of what the viewer may see, in one query. */
export function listReports(
  pool: Pool<'sotto_triage'>,
  viewer: Viewer,
  filters: ListFilters,
  order: ListOrder,
  limit: number,
  after: Position | undefined,
): Promise<ReportRow[]> {
  return pool.query<ReportRow>({
    ...pages[order],
    values: [
      viewer.personId,
      viewer.agency,
      viewer.seesUnnamedRestricted,
      filters.status,
      filters.priority,
      filters.category,
      filters.agency,
      filters.assignee,
      filters.unassigned,
      filters.receivedFrom,
      filters.receivedTo,
      limit,
      after?.priority,
      after?.receivedOn,
      after?.id,
    ],
  })
}

/** One report with its sealed body, if the viewer may open it. */
export async function findReport(
  query: Query,
  viewer: Omit<Viewer, 'seesUnnamedRestricted'>,
  id: string,
): Promise<SealedReportRow | undefined> {
  const rows = await query<SealedReportRow>({
    name: 'report',
    text: `SELECT ${listed}, batch_id AS "batchId", wrapped_key AS "wrappedKey", body
             FROM listed_reports WHERE id = $4 AND ${visible}`,
    values: [viewer.personId, viewer.agency, false, id],
  })
  return rows[0]
}
