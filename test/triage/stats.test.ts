import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { openPool } from '../../src/storage/pool.ts'
import { asSuperuser } from '../support/cluster.ts'
import { sampleReport } from '../support/reports.ts'
import { startTestService } from '../support/service.ts'
import { t } from '../support/suite.ts'

const clock = { now: new Date('2026-01-10T09:00:00Z') }
const options = { clock: () => clock.now }
const service = await startTestService(t, options)
const { databaseUrl, keyringFile } = service
const other = await startTestService(t, { ...options, databaseUrl, keyringFile })

/** Asks again where a busy machine makes the service shed load. */
async function get(query: string, token: string, at = service) {
  const headers = { authorization: `Bearer ${token}` }
  for (;;) {
    const answer = await at.inject({ method: 'GET', url: `/v1/triage/stats${query}`, headers })
    if (answer.statusCode !== 503) return answer
    await sleep(200)
  }
}
const sql = (text: string, values: unknown[] = []) =>
  asSuperuser(databaseUrl, async (client) => (await client.query(text, values)).rows)

interface Row {
  category?: string
  status?: string
  priority?: number
  agency?: string
  conflicts?: string[]
  restricted?: boolean
  assignee?: string
  attentionBy?: string
  origin?: 'public' | 'partner'
}

/** Puts reports where the staff's are. */
async function put(count: number, receivedOn: string, row: Row = {}): Promise<void> {
  await sql(
    `INSERT INTO reports (id, received_on, category, priority, status, lead_agency, support_agencies,
                          conflict_of_interest, restricted, assignee, attention_by, origin, origin_agency,
                          batch_id, wrapped_key, body)
     SELECT gen_random_uuid(), $2, $3, $4, $5, $6, '{}', $7, $8, $9, $10, $11, $12, gen_random_uuid(), '', ''
       FROM generate_series(1, $1)`,
    [
      count,
      receivedOn,
      row.category ?? 'other-serious-crime',
      row.priority ?? 1,
      row.status ?? 'received',
      row.agency ?? 'law-enforcement',
      row.conflicts ?? [],
      row.restricted ?? false,
      row.assignee,
      row.attentionBy,
      row.origin ?? 'public',
      row.origin === 'partner' ? 'housing' : undefined,
    ],
  )
}

/** The numbers of an answer, under what is counted by. */
function numbers(body: { items: Record<string, unknown>[] }, ...names: string[]): Record<string, unknown> {
  return Object.fromEntries(
    body.items.map((item) => [names.map((name) => item[name]).join(), [item.count, item.suppressed]]),
  )
}

t.test('before a month has ended there is nothing to tell', async (t) => {
  const auditor = await service.token('auditor')
  await put(50, '2026-01-05', { category: 'cybercrime' })
  const answer = await get('', auditor)
  t.strictSame(answer.json(), { by: ['category'], live: false, months: [], items: [] })
  t.equal(answer.headers['cache-control'], 'no-store')
})

t.test('a month that has ended is counted once, by whoever asks first, and never again', async (t) => {
  await put(9, '2026-01-31', { category: 'drug-trafficking', priority: 3, agency: 'licensing' })
  await put(12, '2026-01-31', { category: 'county-lines', priority: 3, status: 'closed' })
  await put(30, '2026-01-01', { category: 'theft-robbery', conflicts: ['licensing'] })
  await put(30, '2026-01-01', { category: 'illegal-venue', restricted: true })
  await put(40, '2026-01-20')
  await put(70, '2026-02-01', { category: 'county-lines' })
  clock.now = new Date('2026-02-01T00:00:00Z')
  const auditor = await service.token('auditor')

  const many = Array.from({ length: 16 }, (_, i) => get('', auditor, i % 2 ? service : other))
  const answers = (await Promise.all(many)).map(({ body }) => body)
  t.equal(new Set(answers).size, 1, 'two instances asked at once say the same')
  const [first = ''] = answers
  const body = JSON.parse(first)
  t.strictSame(body.months, [{ month: '2026-01', frozenOn: '2026-02-01' }])
  t.match(numbers(body, 'category'), {
    cybercrime: [50, false],
    'county-lines': [10, false],
    'drug-trafficking': [null, true],
    'theft-robbery': [null, true],
    'illegal-venue': [null, true],
    'other-serious-crime': [null, true],
  })
  t.equal(body.items.length, 15, 'every category has its row')

  await put(1, '2026-01-31', { category: 'drug-trafficking' })
  await sql(
    "UPDATE reports SET category = 'fraud-financial-crime', status = 'closed' WHERE category = 'cybercrime'",
  )
  clock.now = new Date('2026-02-20T00:00:00Z')
  const later = await service.token('triager')
  t.equal((await get('', later, other)).body, first, 'whatever came or changed since')
})

t.test('the service itself cannot change what is frozen', async (t) => {
  const pool = openPool(databaseUrl, 'sotto_triage', 1)
  t.teardown(() => pool.close())
  for (const text of [
    'UPDATE frozen_counts SET count = 10',
    'DELETE FROM frozen_counts',
    'DELETE FROM frozen_months',
    'TRUNCATE frozen_counts',
  ]) {
    await t.rejects(pool.query({ name: text, text, values: [] }), text)
  }
})

t.test('months add up to what is shown of them, and so do rows', async (t) => {
  await put(25, '2026-02-28', { category: 'cybercrime', priority: 2, status: 'screening' })
  await put(60, '2026-02-14', { priority: 2, status: 'screening' })
  await sql(`CREATE OR REPLACE VIEW countable_outcomes AS
             SELECT '2026-02-11'::date AS recorded_on, 'arrest'::text AS type, agency, category
               FROM (VALUES ('law-enforcement', 'cybercrime', 40), ('licensing', 'county-lines', 12),
                            ('community-safety', 'other-serious-crime', 30)) AS t (agency, category, count),
                    generate_series(1, count)
             UNION ALL SELECT '2026-02-11'::date, 'charge', 'law-enforcement', 'cybercrime' FROM generate_series(1, 9)`)
  clock.now = new Date('2026-04-02T00:00:00Z')
  const auditor = await service.token('auditor')
  const ask = async (query: string) => (await get(query, auditor)).json()

  const each = await ask('?by=category,month')
  t.strictSame(
    each.months.map(({ month }: { month: string }) => month),
    ['2026-01', '2026-02', '2026-03'],
  )
  const cells = numbers(each, 'category', 'month')
  t.match(cells, {
    'county-lines,2026-01': [10, false],
    'county-lines,2026-02': [70, false],
    'county-lines,2026-03': [null, true],
    'cybercrime,2026-01': [50, false],
    'cybercrime,2026-02': [25, false],
  })
  t.strictSame(each, await ask('?by=category&by=month'), 'commas and repeated names are one')
  t.match(numbers(await ask('?by=category'), 'category'), {
    'county-lines': [80, true],
    cybercrime: [75, true],
    'drug-trafficking': [null, true],
  })
  t.strictSame(numbers(await ask('?by=month'), 'month'), {
    '2026-01': [60, true],
    '2026-02': [95, true],
    '2026-03': [null, true],
  })
  t.match(numbers(await ask('?by=status,month'), 'status', 'month'), {
    'screening,2026-02': [85, false],
    'received,2026-02': [null, true],
    'closed,2026-01': [10, false],
  })
  t.match(numbers(await ask('?by=priority'), 'priority'), {
    high: [20, true],
    medium: [85, true],
    low: [null, true],
  })
  t.match(numbers(await ask('?by=agency'), 'agency'), {
    'law-enforcement': [255, true],
    licensing: [null, true],
    other: [null, true],
  })
  t.match(numbers(await ask('?by=outcome,month'), 'outcome', 'month'), {
    'arrest,2026-02': [80, false],
    'charge,2026-02': [null, true],
  })
  t.match(numbers(await ask('?by=agency,outcome,month'), 'outcome', 'agency', 'month'), {
    'arrest,law-enforcement,2026-02': [40, false],
    'arrest,licensing,2026-02': [10, false],
    'arrest,other,2026-02': [null, true],
    'charge,law-enforcement,2026-02': [null, true],
  })
  t.match(numbers(await ask('?by=outcome,category'), 'outcome', 'category'), {
    'arrest,cybercrime': [40, true],
    'arrest,county-lines': [10, true],
    'arrest,other-serious-crime': [null, true],
  })
  const crossed = await ask('?by=priority,category,month')
  t.strictSame(crossed.by, ['priority', 'category', 'month'])
  t.match(numbers(crossed, 'category', 'priority', 'month'), {
    // All of the category were of medium priority, so the row would tell that none was low.
    'cybercrime,medium,2026-02': [null, true],
    'county-lines,low,2026-02': [null, true],
  })
})

t.test('who may ask', async (t) => {
  const tokens = { auditor: await service.token('auditor'), triager: await service.token('triager') }
  for (const role of ['supervisor', 'triager', 'auditor'] as const) {
    t.equal((await get('', await service.token(role))).statusCode, 200, role)
  }
  for (const role of ['partner', 'admin'] as const) {
    t.equal((await get('', await service.token(role, { agency: 'licensing' }))).statusCode, 403, role)
  }
  t.equal((await get('?live=true', tokens.triager)).statusCode, 200)
  const before = (await sql('SELECT * FROM audit_records')).length
  for (const query of ['?live=true', '?live=true&by=nothing', '?live=true&live=false']) {
    t.equal((await get(query, tokens.auditor)).statusCode, 403, query)
  }
  const denials = (await sql('SELECT action, target FROM audit_records ORDER BY seq')).slice(before)
  t.strictSame(denials, new Array(3).fill({ action: 'denied', target: 'GET /v1/triage/stats?live=true' }))
})

t.test('what is not published is told so', async (t) => {
  const triager = await service.token('triager')
  const queries = {
    '?by=place': 'not-listed',
    '?by=': 'not-listed',
    '?by=category,': 'not-listed',
    '?by=month,month': 'not-unique',
    '?by=status,priority': 'not-published',
    '?by=category,status,priority': 'not-published',
    '?by=outcome,status': 'not-published',
    '?by=category,outcome,agency': 'not-published',
    '?live=true&by=month': 'not-listed',
    '?live=perhaps': 'type',
    '?from=2026-01': 'unknown-property',
  }
  for (const [query, code] of Object.entries(queries)) {
    const answer = await get(query, triager)
    t.equal(answer.statusCode, 400, query)
    t.equal(answer.json().errors?.[0]?.code, code, query)
  }
})

t.test('the work queue counts exactly what the bearer may see, as of now', async (t) => {
  await sql('TRUNCATE reports CASCADE')
  const me = randomUUID()
  const token = await service.token('triager', { name: me, agency: 'licensing' })
  const [{ id }] = await sql('SELECT id FROM staff WHERE name = $1', [me])
  await put(3, '2026-04-01', { status: 'screening', priority: 3, attentionBy: '2026-04-01', assignee: id })
  await put(2, '2026-04-01', { status: 'screening', priority: 3, attentionBy: '2026-04-02' })
  await put(4, '2026-04-01', { status: 'closed', priority: 3, attentionBy: '2026-04-01' })
  await put(5, '2026-04-01', { status: 'graded', conflicts: ['licensing'] })
  await put(6, '2026-04-01', { status: 'graded', restricted: true })
  await service.inject({ method: 'POST', url: '/v1/reports', payload: sampleReport() })
  await sql(`INSERT INTO reporter_messages
               (id, report_id, mailbox_id, number, sent_on, batch_id, wrapped_key, body, signature, read)
             SELECT gen_random_uuid(), id, gen_random_uuid(), 1, '2026-04-01', gen_random_uuid(), '', '',
                    decode(repeat('00', 64), 'hex'), status = 'screening'
               FROM reports`)
  const whole = {
    by: ['status', 'priority'],
    live: true,
    open: 6,
    unassigned: 3,
    mine: 3,
    overdue: 3,
    unreadMessages: 4,
    items: [
      { status: 'received', priority: 'medium', count: 1, unassigned: 1, mine: 0, overdue: 0 },
      { status: 'screening', priority: 'high', count: 5, unassigned: 2, mine: 3, overdue: 3 },
    ],
  }
  t.strictSame((await get('?live=true', token)).json(), whole)
  const { items } = (await get('?live=true&by=agency', token)).json()
  t.strictSame(items, [{ agency: 'law-enforcement', count: 6, unassigned: 3, mine: 3, overdue: 3 }])
  const elsewhere = (await get('?live=true', await service.token('supervisor'))).json()
  t.match(
    elsewhere,
    { open: 11, unreadMessages: 9 },
    'one without the conflict sees more, yet nothing restricted',
  )
})

t.test('what agencies shared in is counted apart, in the queue and once a month has ended', async (t) => {
  await sql('TRUNCATE reports, box_reports CASCADE')
  clock.now = new Date('2026-06-02T00:00:00Z')
  const triager = await service.token('triager')
  await put(30, '2026-04-10', { category: 'county-lines' })
  await put(14, '2026-04-10', { category: 'county-lines', origin: 'partner' })
  await put(12, '2026-04-10', { origin: 'partner' })
  await put(20, '2026-04-10', { category: 'theft-robbery', origin: 'partner' })
  await put(9, '2026-05-10', { category: 'county-lines', origin: 'partner' })
  await put(7, '2026-05-10', { origin: 'partner', restricted: true })
  await put(6, '2026-05-10', { origin: 'partner', conflicts: ['housing'] })
  const ask = async (query: string) => (await get(query, triager)).json()

  const queue = await ask('?live=true&by=origin')
  t.strictSame(queue.items, [
    { origin: 'partner', count: 61, unassigned: 61, mine: 0, overdue: 0 },
    { origin: 'public', count: 30, unassigned: 30, mine: 0, overdue: 0 },
  ])

  t.match(numbers(await ask('?by=origin,month'), 'origin', 'month'), {
    'partner,2026-04': [45, false],
    // Nine, beside those that not everybody may know of.
    'partner,2026-05': [null, true],
    // The public's are kept back, however many.
    'public,2026-04': [null, true],
  })
  t.strictSame(numbers(await ask('?by=origin'), 'origin'), { partner: [45, true], public: [null, true] })
  t.match(numbers(await ask('?by=category,origin,month'), 'category', 'origin', 'month'), {
    'county-lines,partner,2026-04': [15, false],
    'county-lines,public,2026-04': [null, true],
    // All of the category came from agencies, so the row would tell that the public sent none.
    'theft-robbery,partner,2026-04': [null, true],
  })
})

t.end()
