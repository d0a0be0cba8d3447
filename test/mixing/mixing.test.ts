import { spawn } from 'node:child_process'
import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type pg from 'pg'
import sharp from 'sharp'
import { admitReport } from '../../src/domain/acts/admission.ts'
import { auditTrail } from '../../src/domain/audit/trail.ts'
import { mixBox } from '../../src/domain/mixing/mixBox.ts'
import { moveHalf, usualLimits } from '../../src/domain/mixing/moveHalf.ts'
import { rewrap } from '../../src/domain/retention/rewrap.ts'
import { mixNightly } from '../../src/jobs/nightly.ts'
import { createLog } from '../../src/log.ts'
import { halfOf } from '../../src/storage/boxHalves.ts'
import { mixingFacts } from '../../src/storage/mixings.ts'
import { openPool } from '../../src/storage/pool.ts'
import { addDays, dayOf, parityOf } from '../../src/vocabulary/calendar.ts'
import { run } from '../cli/run.ts'
import { openStored } from '../durability/stored.ts'
import { postJson, type Reporter, reporterAt } from '../mailbox/reporter.ts'
import { staffOf } from '../mailbox/staff.ts'
import { asSuperuser } from '../support/cluster.ts'
import { sampleReport } from '../support/reports.ts'
import { rounds } from '../support/rounds.ts'
import { startTestService } from '../support/service.ts'
import { t } from '../support/suite.ts'
import { asBytes, inDumpOrder, inHeapOrder, startOpenServer } from './rawLook.ts'
import { seedBox } from './seed.ts'

let now = new Date('2026-03-10T08:00:00Z')
const clock = () => now

const server = await startOpenServer(t)
const service = await startTestService(t, { databaseUrl: server.url, clock })
const { base, databaseUrl: url, keyringFile } = service
const staff = staffOf(t, service)
const { keyring, pool } = staff
const intake = openPool(url, 'sotto_intake', 3)
t.after(() => intake.close())

const deps = { pool, keyring, clock, interval: 0 }
const mix = async (options = {}) => {
  const outcome = await mixBox(deps, options)
  if (outcome.state === 'busy') throw new Error('somebody else is mixing')
  return outcome
}
const superuser = <T>(work: (client: pg.Client) => Promise<T>) => asSuperuser(url, work)
const sql = async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
  superuser(async (client) => (await client.query<Row>(text, values)).rows)
const countOf = async (from: string) =>
  (await sql<{ n: number }>(`SELECT count(*)::int AS n FROM ${from}`))[0]?.n
/** A service that is short of time may ask to come back. */
async function persistently(call: () => Promise<Response>): Promise<Response> {
  for (let attempt = 1; ; attempt++) {
    const response = await call()
    if (response.status !== 503 || attempt === 50) return response
    await sleep(100)
  }
}
const post = (body: unknown, key?: string) =>
  persistently(() =>
    postJson(`${base}/v1/reports`, body, key === undefined ? {} : { 'idempotency-key': key }),
  )
const get = (path: string, authorization: string) =>
  persistently(() => fetch(`${base}${path}`, { headers: { authorization } }))
async function sends(narrative = 'A fictional report of fictional things.'): Promise<Reporter> {
  const { receipt } = (await (await post(sampleReport({ narrative }))).json()) as { receipt: string }
  return reporterAt(base, receipt)
}
const halfOfDay = (day: string) => halfOf(parityOf(day))

/** A report as staff and its reporter see it. */
async function seen(reporter: Reporter, authorization: string) {
  const id = await staff.reportOf(reporter.keys.lookupId)
  const path = `/v1/triage/reports/${id}`
  const { items } = (await (await get(`${path}/attachments`, authorization)).json()) as {
    items: { id: string }[]
  }
  const images: Buffer[] = []
  for (const { id: image } of items) {
    images.push(Buffer.from(await (await get(`${path}/attachments/${image}`, authorization)).arrayBuffer()))
  }
  const mailbox = await (await persistently(() => reporter.call(''))).json()
  return { id, report: await (await get(path, authorization)).json(), mailbox, items, images }
}

t.test('a day of reports, marked and in a known order, is mixed', async (t) => {
  const day = dayOf(now)
  const box = halfOfDay(day)
  const reporters: Reporter[] = []
  const calls: { key: string; body: unknown; answer: unknown }[] = []
  async function arrive(marker: string) {
    const body = sampleReport({ narrative: `Marker ${marker}: a fictional report, long enough to be taken.` })
    const key = randomUUID()
    const answer = await (await post(body, key)).json()
    calls.push({ key, body, answer })
  }
  for (let index = 0; index < 40; index++) {
    if (index % 10 === 9) await Promise.all(Array.from({ length: 8 }, (_, at) => arrive(`${index} ${at}`)))
    else await arrive(`${index}`)
    if (index % 4 === 0) reporters.push(await sends(`From the reporter number ${index}.`))
    now = new Date(now.getTime() + 15 * 60_000)
  }
  const image = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#456789' } })
    .jpeg()
    .toBuffer()
  for (const [index, reporter] of reporters.entries()) {
    await persistently(() => reporter.say(`Message of ${index}`))
    if (index % 2 === 0) await persistently(() => reporter.say(`Another of ${index}`))
    if (index % 3 === 0) await persistently(() => reporter.attach(image))
  }
  const [ended, looked, ...others] = reporters as [Reporter, Reporter, ...Reporter[]]
  const endedId = await staff.reportOf(ended.keys.lookupId)
  t.equal((await persistently(ended.end)).status, 204)
  const kept = [looked, ...others]
  const early = await Promise.all(kept.slice(0, 3).map(({ keys }) => staff.reportOf(keys.lookupId)))
  for (const id of early) await pool.transaction((query) => admitReport({ query, keyring }, id))

  const morning = `Bearer ${await service.token('supervisor')}`
  const before = await Promise.all(kept.map((reporter) => seen(reporter, morning)))
  t.equal(before.flatMap(({ images }) => images).length, 3, 'three images lie in mailboxes')

  const old = await sql<{ batch: string; wrapped: Buffer; enc: Buffer }>(
    `SELECT r.batch_id AS batch, r.wrapped_key AS wrapped, k.enc FROM box_reports_${box} r JOIN box_batch_keys k USING (batch_id)
     UNION ALL
     SELECT m.batch_id, m.wrapped_key, k.enc FROM box_reporter_messages_${box} m JOIN box_mailbox_batch_keys k USING (batch_id)`,
  )
  const oldBytes = old.flatMap(({ batch, wrapped, enc }) => [asBytes(batch), wrapped, enc])
  t.equal(
    await server.findInFiles(oldBytes),
    new Set(oldBytes).size,
    'the old keys stand in the files, and are found',
  )
  const counts = await Promise.all(
    ['listed_reports', 'listed_mailboxes', 'listed_reporter_messages', 'listed_attachments'].map(countOf),
  )
  const boxed = await countOf(`box_reports_${box}`)

  now = new Date(`${addDays(day, 1)}T00:20:00Z`)
  const { answer: late } = (await arriveLate()) as { answer: unknown }
  async function arriveLate() {
    await arrive('the next day')
    return calls.pop() as { answer: unknown }
  }
  t.ok(late)

  const outcome = await mix()
  t.match(outcome, { day, reports: boxed, unopened: 0, unplaced: 0, emptied: true, logKept: [] })

  t.test('everything still opens, to staff and reporters', async (t) => {
    const after = `Bearer ${await service.token('supervisor')}`
    t.strictSame(await Promise.all(kept.map((reporter) => seen(reporter, after))), before)
    const endedPath = `/v1/triage/reports/${endedId}/attachments`
    const { items } = (await (await get(endedPath, after)).json()) as {
      items: { id: string; mediaType: string }[]
    }
    t.match(items, [{ mediaType: 'image/jpeg' }], 'the image of one who ended contact is there')
    const opened = await openStored(url, keyring, new Set())
    t.equal(opened.length, (counts[0] ?? 0) + 1)
  })

  t.test('as many as before, and none in the box', async (t) => {
    const mixed = ['listed_reports', 'listed_mailboxes', 'listed_reporter_messages', 'listed_attachments']
    const [reports = 0, mailboxes = 0, messages, attachments] = await Promise.all(mixed.map(countOf))
    t.strictSame([reports - 1, mailboxes - 1, messages, attachments], counts, 'beside one of the next day')
    const left = await sql<{ rows: number; size: number }>(
      `SELECT (SELECT count(*) FROM box_reports_${box})::int AS rows,
              (SELECT sum(pg_relation_size(relid)) FROM pg_stat_user_tables WHERE relname LIKE 'box\\_%\\_${box}')::int AS size`,
    )
    t.strictSame(left, [{ rows: 0, size: 0 }])
  })

  t.test('a repeat of yesterday’s call gets yesterday’s answer', async (t) => {
    for (const { key, body, answer } of calls) {
      const response = await post(body, key)
      t.equal(response.headers.get('idempotency-replayed'), 'true')
      t.strictSame(await response.json(), answer)
    }
    const [{ key = '', body } = {}] = calls
    const other = { ...(body as object), narrative: 'Other words with the same key, which is an error.' }
    t.equal((await post(other, key)).status, 422)
  })

  t.test('a raw look finds neither order nor time', async (t) => {
    await superuser(async (client) => {
      const notEarly = `id <> ALL ('{${early.join(',')}}')`
      const reports = await inHeapOrder(client, 'reports', 'id', notEarly)
      t.strictSame(reports.values, reports.values.toSorted(), 'reports lie in order of their random ids')
      t.equal(reports.writers.size, 1, 'written by one transaction')
      const dumped = (await inDumpOrder(client, 'reports', 'id')).filter((id) => !early.includes(id))
      t.strictSame(dumped, reports.values, 'and are dumped so')
      for (const table of ['reporter_messages', 'attachments']) {
        const { values, writers } = await inHeapOrder(client, table, 'id')
        t.strictSame(values, values.toSorted(), table)
        t.strictSame(writers, reports.writers, table)
      }
      const mailboxes = await inHeapOrder(client, 'mailboxes', 'lookup_id', `report_${notEarly}`)
      t.strictSame(mailboxes.values, mailboxes.values.toSorted(), 'mailboxes')
      t.strictSame(mailboxes.writers, reports.writers)
      const answers = await inHeapOrder(client, 'kept_answers_mixed', 'key_hash')
      t.strictSame(answers.values, answers.values.toSorted(), 'stored answers')
      t.equal(answers.values.length, calls.length)
      t.equal(answers.writers.size, 1)
      t.notSame(answers.writers, reports.writers, 'nothing joins an answer to its report')
      const queue = await inHeapOrder(client, 'unindexed', 'report_id', `report_${notEarly}`)
      t.strictSame(queue.values, queue.values.toSorted(), 'the queue for the indexer')
      t.equal(await countOf('kept_answers'), 1, 'the next day’s answer is where it was')
      const [size] = await sql<{ pages: number }>(
        `SELECT pg_relation_size('kept_answers')::int / 8192 AS pages`,
      )
      t.equal(size?.pages, 1, 'in a new file')
    })
    const batches = await sql<{ kind: string; batch: string; objects: number; mailbox: string | null }>(`
      SELECT kind, batch, count(*)::int AS objects FROM (
        SELECT 'report' AS kind, batch_id AS batch FROM reports WHERE id <> ALL ('{${early.join(',')}}')
        UNION ALL SELECT 'message', batch_id FROM reporter_messages
        UNION ALL SELECT 'image', batch_id FROM attachments
        UNION ALL SELECT 'meta', meta_batch_id FROM attachments) b GROUP BY 1, 2`)
    const oldIds = new Set(old.map(({ batch }) => batch))
    t.notOk(
      batches.some(({ batch }) => oldIds.has(batch)),
      'all batches are new',
    )
    t.equal(batches.filter(({ kind }) => kind === 'report').length, 1, 'one for all reports')
    t.ok(
      batches.filter(({ kind }) => kind !== 'report').every(({ objects }) => objects === 1),
      'one for each other',
    )
    const tooMany = await countOf(`mailbox_batch_keys k LEFT JOIN (
        SELECT batch_id, mailbox_id FROM reporter_messages UNION ALL SELECT meta_batch_id, mailbox_id FROM attachments) o
        USING (batch_id, mailbox_id) WHERE o.batch_id IS NULL`)
    t.equal(tooMany, 0, 'a mailbox has keys to its own things alone')

    t.equal(
      await server.findInFiles(oldBytes),
      0,
      'no file holds anything of the old keys: no table, index or log',
    )
  })
})

t.test('while rows are being moved, intake and readers go on, and who would change them waits', async (t) => {
  now = new Date('2026-03-12T10:00:00Z')
  const reporter = await sends()
  await persistently(() => reporter.say('Something more.'))
  const acted = await sends()
  const actedId = await staff.reportOf(acted.keys.lookupId)
  const day = dayOf(now)
  now = new Date(`${addDays(day, 1)}T00:20:00Z`)
  const today = dayOf(now)
  const bearer = `Bearer ${await service.token('supervisor')}`
  let ending: Promise<Response> | undefined
  let admitting: Promise<void> | undefined
  const signal = new AbortController().signal
  const half = { keyring, signal, half: halfOfDay(day), day, today, limits: usualLimits }
  await moveHalf(half, pool, (work) =>
    pool.transaction(async (query) => {
      const moved = await work(query)
      const queued = await query<{ id: string }>({
        name: 'queued',
        text: 'SELECT report_id AS id FROM unindexed WHERE report_id = $1',
        values: [actedId],
      })
      t.strictSame(queued, [{ id: actedId }], 'it waits for the indexer')
      const began = performance.now()
      await sends()
      const list = await get('/v1/triage/reports', bearer)
      t.equal(list.status, 200)
      const mailbox = await (await persistently(() => reporter.call(''))).json()
      t.match(mailbox, { messages: [{ text: 'Something more.' }] })
      t.ok(performance.now() - began < 60_000, 'nobody waited for this transaction to end')
      ending = persistently(reporter.end)
      admitting = pool.transaction((other) => admitReport({ query: other, keyring }, actedId))
      await sleep(200)
      return moved
    }),
  )
  await admitting
  t.equal((await ending)?.status, 204)
  const id = reporter.keys.lookupId.toString('hex')
  t.equal(
    await countOf(`listed_mailboxes WHERE lookup_id = '\\x${id}'`),
    0,
    'what was ended meanwhile is gone',
  )
  t.equal(await countOf('reporter_messages WHERE mailbox_id NOT IN (SELECT id FROM mailboxes)'), 0)
  t.equal(
    await countOf(`listed_reports WHERE id = '${actedId}'`),
    1,
    'what was acted on meanwhile is there once',
  )
  t.match(await mix(), { emptied: true })
})

t.test(
  'however much lies in the box, each transaction moves a stretch of it, and others act in between',
  async (t) => {
    now = new Date('2026-03-11T12:00:00Z')
    const day = dayOf(now)
    const reports = 40
    const ids = (await seedBox(intake, keyring, now, { reports, together: 4, messageEvery: 2 })).toSorted()
    now = new Date(`${addDays(day, 1)}T00:20:00Z`)
    const limits = { reports: 7, mailboxes: 6, messages: 3, attachments: 1 }
    const stop = new AbortController()
    const half = { keyring, signal: stop.signal, half: halfOfDay(day), day, today: dayOf(now), limits }
    const sizes: number[] = []
    const last = ids.at(-1) ?? ''
    const cut = moveHalf(half, pool, async (work) => {
      const moved = await pool.transaction(work)
      sizes.push((await countOf(`reports WHERE id = ANY ('{${ids.join(',')}}')`)) ?? 0)
      if (sizes.length === 1) await pool.transaction((query) => admitReport({ query, keyring }, last))
      if (sizes.length === 3) stop.abort()
      return moved
    })
    await t.rejects(cut, { name: 'AbortError' })
    t.strictSame(
      await sql('SELECT emptied_on FROM mixings WHERE day = $1', [day]),
      [{ emptied_on: null }],
      'what was begun is not done',
    )
    t.equal(await countOf(`listed_reports WHERE id = ANY ('{${ids.join(',')}}')`), reports)
    t.equal(await countOf(`listed_mailboxes m WHERE m.report_id = ANY ('{${ids.join(',')}}')`), reports)
    const outcome = await mixBox({ ...deps, limits })
    t.match(outcome, { emptied: true, unopened: 0, unplaced: 0 })
    const moved = await sql<{ id: string; writer: string }>(
      `SELECT id, xmin::text AS writer FROM reports WHERE id = ANY ($1) AND id <> $2 ORDER BY id`,
      [ids, last],
    )
    const writers = moved.map(({ writer }) => Number(writer))
    t.strictSame(
      moved.map(({ id }) => id),
      ids.slice(0, -1),
    )
    t.strictSame(
      writers,
      writers.toSorted((a, b) => a - b),
      'transactions tell the order of random ids alone',
    )
    t.ok(new Set(writers).size > 6)
    const apart = await sql(
      `SELECT FROM reports r JOIN (SELECT report_id, xmin FROM mailboxes UNION ALL SELECT report_id, xmin FROM reporter_messages) o
         ON o.report_id = r.id WHERE r.id = ANY ($1) AND r.id <> $2 AND o.xmin <> r.xmin`,
      [ids, last],
    )
    t.equal(apart.length, 0, 'what belongs together is moved together')
    t.equal((await openStored(url, keyring, new Set())).length >= reports, true)
  },
)

t.test('what does not open, or has a taken id, neither stops the mixing nor is lost', async (t) => {
  now = new Date('2026-03-14T10:00:00Z')
  const day = dayOf(now)
  const [first = '', second = '', third = ''] = await seedBox(intake, keyring, now, {
    reports: 3,
    together: 3,
    messageEvery: 1,
  })
  const box = halfOfDay(day)
  const [earlier] = await sql<{ id: string }>('SELECT id FROM reports LIMIT 1')
  await sql(`UPDATE box_reports_${box} SET wrapped_key = $2 WHERE id = $1`, [first, randomBytes(61)])
  await sql(
    `INSERT INTO box_reports_${box} (parity, id, received_on, category, priority, lead_agency, support_agencies,
                                     restricted, batch_id, wrapped_key, body)
     SELECT parity, $2, received_on, category, priority, lead_agency, support_agencies, restricted, batch_id,
            wrapped_key, body FROM box_reports_${box} WHERE id = $1`,
    [second, earlier?.id],
  )
  await sql(
    `UPDATE box_reporter_messages_${box} SET mailbox_id = (SELECT id FROM box_mailboxes WHERE report_id = $2)
              WHERE report_id = $1`,
    [second, third],
  )
  await sql(
    `UPDATE box_batch_keys_${box} SET ciphertext = $2
              WHERE batch_id = (SELECT batch_id FROM box_reporter_messages_${box} WHERE report_id = $1)`,
    [third, randomBytes(48)],
  )
  const rows = await sql(
    `SELECT id, batch_id, wrapped_key FROM box_reporter_messages_${box} WHERE report_id = $1`,
    [third],
  )
  now = new Date(`${addDays(day, 1)}T00:20:00Z`)
  const facts = await mixingFacts(pool)
  t.match(facts, { unopened: 0, unplaced: 0, lastDay: '2026-03-12' })

  // The first report, its message, whose mailbox is then in doubt, the report with a taken id, the third's message.
  const outcome = await mix()
  t.match(outcome, { reports: 4, messages: 3, mailboxes: 3, unopened: 4, unplaced: 1, emptied: true })
  t.strictSame(
    await sql('SELECT id, batch_id, wrapped_key FROM reporter_messages WHERE report_id = $1', [third]),
    rows,
  )
  t.equal(
    await countOf(`batch_keys WHERE batch_id = '${rows[0]?.batch_id}'`),
    1,
    'the old batch key came along',
  )
  t.equal(await countOf(`mailbox_batch_keys WHERE batch_id = '${rows[0]?.batch_id}'`), 1)
  const [apart] = await sql<{ source: string; content: { id: string } }>(
    'SELECT source, content FROM unplaced_rows',
  )
  t.match(apart, { source: 'box_reports', content: { id: earlier?.id } })
  t.match(await mixingFacts(pool), { lastDay: day, unopened: 4, unplaced: 1, logKept: [] })
  await sql('DELETE FROM unplaced_rows')
  await sql('DELETE FROM reports WHERE id = $1', [first])
})

t.test('what the server has counted of the box is forgotten with it', async (t) => {
  now = new Date('2026-03-14T23:00:00Z')
  const put = async () => {
    const [row] = await sql<{ n: number }>(
      `SELECT sum(n_tup_ins)::int AS n FROM pg_stat_user_tables WHERE relname IN ('box_reports_even', 'box_reports_odd')`,
    )
    return row?.n ?? 0
  }
  const counted = (await put()) + 7
  await seedBox(intake, keyring, now, { reports: 7, together: 7 })
  // A session tells what it counted when it has been idle for a while.
  for (let tries = 0; (await put()) < counted && tries < 1_200; tries += 1) await sleep(50)
  t.ok((await put()) >= counted, 'the server counts')
  now = new Date('2026-03-15T23:00:00Z')
  t.match(await mix(), { reports: 7, emptied: true, logKept: [] })
  t.equal(await put(), 0)
})

t.test('two instances at once: one mixes', async (t) => {
  now = new Date('2026-03-16T10:00:00Z')
  await seedBox(intake, keyring, now, { reports: 40, together: 2 })
  now = new Date('2026-03-17T00:20:00Z')
  const outcomes = await Promise.all([mixBox(deps), mixBox(deps), mixBox(deps)])
  t.strictSame(outcomes.map(({ state }) => state).toSorted(), ['busy', 'busy', 'mixed'])
  t.match(
    outcomes.find(({ state }) => state === 'mixed'),
    { reports: 40 },
  )
  t.match(await mix(), { reports: 0, emptied: true }, 'afterwards there is nothing to do')
})

t.test('today’s half is taken only on demand', async (t) => {
  now = new Date('2026-03-18T10:00:00Z')
  const [id = ''] = await seedBox(intake, keyring, now, { reports: 1, together: 1 })
  await mix()
  t.equal(await countOf(`reports WHERE id = '${id}'`), 0)
  t.match(await mix({ includeToday: true }), { reports: 1, day: '2026-03-17' })
  t.equal(await countOf(`reports WHERE id = '${id}'`), 1)
  t.match(await mixingFacts(pool), { lastDay: '2026-03-17' }, 'and does not count as mixed: the day goes on')
})

const kills = rounds(3, 10)

t.test(`killed ${kills} times in the midst, nothing is lost or doubled`, async (t) => {
  now = new Date('2026-03-20T10:00:00Z')
  const seedTime = now
  now = new Date('2026-03-21T00:20:00Z')
  const program = fileURLToPath(new URL('./mixOnce.js', import.meta.url))
  const seeded: string[] = (await sql<{ id: string }>('SELECT id FROM listed_reports')).map(({ id }) => id)
  let cut = 0
  for (let round = 1; round <= kills; round++) {
    seeded.push(
      ...(await seedBox(intake, keyring, seedTime, {
        reports: 60,
        together: 2,
        messageEvery: 6,
        keptEvery: 2,
      })),
    )
    const child = spawn(process.execPath, [program, url, keyringFile, now.toISOString()], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const exited = once(child, 'exit')
    let said = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk
    })
    while (!said.includes('begins')) await once(child.stdout, 'data')
    await sleep(randomInt(0, 150))
    child.kill('SIGKILL')
    await exited
    if (!said.includes('done')) cut++
    const ids = (await sql<{ id: string }>('SELECT id FROM listed_reports')).map(({ id }) => id)
    t.strictSame(ids.toSorted(), seeded.toSorted(), `round ${round}`)
    t.equal(await countOf('listed_mailboxes'), await countOf('(SELECT DISTINCT id FROM listed_mailboxes) m'))
  }
  t.ok(cut > 0 || kills < 10, 'some were cut short', { cut })
  const facts = await mixUntilFree()
  t.match(facts, { emptied: true, unopened: 0, unplaced: 0 })
  t.equal(await countOf(`box_reports_${halfOfDay('2026-03-20')}`), 0)
  t.equal(
    (await openStored(url, keyring, new Set(seeded.slice(0, -60 * kills)))).length,
    60 * kills,
    'all of them open',
  )
  t.equal(await countOf(`kept_answers_mixed WHERE kept_on = '2026-03-20'`), 30 * kills)
})

/** The server notices after a moment that a killed process is gone. */
async function mixUntilFree() {
  for (;;) {
    const outcome = await mixBox(deps)
    if (outcome.state === 'mixed') return outcome
    await sleep(50)
  }
}

t.test('stored answers are dropped with the end of the next day but one', async (t) => {
  now = new Date('2026-03-22T23:00:00Z')
  await mix()
  t.equal(await countOf(`kept_answers_mixed WHERE kept_on = '2026-03-20'`), 30 * kills)
  now = new Date('2026-03-23T00:20:00Z')
  await mix()
  t.equal(await countOf(`kept_answers_mixed WHERE kept_on = '2026-03-20'`), 0)
})

t.test(
  'a service mixes within the first hour of a day, and makes up for a day that was missed',
  async (t) => {
    const lines: string[] = []
    const log = createLog('info', { write: (line: string) => lines.push(line) })
    now = new Date('2026-03-24T10:00:00Z')
    const [broken = '', twin = ''] = await seedBox(intake, keyring, now, { reports: 2, together: 1 })
    const box = halfOfDay(dayOf(now))
    await sql(`UPDATE box_reports_${box} SET wrapped_key = $2 WHERE id = $1`, [broken, randomBytes(61)])
    await sql(
      `UPDATE box_reports_${box} SET id = (SELECT id FROM reports ORDER BY id LIMIT 1) WHERE id = $1`,
      [twin],
    )
    const [lied = ''] = await seedBox(intake, keyring, now, { reports: 1, together: 1 })
    await sql(`UPDATE box_reports_${box} SET lead_agency = 'housing', priority = 1 WHERE id = $1`, [lied])
    const [said = ''] = await seedBox(intake, keyring, now, { reports: 1, together: 1, messageEvery: 1 })
    await sql(`UPDATE box_reporter_messages_${box} SET signature = $2 WHERE report_id = $1`, [
      said,
      randomBytes(64),
    ])
    now = new Date('2026-03-25T00:04:00Z')
    const nightly = mixNightly({ ...deps, log, every: 20 })
    await sleep(100)
    t.match(await mixingFacts(pool), { lastDay: '2026-03-22', oldestInBox: '2026-03-24' }, 'not at once')
    t.strictSame(lines, [], 'nor is anything said of what lies in the box')
    now = new Date('2026-03-25T00:46:00Z')
    const deadline = Date.now() + 180_000
    while ((await mixingFacts(pool))?.lastDay !== '2026-03-24' && Date.now() < deadline) await sleep(20)
    t.match(await mixingFacts(pool), { lastDay: '2026-03-24', oldestInBox: null })
    await sleep(100)
    await nightly.stop()
    t.equal(lines.filter((line) => line.includes('the box was mixed')).length, 1, 'once', { lines })
    const told = lines.map((line) => JSON.parse(line) as { msg: string; count?: number })
    const counted = (words: string) => told.filter(({ msg }) => msg.includes(words)).map(({ count }) => count)
    t.strictSame(counted('met others of the same id'), [1], 'a count of what was set aside, and no id')
    t.equal(counted('did not open').length, 1)
    t.strictSame(counted('reports that have left the box cannot be read'), [1])
    t.strictSame(counted('not what intake said'), [1], 'where the stricter holds')
    t.strictSame(counted('of no reporter, or cannot be read'), [1], 'a message that nobody will be shown')
    for (const id of [broken, twin, lied, said]) t.notOk(lines.some((line) => line.includes(id)))
    await sql('DELETE FROM unplaced_rows')
    await sql('DELETE FROM reports WHERE id = $1', [broken])
  },
)

t.test('a day that was noted as mixed while the clocks were ahead is mixed once it has ended', async (t) => {
  now = new Date('2026-03-25T10:00:00Z')
  await seedBox(intake, keyring, now, { reports: 2, together: 2 })
  await sql(`INSERT INTO mixings (day, mixed_on, emptied_on, unopened, unplaced)
             VALUES ('2026-03-25', '2026-03-26', '2026-03-26', 0, 0)`)
  now = new Date('2026-03-26T00:46:00Z')
  const nightly = mixNightly({ ...deps, log: createLog('silent'), every: 20 })
  const deadline = Date.now() + 180_000
  while ((await mixingFacts(pool))?.oldestInBox !== null && Date.now() < deadline) await sleep(20)
  await nightly.stop()
  t.match(await mixingFacts(pool), { oldestInBox: null })
})

t.test(
  'where the owner may neither switch the log nor make a checkpoint, it mixes all the same, and says so',
  async (t) => {
    await sql('ALTER FUNCTION leave_log_behind() OWNER TO sotto_definer')
    now = new Date('2026-03-26T10:00:00Z')
    await seedBox(intake, keyring, now, { reports: 2, together: 2 })
    now = new Date('2026-03-27T00:20:00Z')
    t.match(await mix(), { reports: 2, emptied: true, logKept: ['switch', 'checkpoint'] })
    t.match(await mixingFacts(pool), { lastDay: '2026-03-26', logKept: ['switch', 'checkpoint'] })
    await sql('ALTER FUNCTION leave_log_behind() OWNER TO sotto_log')
  },
)

t.test('sotto mix mixes now, and says so', async (t) => {
  const yesterday = new Date(Date.now() - 24 * 3_600_000)
  await seedBox(intake, keyring, yesterday, { reports: 2, together: 2, messageEvery: 2 })
  const settings = { DATABASE_URL: url, KEYRING_FILE: keyringFile }
  const { code, stdout } = await run('sotto', ['mix', '--json'], settings)
  t.equal(code, 0)
  t.match(JSON.parse(stdout), { day: dayOf(yesterday), reports: 2, messages: 1, emptied: true, logKept: [] })
  const again = await run('sotto', ['mix', '--include', 'today'], settings)
  t.match(again, {
    code: 0,
    stdout: /^mixed, up to \S+: 0 reports, 0 messages, 0 images\n$/,
    stderr: /^sotto: the database is [^\n]+\n$/,
  })
  t.match(await run('sotto', ['mix', '--include', 'tomorrow'], settings), { code: 2 })
})

t.test('a table that somebody holds holds nothing up', async (t) => {
  now = new Date('2026-05-01T08:00:00Z')
  t.equal((await post(sampleReport())).status, 201)
  now = new Date('2026-05-02T08:00:00Z')
  await superuser(async (client) => {
    await client.query('BEGIN')
    await client.query('LOCK TABLE staff_subjects IN ACCESS EXCLUSIVE MODE')
    t.match(await mix(), { state: 'mixed', emptied: true })
    await client.query('ROLLBACK')
  })
})

t.test('keys that others delete between two stretches are none that the mixing needs', async (t) => {
  now = new Date('2026-05-04T08:00:00Z')
  const day = dayOf(now)
  const ids = (await seedBox(intake, keyring, now, { reports: 12, together: 4, messageEvery: 3 })).toSorted()
  const junk = ids.slice(0, 4)
  // What does not open stays under its old key: nothing of the first stretch is under a new one.
  await sql(`UPDATE box_reports SET wrapped_key = '\\x00' WHERE id = ANY ($1)`, [junk])
  now = new Date('2026-05-05T08:00:00Z')
  const others = {
    ...deps,
    audit: auditTrail(pool, keyring, clock),
    periods: { unassessedDays: 365, graceDays: 14 },
  }
  let rewraps = 0
  const interrupted: typeof pool = {
    ...pool,
    async transaction(work) {
      const done = await pool.transaction(work)
      if (typeof done === 'object' && done !== null && 'to' in done) {
        const outcome = await rewrap(others, { id: 'operator', role: 'cli' }, ['org-of-before'])
        if (outcome.state === 'rewrapped') rewraps++
      }
      return done
    },
  }
  const limits = { reports: 4, mailboxes: 4, messages: 4, attachments: 4 }
  t.match(await mixBox({ ...deps, pool: interrupted, limits }), { state: 'mixed', emptied: true })
  t.ok(rewraps > 2, `${rewraps} times`)
  for (const id of ids.slice(4)) t.match(await staff.open(id), { report: { narrative: String } })
  t.equal(await countOf(`reports WHERE received_on = '${day}'`), 12)
})

t.end()
