import { randomUUID } from 'node:crypto'
import { waitingStatement } from '../../src/storage/approvals.ts'
import { casesStatement, entitiesStatement } from '../../src/storage/casework.ts'
import { eventsStatement } from '../../src/storage/events.ts'
import { openPool } from '../../src/storage/pool.ts'
import { openReportsStatement, type ReportRow } from '../../src/storage/reports.ts'
import { restrictedStatement } from '../../src/storage/restricted.ts'
import { scanStatement } from '../../src/storage/scan.ts'
import { asSuperuser } from '../support/cluster.ts'
import { cloneDatabase } from '../support/database.ts'
import { explain } from '../support/explain.ts'
import { listCases, statementOf } from '../support/listCases.ts'
import { fillReports } from '../support/manyReports.ts'
import { t } from '../support/suite.ts'

const { url } = await cloneDatabase(t)
await asSuperuser(url, (client) => fillReports(client, { main: 24_000, box: 8_000, bodyBytes: 300 }))
const pool = openPool(url, 'sotto_triage', 1)
t.after(() => pool.close())

await asSuperuser(url, (client) =>
  client.query(`INSERT INTO events SELECT n, now(), 'report-changed', gen_random_uuid() FROM generate_series(1, 20000) n;
                ANALYZE events;
                WITH placed AS (SELECT id, row_number() OVER (ORDER BY id) AS place FROM reports)
                INSERT INTO links (id, kind, token, first, second)
                SELECT gen_random_uuid(), 'phone', '\\x00', one.id, next.id
                  FROM placed one JOIN placed next ON next.place = one.place + 1;
                ANALYZE links;
                INSERT INTO casework (kind, id, version, report_id, author, written_at, batch_id, wrapped_key, body, signature)
                SELECT 'entity', gen_random_uuid(), 1, id, id, now(), id, '\\x00', '\\x00', decode(repeat('00', 64), 'hex')
                  FROM reports;
                ANALYZE casework;
                INSERT INTO closure_reports SELECT gen_random_uuid(), id FROM reports;
                ANALYZE closure_reports`),
)
const large = ['reports', 'events']
const ofSelections = ['reports', 'box_reports_odd', 'box_reports_even', 'casework', 'closure_reports']

const page = 51
const branchesAtMost = 32

t.test('a page is planned for any values, and no other statement is', async (t) => {
  const mode = { name: 'mode', text: "SELECT current_setting('plan_cache_mode') AS mode", values: [] }
  t.same(await pool.page(mode), [{ mode: 'force_generic_plan' }])
  t.same(await pool.query(mode), [{ mode: 'auto' }])
})

t.test('the pages of each list are that list: none lacks a report or shows it twice', async (t) => {
  for (const one of listCases.filter(({ after }) => after === undefined)) {
    const all = await pool.page<ReportRow>(statementOf(one, 600))
    const paged: ReportRow[] = []
    while (paged.length < all.length) {
      const last = paged.at(-1)
      const rows = await pool.page<ReportRow>(
        statementOf({ ...one, ...(last && { after: () => last }) }, Math.min(97, all.length - paged.length)),
      )
      if (rows.length === 0) break
      paged.push(...rows)
    }
    t.same(
      paged.map(({ id }) => id),
      all.map(({ id }) => id),
      one.name,
    )
  }
})

for (const mode of ['force_custom_plan', 'force_generic_plan'] as const) {
  t.test(`no list reads a whole table or sorts more than pages, with ${mode}`, async (t) => {
    for (const one of listCases) {
      const { nodes } = await pool.transaction((query) => explain(query, statementOf(one), mode))
      // Of a day's reports the box may be read whole where many filters leave few of them.
      const mayReadBox = one.name.startsWith('all at once')
      const scanned = nodes.filter(
        ({ type, on }) => type.endsWith('Seq Scan') && (on === 'reports' || !mayReadBox),
      )
      t.same(scanned, [], `${one.name}: reads no table from end to end`)
      const sorted = nodes.filter((_, index) => nodes[index - 1]?.type.endsWith('Sort'))
      t.ok(
        sorted.every(({ rows }) => rows <= page * branchesAtMost),
        `${one.name}: sorts no more than the pages of its branches`,
        { sorted },
      )
    }
  })

  t.test(`search, export and events go on from where they are by an index, with ${mode}`, async (t) => {
    const viewer = { personId: '00000000-0000-4000-8000-000000000001', agency: 'licensing' }
    const statements = listCases.flatMap(({ name, order, filters, after }) => {
      const scan = {
        viewer: { ...viewer, seesUnnamedRestricted: false },
        filters: { unassigned: false, ...filters },
        order,
        kids: ['org-fictional'],
      }
      return (['scan', 'whole'] as const).map((kind) => ({
        name: `${kind}: ${name}`,
        statement: scanStatement(kind, scan, 250, after?.()),
      }))
    })
    statements.push({
      name: 'events',
      statement: eventsStatement({ ...viewer, seesUnnamedRestricted: true }, 10_000, 200),
    })
    const some = Array.from({ length: 100 }, () => randomUUID())
    const { nodes: ofEntities } = await pool.transaction((query) =>
      explain(query, entitiesStatement(some), mode),
    )
    t.notOk(
      ofEntities.some(({ type }) => type.endsWith('Seq Scan')),
      'confirmed things: reads no table from end to end',
    )
    for (const statement of [
      waitingStatement(viewer, 51, undefined),
      openReportsStatement(viewer.personId, viewer.agency, some),
      casesStatement(some),
    ]) {
      const { nodes } = await pool.transaction((query) => explain(query, statement, mode))
      const read = nodes.filter(
        ({ type, on }) => type.endsWith('Seq Scan') && ofSelections.includes(on ?? ''),
      )
      t.same(read, [], `${statement.name}: reads no table from end to end`)
    }
    for (const after of [undefined, { receivedOn: '2026-01-01', id: viewer.personId }]) {
      const statement = restrictedStatement('licensing', 51, after)
      const { nodes } = await pool.transaction((query) => explain(query, statement, mode))
      const read = nodes.filter(({ type, on }) => type.endsWith('Seq Scan') && on === 'reports')
      t.same(read, [], 'restricted reports: reads no table from end to end')
    }
    for (const { name, statement } of statements.filter((_, index) => index % 3 === 0)) {
      const { nodes } = await pool.transaction((query) => explain(query, statement, mode))
      const read = nodes.filter(({ type, on }) => type.endsWith('Seq Scan') && large.includes(on ?? ''))
      t.same(read, [], `${name}: reads no table from end to end`)
    }
  })
}
