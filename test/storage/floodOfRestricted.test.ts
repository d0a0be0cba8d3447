import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { openPool, type Statement } from '../../src/storage/pool.ts'
import { listStatement } from '../../src/storage/reportPages.ts'
import { restrictedStatement } from '../../src/storage/restricted.ts'
import { scanStatement } from '../../src/storage/scan.ts'
import { asSuperuser } from '../support/cluster.ts'
import { cloneDatabase } from '../support/database.ts'
import { explain } from '../support/explain.ts'
import { listCases } from '../support/listCases.ts'
import { fillReports } from '../support/manyReports.ts'
import { t } from '../support/suite.ts'

/** What a taken-over intake puts in as restricted, in the box and after its mixing, stands before all that staff look for. */

const { url } = await cloneDatabase(t)
const pool = openPool(url, 'sotto_triage', 1)
t.after(() => pool.close())
const sql = (work: (client: pg.Client) => Promise<unknown>) => asSuperuser(url, work)
await sql((client) => fillReports(client, { main: 4_000, box: 500, bodyBytes: 300 }))

/** Rows by which no list may be held up, of the kind that every filter but those of staff's own work meets first. */
const flood = 12_000
const same = `current_date, 'drug-trafficking', 3::smallint, 'law-enforcement', '{}'::text[], true, '\\x00', '\\x00', gen_random_uuid()`
const columns =
  'id, received_on, category, priority, lead_agency, support_agencies, restricted, wrapped_key, body, batch_id'

/** Pages of 8 KiB that each list touches, for somebody whom nothing of it names. */
async function pagesTouched(seesStubs: boolean): Promise<Map<string, number>> {
  const viewer = { personId: randomUUID(), agency: 'licensing', seesUnnamedRestricted: seesStubs }
  const touched = new Map<string, number>()
  for (const { name, order, filters, after } of listCases.filter((_, index) => index % 2 === 0)) {
    const all = { unassigned: false, ...filters }
    const scan = { viewer, filters: all, order, kids: ['org-fictional'] }
    const statements: Record<string, Statement> = {
      list: listStatement(viewer, all, order, 51, after?.()),
      scan: scanStatement('scan', scan, 51, after?.()),
    }
    for (const [kind, statement] of Object.entries(statements)) {
      const { pages } = await pool.transaction((query) => explain(query, statement, 'force_generic_plan'))
      touched.set(`${kind} of ${name}`, pages)
    }
  }
  return touched
}

async function insertFlood(client: pg.Client): Promise<void> {
  await client.query(
    `INSERT INTO box_reports (parity, ${columns})
     SELECT (current_date - date '2000-01-01') % 2, gen_random_uuid(), ${same} FROM generate_series(1, $1::int)`,
    [flood],
  )
  await client.query(
    `INSERT INTO reports (status, ${columns})
     SELECT 'received', gen_random_uuid(), ${same} FROM generate_series(1, $1::int)`,
    [flood],
  )
  await client.query('VACUUM (ANALYZE) reports, box_reports')
}

t.test('a flood of restricted reports holds up no list of those whom it does not name', async (t) => {
  // Two who can sign in are named from the start: then all of it is hidden from supervisors too.
  await sql(async (client) => {
    for (const name of ['One', 'Other']) {
      await client.query(
        `WITH person AS (INSERT INTO staff (id, name) VALUES (gen_random_uuid(), $1) RETURNING id),
              token AS (INSERT INTO staff_tokens (hash, staff_id, role, expires_at, mac)
                        SELECT sha256(id::text::bytea), id, 'supervisor', now() + interval '1 day', sha256('') FROM person)
         INSERT INTO named_from_start SELECT id FROM person`,
        [name],
      )
    }
  })
  const before = { triager: await pagesTouched(false), supervisor: await pagesTouched(true) }
  await sql(insertFlood)
  for (const [who, seesStubs] of [
    ['triager', false],
    ['supervisor', true],
  ] as const) {
    for (const [name, pages] of await pagesTouched(seesStubs)) {
      const was = before[who].get(name) ?? 0
      t.ok(pages < was * 2 + 1_500, `${who}: ${name} touched ${was} pages, and touches ${pages}`)
    }
  }
})

t.test('auditors find it page by page, without sorting all of it', async (t) => {
  for (const after of [undefined, { receivedOn: '2026-01-01', id: randomUUID() }]) {
    const statement = restrictedStatement('licensing', 51, after)
    const { nodes } = await pool.transaction((query) => explain(query, statement, 'force_generic_plan'))
    t.ok(
      nodes.every(({ rows }) => rows < flood),
      'reads no more than a page of it',
    )
  }
})

t.end()
