import type { Query } from './pool.ts'
import { takeTurn } from './turns.ts'
import { mayOpen } from './visibility.ts'

export interface IndexToken {
  kind: string
  token: Buffer
}

export interface LinkRow {
  id: string
  kind: string
  token: Buffer
  first: string
  second: string
  status: 'proposed' | 'confirmed' | 'rejected'
  independence: 'unknown' | 'likely' | 'established'
  version: number
  decidedBy: string | null
  bySupervisor: boolean
  signature: Buffer | null
}

const columns = `l.id, l.kind, l.token, l.first, l.second, l.status, l.independence, l.version,
  l.decided_by AS "decidedBy", l.by_supervisor AS "bySupervisor", l.signature`

/**
 * $1 viewer, $2 their agency: whether they may open the other report of a link of `report`. One that is gone was of a report
 * that is gone, or was withdrawn. That a link was decided tells of a report that some may not see.
 */
export const mayKnowOfLink = (link: string, report: string) =>
  `EXISTS (SELECT FROM links l
     CROSS JOIN LATERAL (SELECT FROM listed_reports
       WHERE id = CASE WHEN l.first = ${report} THEN l.second ELSE l.first END AND ${mayOpen('')} LIMIT 1) other
    WHERE l.id = ${link})`

/** Takes reports off the queue, to the end of the transaction; other indexers take others. */
export async function takeUnindexed(query: Query, limit: number): Promise<string[]> {
  const rows = await query<{ report_id: string }>({
    name: 'take-unindexed',
    text: `DELETE FROM unindexed u USING (
             SELECT report_id FROM unindexed ORDER BY report_id LIMIT $1 FOR UPDATE SKIP LOCKED) taken
            WHERE u.report_id = taken.report_id RETURNING u.report_id`,
    values: [limit],
  })
  return rows.map((row) => row.report_id)
}

/** Puts every report on the queue that is not indexed under this key. */
export async function queueForReindex(query: Query, kid: string): Promise<void> {
  await query({
    name: 'queue-for-reindex',
    text: `INSERT INTO unindexed (report_id)
           SELECT DISTINCT report_id FROM index_tokens WHERE kid < $1 OR kid > $1 ON CONFLICT DO NOTHING`,
    values: [kid],
  })
}

/** Puts one report on the queue: what it names has changed. */
export async function queueForIndex(query: Query, reportId: string): Promise<void> {
  await query({
    name: 'queue-for-index',
    text: 'INSERT INTO unindexed (report_id) VALUES ($1) ON CONFLICT DO NOTHING',
    values: [reportId],
  })
}

/**
 * A report no longer names these things, in the turn of `links`: it is not found by them, and links that were proposed for them are withdrawn.
 * What a person decided stays.
 */
export async function forgetThings(
  query: Query,
  reportId: string,
  things: readonly IndexToken[],
): Promise<void> {
  const values = [reportId, things.map(({ kind }) => kind), things.map(({ token }) => token)]
  await query({
    name: 'forget-things',
    text: `DELETE FROM index_tokens t USING unnest($2::text[], $3::bytea[]) AS gone (kind, token)
            WHERE t.report_id = $1 AND t.kind = gone.kind AND t.token = gone.token`,
    values,
  })
  await query({
    name: 'withdraw-links',
    text: `DELETE FROM links l USING unnest($2::text[], $3::bytea[]) AS gone (kind, token)
            WHERE l.kind = gone.kind AND l.token = gone.token AND (l.first = $1 OR l.second = $1)
              AND l.status = 'proposed'`,
    values,
  })
}

/** How many tokens of an index key there are. */
export async function countTokens(query: Query, kid: string): Promise<number> {
  const rows = await query<{ count: number }>({
    name: 'count-tokens',
    text: 'SELECT count(*)::int AS count FROM index_tokens WHERE kid = $1',
    values: [kid],
  })
  return rows[0]?.count ?? 0
}

/** A report with all that opens it: its batch key as sealed to one of the keys asked for; an empty `kid` if to none. */
export interface ReportToIndex {
  id: string
  receivedOn: string
  batchId: string
  wrappedKey: Buffer
  body: Buffer
  kid: string
  enc: Buffer
  ciphertext: Buffer
}

/** In one statement: keys may be rewrapped between two. */
export function reportsToIndex(
  query: Query,
  ids: readonly string[],
  kids: readonly string[],
): Promise<ReportToIndex[]> {
  return query<ReportToIndex>({
    name: 'reports-to-index',
    text: `SELECT r.id, r.received_on AS "receivedOn", r.batch_id AS "batchId", r.wrapped_key AS "wrappedKey", r.body,
                  coalesce(k.kid, '') AS kid, coalesce(k.enc, '') AS enc, coalesce(k.ciphertext, '') AS ciphertext
             FROM listed_reports r
             LEFT JOIN LATERAL (SELECT kid, enc, ciphertext FROM listed_batch_keys
                                 WHERE batch_id = r.batch_id AND kid = ANY ($2::text[]) LIMIT 1) k ON true
            WHERE r.id = ANY ($1::uuid[])`,
    values: [ids, kids],
  })
}

/**
 * Replaces what these reports are found by. One transaction at a time, to its end: of two reports that name the same
 * thing the later must see the earlier, or they would never be linked.
 */
export async function replaceTokens(
  query: Query,
  kid: string,
  reportIds: readonly string[],
  tokens: readonly (IndexToken & { reportId: string })[],
): Promise<void> {
  await takeTurn(query, 'links')
  await query({
    name: 'forget-tokens',
    text: 'DELETE FROM index_tokens WHERE report_id = ANY ($1::uuid[])',
    values: [reportIds],
  })
  await query({
    name: 'insert-tokens',
    text: `INSERT INTO index_tokens (kind, token, report_id, kid)
           SELECT t.kind, t.token, t.report_id, $1
             FROM unnest($2::text[], $3::bytea[], $4::uuid[]) AS t (kind, token, report_id)
           ON CONFLICT DO NOTHING`,
    values: [
      kid,
      tokens.map(({ kind }) => kind),
      tokens.map(({ token }) => token),
      tokens.map(({ reportId }) => reportId),
    ],
  })
}

/**
 * Proposes a link of each of these reports with each other that names one of the same things, at most `most` for each
 * thing. What was decided before stays decided, and stays about the thing that it was about while both still name it.
 */
export async function proposeLinks(query: Query, reportIds: readonly string[], most: number): Promise<void> {
  await query({
    name: 'propose-links',
    text: `INSERT INTO links (id, kind, token, first, second)
           SELECT gen_random_uuid(), kind, token, first, second FROM (
             SELECT DISTINCT ON (m.kind, least(m.other, t.report_id), greatest(m.other, t.report_id))
                    m.kind, m.token, least(m.other, t.report_id) AS first, greatest(m.other, t.report_id) AS second
               FROM index_tokens t
               CROSS JOIN LATERAL (
                 SELECT o.kind, o.token, o.report_id AS other FROM index_tokens o
                  WHERE o.kind = t.kind AND o.token = t.token AND o.report_id <> t.report_id LIMIT $2) m
              WHERE t.report_id = ANY ($1::uuid[])
              ORDER BY 1, 3, 4, 2) AS found
           ON CONFLICT (kind, first, second) DO UPDATE SET token = excluded.token
            WHERE (SELECT count(*) FROM index_tokens held
                    WHERE held.kind = links.kind AND held.token = links.token
                      AND held.report_id IN (links.first, links.second)) < 2`,
    values: [reportIds, most],
  })
}

/** A report's links, at most 500. */
export function linksOfReport(query: Query, reportId: string): Promise<LinkRow[]> {
  return query<LinkRow>({
    name: 'links-of-report',
    text: `SELECT ${columns} FROM links l WHERE l.first = $1
           UNION ALL SELECT ${columns} FROM links l WHERE l.second = $1
           ORDER BY id LIMIT 500`,
    values: [reportId],
  })
}

/** One link of a report, kept from others to the end of the transaction. */
export async function findLink(query: Query, reportId: string, id: string): Promise<LinkRow | undefined> {
  const rows = await query<LinkRow>({
    name: 'link',
    text: `SELECT ${columns} FROM links l WHERE l.id = $2 AND (l.first = $1 OR l.second = $1) FOR UPDATE`,
    values: [reportId, id],
  })
  return rows[0]
}

/** Whether one agency shared in both: its people know what their colleagues tell. */
export async function areOfOneAgency(
  query: Query,
  { first, second }: Pick<LinkRow, 'first' | 'second'>,
): Promise<boolean> {
  const rows = await query({
    name: 'are-of-one-agency',
    text: `SELECT FROM reports a JOIN reports b ON b.origin_agency = a.origin_agency WHERE a.id = $1 AND b.id = $2`,
    values: [first, second],
  })
  return rows.length > 0
}

export async function decideLink(query: Query, link: LinkRow): Promise<void> {
  await query({
    name: 'decide-link',
    text: `UPDATE links SET status = $2, independence = $3, version = $4, decided_by = $5, by_supervisor = $6, signature = $7
            WHERE id = $1`,
    values: [
      link.id,
      link.status,
      link.independence,
      link.version,
      link.decidedBy,
      link.bySupervisor,
      link.signature,
    ],
  })
}

/** Which of these reports the viewer may see, and whether another is hidden from them by a conflict of interest. */
export function visibilityOf(
  query: Query,
  personId: string,
  agency: string | null,
  ids: readonly string[],
): Promise<{ id: string; visible: boolean; conflicted: boolean }[]> {
  return query<{ id: string; visible: boolean; conflicted: boolean }>({
    name: 'visibility-of-reports',
    text: `SELECT r.id,
                  ${mayOpen('r.')} AS visible,
                  (NOT ${mayOpen('r.')} AND $2::text IS NOT NULL AND r.conflict_of_interest @> ARRAY[$2::text]) AS conflicted
             FROM reports r WHERE r.id = ANY ($3::uuid[])`,
    values: [personId, agency, ids],
  })
}

export interface WatchedThing {
  kind: string
  token: Buffer
}

/** Things that confirmed links of independent reports name, a page at a time, in the order of their tokens. */
export function watchedThings(
  query: Query,
  personId: string,
  agency: string | null,
  kinds: readonly string[],
  limit: number,
  after: { kind: string; token: string } | undefined,
): Promise<WatchedThing[]> {
  return query<WatchedThing>({
    name: 'watched-things',
    text: `SELECT l.kind, l.token FROM links l
             JOIN reports a ON a.id = l.first JOIN reports b ON b.id = l.second
            WHERE l.status = 'confirmed' AND l.independence IN ('likely', 'established') AND l.kind = ANY ($3)
              AND NOT a.suspected_malicious AND NOT b.suspected_malicious
              AND ${mayOpen('a.')} AND ${mayOpen('b.')}
              AND ($5::text IS NULL OR (l.kind, l.token) > ($5, decode($6, 'base64')))
            GROUP BY l.kind, l.token ORDER BY l.kind, l.token LIMIT $4`,
    values: [personId, agency, kinds, limit, after?.kind, after?.token],
  })
}

/** The links that name one thing, at most 500. */
export function linksOfThing(query: Query, { kind, token }: WatchedThing): Promise<LinkRow[]> {
  return query<LinkRow>({
    name: 'links-of-thing',
    text: `SELECT ${columns} FROM links l WHERE l.kind = $1 AND l.token = $2 ORDER BY l.id LIMIT 500`,
    values: [kind, token],
  })
}
