import { isChangeOf } from './auditTargets.ts'
import type { Query, Statement } from './pool.ts'
import { namedOn, namesTooFew } from './visibility.ts'

/** Whom reports of corruption name from the start. */
export async function namedFromStart(query: Query): Promise<string[]> {
  const rows = await query<{ id: string }>({
    name: 'named-from-start',
    text: 'SELECT staff_id AS id FROM named_from_start ORDER BY staff_id',
    values: [],
  })
  return rows.map(({ id }) => id)
}

export async function replaceNamedFromStart(query: Query, ids: readonly string[]): Promise<void> {
  await query({
    name: 'end-named-from-start',
    text: 'DELETE FROM named_from_start WHERE staff_id <> ALL ($1::uuid[])',
    values: [ids],
  })
  await query({
    name: 'name-from-start',
    text: 'INSERT INTO named_from_start SELECT unnest($1::uuid[]) ON CONFLICT DO NOTHING',
    values: [ids],
  })
}

/** A restricted report as auditors may know of it. */
export interface RestrictedRow {
  id: string
  receivedOn: string
  category: string
  named: string[]
  /** When a person restricted it, and who; null if it was restricted from the start. */
  restrictedAt: Date | null
  restrictedBy: string | null
  /** When its names were last set, and by whom; null if they are those of the start. */
  namedAt: Date | null
  namedBy: string | null
}

/** The newest change of a report `r` whose audit record names this (domain/triage/patch/records.ts). */
const newestChange = (field: 'restricted' | 'restrictedTo') => `
  LEFT JOIN LATERAL (SELECT at, actor FROM audit_records
                      WHERE report_id = r.id AND ${isChangeOf(field)}
                      ORDER BY seq DESC LIMIT 1)`

/** Restricted reports, the newest first, without those whose conflict of interest names this agency. */
export function restrictedReports(
  query: Query,
  agency: string | null,
  limit: number,
  after: { receivedOn: string; id: string } | undefined,
): Promise<RestrictedRow[]> {
  return query<RestrictedRow>(restrictedStatement(agency, limit, after))
}

export function restrictedStatement(
  agency: string | null,
  limit: number,
  after: { receivedOn: string; id: string } | undefined,
): Statement {
  const goesOn = after === undefined ? '' : 'AND (received_on, id) < ($3::date, $4::uuid)'
  return {
    name: `restricted-reports${after === undefined ? '-first' : ''}`,
    text: `SELECT r.id, r.received_on AS "receivedOn", r.category, ${namedOn('r.')} AS named,
                  began.at AS "restrictedAt", began.actor AS "restrictedBy",
                  naming.at AS "namedAt", naming.actor AS "namedBy"
             FROM (SELECT id, received_on, category, restricted_to FROM listed_reports
                    WHERE restricted AND ($1::text IS NULL OR NOT conflict_of_interest @> ARRAY[$1::text])
                      ${goesOn}
                    ORDER BY received_on DESC, id DESC LIMIT $2) r
             ${newestChange('restricted')} began ON true
             ${newestChange('restrictedTo')} naming ON true
            ORDER BY r.received_on DESC, r.id DESC`,
    values: [agency, limit, ...(after === undefined ? [] : [after.receivedOn, after.id])],
  }
}

const countedAtMost = 10_000

/** How many restricted reports have a conflict of interest with this agency, up to 10,000. */
export function countConflicting(query: Query, agency: string | null): Promise<number> {
  return countUpTo(query, 'count-conflicting', 'conflict_of_interest @> ARRAY[$1::text]', agency)
}

/** How many restricted reports name one of these people and too few who can sign in, up to 10,000. */
export function countLeft(query: Query, ids: readonly string[]): Promise<number> {
  const condition = `${namedOn('')} && $1::uuid[] AND ${namesTooFew('')}`
  return countUpTo(query, 'count-left', condition, ids)
}

async function countUpTo(query: Query, name: string, condition: string, value: unknown): Promise<number> {
  const rows = await query<{ count: number }>({
    name,
    text: `SELECT count(*)::integer AS count
             FROM (SELECT FROM listed_reports WHERE restricted AND ${condition} LIMIT ${countedAtMost}) found`,
    values: [value],
  })
  return rows[0]?.count ?? 0
}
