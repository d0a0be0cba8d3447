import { setTimeout as sleep } from 'node:timers/promises'
import { readKeyringFile } from '../../src/crypto/keyring.ts'
import { openReason } from '../../src/domain/audit/reasons.ts'
import { csvColumns } from '../../src/domain/export/csv.ts'
import { asSuperuser } from '../support/cluster.ts'
import { fillSealedReports } from '../support/sealedReports.ts'
import { startTestService, type TestService } from '../support/service.ts'
import { byTwo, callerWith, report, reportFor } from '../support/staffApi.ts'
import { t } from '../support/suite.ts'

t.setTimeout(100_000)
const service = await startTestService(t, { environment: { REQUIRE_REASON: 'false' } })
const token = await service.token('supervisor', { name: 'Sade', agency: 'community-safety' })
const sade = callerWith(service, token)
const bea = callerWith(service, await service.token('supervisor', { name: 'Bea' }))
const cyd = callerWith(service, await service.token('supervisor', { name: 'Cyd' }))
const path = '/v1/triage/export'

const ask = (query = '', headers: Record<string, string> = {}, init: RequestInit = {}, at = service) =>
  fetch(`${at.base}${path}${query}`, { headers: { authorization: `Bearer ${token}`, ...headers }, ...init })

async function linesOf(query = '', headers = {}): Promise<Record<string, unknown>[]> {
  const response = await ask(query, headers)
  t.equal(response.status, 200)
  const text = await response.text()
  t.ok(text.endsWith('\n'))
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line))
}

/** The records of exports, the earliest first, with what is sealed in them. */
async function recordsOf({ databaseUrl, keyringFile }: TestService = service) {
  return asSuperuser(databaseUrl, async (client) => {
    const { rows } = await client.query(
      `SELECT at, action, target, reason_id AS id, reason_batch_id AS "batchId", reason_wrapped_key AS "wrappedKey",
              reason_body AS body FROM audit_records WHERE target LIKE 'export/%' ORDER BY seq`,
    )
    const query = async <Row>({ text, values }: { text: string; values: readonly unknown[] }) =>
      (await client.query(text, [...values])).rows as Row[]
    const records: { action: string; id: string; what: string; words: Record<string, unknown> }[] = []
    for (const row of rows) {
      const words =
        row.id === null
          ? '{}'
          : await openReason({ query, keyring: readKeyringFile(keyringFile) }, row, row.at)
      const [, id, ...what] = row.target.split('/')
      records.push({ action: row.action, id, what: what.join('/'), words: JSON.parse(words ?? '') })
    }
    return records
  })
}

async function endRecorded(before: number, at: TestService = service) {
  for (let tries = 0; tries < 100; tries += 1) {
    const records = await recordsOf(at)
    if (records.length >= before + 2) return records.slice(before)
    await sleep(50)
  }
  throw new Error('no end was recorded')
}

t.test(
  'CSV opens in Excel: with a byte order mark where it is asked for, and no cell too long',
  async (t) => {
    const entities = Array.from({ length: 50 }, () => ({
      kind: 'item' as const,
      description: '"ŵ'.repeat(240),
    }))
    await report(service, { category: 'antisocial-behaviour', entities })
    const csv = { accept: 'text/csv' }
    const bytes = async (query: string, headers = csv) =>
      Buffer.from(await (await ask(`?category=antisocial-behaviour${query}`, headers)).arrayBuffer())
    const mark = '\ufeff'
    t.equal((await bytes('')).toString().startsWith('"record",'), true)
    const marked = (await bytes('&bom=true')).toString()
    t.equal(marked.slice(0, 10), `${mark}"record",`)
    t.equal(marked.slice(1), (await bytes('&bom=false')).toString())
    const [, row = []] = parseCsv(marked.slice(1))
    const cell = (name: string) => row[csvColumns.indexOf(name)] ?? ''
    t.equal(Math.max(...row.map((one) => one.length)), 32_767)
    t.match(cell('entities'), / \[cut here: \d+ characters, whole in NDJSON\]$/)
    t.equal(cell('cut'), 'entities')
    const [line] = await linesOf('?category=antisocial-behaviour')
    t.match(line, { report: { entities } }, 'NDJSON has it whole')
    t.equal((await ask('?bom=yes', csv)).status, 400)
  },
)

t.test('each line is a report as it opens, and the last says that it is whole', async (t) => {
  const id = await reportFor(service, sade, { places: [{ address: '14 Marrow Close' }] })
  await sade.call('PATCH', `/v1/triage/reports/${id}`, {
    version: 1,
    body: { status: 'screening', proceedingsKnown: true },
  })
  await report(service, { category: 'cybercrime' })
  const before = (await recordsOf()).length
  const lines = await linesOf('?status=screening', { 'audit-reason': 'Monthly return' })
  const { body } = await sade.call('GET', `/v1/triage/reports/${id}`)
  const { moves: _moves, ...opened } = body
  t.same(lines, [opened, { end: true, count: 1 }])
  const [begin, end] = await endRecorded(before)
  t.match(begin, {
    action: 'consultation',
    what: 'begin',
    words: { reason: 'Monthly return', filters: { status: ['screening'] }, format: 'ndjson' },
  })
  t.match(end, { id: begin?.id, what: 'end/whole' })
  t.same(end?.words, {}, 'not how many, which would tell when the last of them came')
  t.equal((await ask('?category=wildlife')).status, 400)
  const [other] = await linesOf('?category=cybercrime')
  await asSuperuser(service.databaseUrl, (client) =>
    client.query('UPDATE box_reports SET body = set_byte(body, 40, get_byte(body, 40) # 1) WHERE id = $1', [
      other?.id,
    ]),
  )
  const broken = await linesOf('?category=cybercrime')
  t.match(
    broken,
    [
      { id: other?.id, report: null, proposals: [] },
      { end: true, count: 1 },
    ],
    'hidden by no seal',
  )
})

t.test('what a person may not see is not exported', async (t) => {
  const restricted = await reportFor(service, sade, { subcategories: ['corruption'] })
  const conflicting = await reportFor(service, sade)
  const conflict = { conflictOfInterest: ['community-safety'] }
  await byTwo([bea, cyd], `/v1/triage/reports/${conflicting}`, 1, conflict)
  const ids = (await linesOf()).map(({ id }) => id)
  t.notOk(ids.includes(restricted) || ids.includes(conflicting))
  t.equal(ids.length, new Set(ids).size)
})

t.test('CSV has a row for each report, and nothing in it is taken for a formula', async (t) => {
  const narrative = '=HYPERLINK("http://evil.example")\r\nand, "quoted", in a fictional report'
  await report(service, {
    category: 'illegal-venue',
    narrative,
    riskFlags: ['weapon', 'dog'],
    links: ['https://example.org/a;b'],
  })
  await report(service, { category: 'illegal-venue', narrative: '\t+44 7700 900123 is a fictional number' })
  await report(service, { category: 'illegal-venue', narrative: "'twas a dark and fictional night of it" })
  const response = await ask('?category=illegal-venue', { accept: 'text/csv, */*;q=0.1' })
  t.match(response.headers.get('content-type'), /^text\/csv; charset=utf-8/)
  t.match(response.headers.get('content-disposition'), /reports\.csv/)
  const rows = parseCsv(await response.text())
  t.same(rows[0], csvColumns)
  t.ok(rows.every((row) => row.length === csvColumns.length))
  const cell = (row: string[] | undefined, name: string) => row?.[csvColumns.indexOf(name)]
  t.match([cell(rows.at(-1), 'record'), cell(rows.at(-1), 'count')], ['end', '3'])
  const narratives = rows.slice(1, -1).map((row) => cell(row, 'narrative') ?? '')
  t.ok(
    narratives.every((text) => text.startsWith("'")),
    'an apostrophe makes each a text',
  )
  t.ok(narratives.map((text) => text.slice(1)).includes(narrative), 'and can be taken away again')
  const [first] = rows.filter((row) => cell(row, 'narrative')?.includes('HYPERLINK'))
  t.match([cell(first, 'riskFlags'), cell(first, 'urls')], ['weapon dog', 'https://example.org/a;b'])
  for (const row of rows) for (const text of row) t.notMatch(text, /^\s*[=+\-@]/)
})

t.test('a client that goes away is told of in the record, and keeps nothing busy', async (t) => {
  const large = await startTestService(t, { exporting: { freshFor: 0, patrolEvery: 100 } })
  const hers = await large.token('supervisor')
  await fillSealedReports(large, 1_500, () => ({
    narrative: 'Much ado about nothing in particular. '.repeat(250),
  }))
  const leaving = new AbortController()
  const headers = { authorization: `Bearer ${hers}` }
  const response = await ask('', headers, { signal: leaving.signal }, large)
  const reader = response.body?.getReader()
  await reader?.read()
  // As much as sockets take in between, and no more, is opened for whoever does not read.
  await sleep(500)
  leaving.abort()
  const [, end] = await endRecorded(0, large)
  t.equal(end?.what, 'end/client-gone')

  const whole = await (await ask('', headers, {}, large)).text()
  t.equal(JSON.parse(whole.split('\n').at(-2) ?? '').count, 1_500)

  const name = 'Lena'
  const hersNoMore = { authorization: `Bearer ${await large.token('supervisor', { name })}` }
  const before = (await recordsOf(large)).length
  const revoked = (await ask('', hersNoMore, {}, large)).body?.getReader()
  await revoked?.read()
  await asSuperuser(large.databaseUrl, (client) =>
    client.query(
      'UPDATE staff_tokens SET revoked_at = now() WHERE staff_id = (SELECT id FROM staff WHERE name = $1)',
      [name],
    ),
  )
  t.match((await endRecorded(before, large))[1], { what: 'end/stopped' }, 'whoever takes nothing is stopped')
  await t.rejects(async () => {
    while (!(await revoked?.read())?.done);
  }, 'rights that end break it off')

  const stopped = await ask('', headers, {}, large)
  const taken = stopped.body?.getReader()
  await taken?.read()
  const closing = large.close()
  await t.rejects(async () => {
    while (!(await taken?.read())?.done);
  }, 'a stream that the service ends is broken off')
  await closing
  t.equal((await recordsOf(large)).at(-1)?.what, 'end/stopped')
})

t.test(
  'HEAD has the headers alone and is recorded; only supervisors export, and say why where they must',
  async (t) => {
    const before = (await recordsOf()).length
    const head = await ask('', { accept: 'text/csv' }, { method: 'HEAD' })
    t.match([head.status, await head.text()], [200, ''])
    t.match(head.headers.get('content-type'), /^text\/csv/)
    t.match((await recordsOf()).slice(before), [
      { what: 'end/headers-only', words: { filters: {}, format: 'csv' } },
    ])
    t.equal((await ask('', { accept: 'application/json' })).status, 406)
    t.equal((await ask('?limit=5')).status, 400)
    const tam = callerWith(service, await service.token('triager'))
    await tam.call('GET', path, { expect: 403 })
    const strict = await startTestService(t, { ...service, environment: { REQUIRE_REASON: 'true' } })
    t.equal((await ask('', {}, {}, strict)).status, 400)
    t.equal((await ask('', { 'audit-reason': 'Monthly return' }, {}, strict)).status, 200)
  },
)

function parseCsv(text: string): string[][] {
  const cells = [...text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)]
  const rows: string[][] = [[]]
  for (const [, inQuotes, bare, separator] of cells) {
    rows.at(-1)?.push(inQuotes?.replaceAll('""', '"') ?? bare ?? '')
    if (separator === '\r\n') rows.push([])
  }
  return rows.slice(0, -1)
}

t.end()
