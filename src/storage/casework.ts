import type { Query, Statement } from './pool.ts'

export type CaseworkKind =
  | 'case'
  | 'note'
  | 'assessment'
  | 'item'
  | 'entity'
  | 'item-decision'
  | 'message-decision'
  | 'message-unlock'
  | 'erasure'

/** One version of one thing that staff wrote, sealed and signed. */
export interface CaseworkRow<Kind extends CaseworkKind = CaseworkKind> {
  kind: Kind
  id: string
  version: number
  reportId: string
  author: string
  writtenAt: Date
  batchId: string
  wrappedKey: Buffer
  body: Buffer
  signature: Buffer
}

const columns = `c.kind, c.id, c.version, c.report_id AS "reportId", c.author, c.written_at AS "writtenAt",
  c.batch_id AS "batchId", c.wrapped_key AS "wrappedKey", c.body, c.signature`

/** `likeness` stands for the text of what is compared with others of its report. */
export async function insertCasework(query: Query, row: CaseworkRow, likeness?: Buffer): Promise<void> {
  await query({
    name: 'insert-casework',
    text: `INSERT INTO casework (kind, id, version, report_id, author, written_at, batch_id, wrapped_key, body, signature,
                                 likeness)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    values: [
      row.kind,
      row.id,
      row.version,
      row.reportId,
      row.author,
      row.writtenAt,
      row.batchId,
      row.wrappedKey,
      row.body,
      row.signature,
      likeness,
    ],
  })
}

/** The newest version of each item of a report that says the same, at most 200. */
export function itemsAlike(query: Query, reportId: string, likeness: Buffer): Promise<CaseworkRow<'item'>[]> {
  return query<CaseworkRow<'item'>>({
    name: 'items-alike',
    text: `SELECT DISTINCT ON (c.id) ${columns} FROM casework c
            WHERE c.report_id = $1 AND c.likeness = $2 AND c.kind = 'item' ORDER BY c.id, c.version DESC LIMIT 200`,
    values: [reportId, likeness],
  })
}

/** The newest version of one thing of a report. */
export async function newestCasework<Kind extends CaseworkKind>(
  query: Query,
  reportId: string,
  kind: Kind,
  id: string,
): Promise<CaseworkRow<Kind> | undefined> {
  const rows = await query<CaseworkRow<Kind>>({
    name: 'newest-casework',
    text: `SELECT ${columns} FROM casework c
            WHERE c.kind = $2 AND c.id = $3 AND c.report_id = $1 ORDER BY c.version DESC LIMIT 1`,
    values: [reportId, kind, id],
  })
  return rows[0]
}

/** The newest version of each thing that staff confirmed from the text of these reports, in the order of first confirming. */
export function newestEntities(query: Query, reportIds: readonly string[]): Promise<CaseworkRow<'entity'>[]> {
  return query<CaseworkRow<'entity'>>(entitiesStatement(reportIds))
}

export function entitiesStatement(reportIds: readonly string[]): Statement {
  return {
    name: 'newest-entities',
    text: `SELECT ${columns} FROM casework f
            CROSS JOIN LATERAL (SELECT * FROM casework n WHERE n.kind = f.kind AND n.id = f.id
                                 ORDER BY n.version DESC LIMIT 1) c
            WHERE f.report_id = ANY ($1::uuid[]) AND f.kind = 'entity' AND f.version = 1
            ORDER BY f.written_at, f.id LIMIT 20000`,
    values: [reportIds],
  }
}

/** The newest sealed fields of each of these reports that has any. */
export function newestCases(query: Query, reportIds: readonly string[]): Promise<CaseworkRow<'case'>[]> {
  return query<CaseworkRow<'case'>>(casesStatement(reportIds))
}

export function casesStatement(reportIds: readonly string[]): Statement {
  return {
    name: 'newest-cases',
    text: `SELECT newest.* FROM unnest($1::uuid[]) AS wanted (id)
            CROSS JOIN LATERAL (SELECT ${columns} FROM casework c
                                 WHERE c.kind = 'case' AND c.id = wanted.id AND c.report_id = wanted.id
                                 ORDER BY c.version DESC LIMIT 1) newest`,
    values: [reportIds],
  }
}

/** One version of one thing of a report. */
export async function caseworkVersion<Kind extends CaseworkKind>(
  query: Query,
  reportId: string,
  kind: Kind,
  id: string,
  version: number,
): Promise<CaseworkRow<Kind> | undefined> {
  const rows = await query<CaseworkRow<Kind>>({
    name: 'casework-version',
    text: `SELECT ${columns} FROM casework c
            WHERE c.kind = $2 AND c.id = $3 AND c.version = $4 AND c.report_id = $1`,
    values: [reportId, kind, id, version],
  })
  return rows[0]
}

export interface CaseworkPosition {
  firstAt: string
  id: string
}

/** A page of things of one kind in the order in which they were first written, each in its newest version. */
export function pageOfCasework<Kind extends CaseworkKind>(
  query: Query,
  reportId: string,
  kind: Kind,
  limit: number,
  after: CaseworkPosition | undefined,
): Promise<(CaseworkRow<Kind> & { firstAt: string })[]> {
  return query<CaseworkRow<Kind> & { firstAt: string }>({
    name: 'page-of-casework',
    text: `SELECT ${columns}, f.written_at::text AS "firstAt"
             FROM casework f
             JOIN LATERAL (SELECT * FROM casework n WHERE n.kind = f.kind AND n.id = f.id
                            ORDER BY n.version DESC LIMIT 1) c ON true
            WHERE f.report_id = $1 AND f.kind = $2 AND f.version = 1
              AND ($4::timestamptz IS NULL OR (f.written_at, f.id) > ($4, $5::uuid))
            ORDER BY f.written_at, f.id LIMIT $3`,
    values: [reportId, kind, limit, after?.firstAt, after?.id],
  })
}

/** How many things of one kind a report has. */
export async function countCasework(query: Query, reportId: string, kind: CaseworkKind): Promise<number> {
  const rows = await query<{ count: string }>({
    name: 'count-casework',
    text: 'SELECT count(*) FROM casework WHERE report_id = $1 AND kind = $2 AND version = 1',
    values: [reportId, kind],
  })
  return Number(rows[0]?.count ?? 0)
}
