import { randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import sharp from 'sharp'
import { permissions } from '../../src/auth/permissions.ts'
import { mixBox } from '../../src/domain/mixing/mixBox.ts'
import { nextBoxedReports } from '../../src/storage/boxedRows.ts'
import { closeHalf, halfOf } from '../../src/storage/boxHalves.ts'
import { clearStretch, countStretch, firstId, nextStretch } from '../../src/storage/boxStretches.ts'
import { dropAnswers, moveAnswers, renewAnswers, walkAnswers } from '../../src/storage/idempotencyStore.ts'
import { placeMailboxes, placeRows } from '../../src/storage/placedRows.ts'
import { endIntakeInTheWay } from '../../src/storage/sessions.ts'
import { addDays, parityOf } from '../../src/vocabulary/calendar.ts'
import { type StaffRole, staffRoles } from '../../src/vocabulary/roles.ts'
import { call, intakeLogin, rawBatch, rawMessage } from '../intake/rawIntake.ts'
import { newReporter } from '../mailbox/reporter.ts'
import { staffOf } from '../mailbox/staff.ts'
import { takeAnyDayForToday } from '../support/anyDay.ts'
import { asSuperuser, databaseAt } from '../support/cluster.ts'
import { until } from '../support/patience.ts'
import { startTestService } from '../support/service.ts'
import { callerWith } from '../support/staffApi.ts'
import { notingRoutes, staffRoutesIn } from '../support/staffRoutes.ts'
import { type Test, t } from '../support/suite.ts'
import { floodOfAnswers, floodOfMailboxes, floodOfWords, floodStatement } from './floodStatement.ts'
import { pagesTouched } from './pagesTouched.ts'
import { startOpenServer } from './rawLook.ts'

/** Whoever has the login of intake holds what can be held, with every time-out switched off, and puts in what it can. */

t.setTimeout(600_000)
const { of: service, registered } = await notingRoutes(() => startTestService(t))
const { base, databaseUrl } = service
await takeAnyDayForToday(databaseUrl)
const staff = staffOf(t, service)
const kid = staff.keyring.keys.find(({ purpose }) => purpose === 'organisation')?.kid ?? ''
const tam = callerWith(service, await service.token('triager', { name: 'Tam' }))
const login = await intakeLogin(databaseUrl)

const picture = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#345678' } })
  .png()
  .toBuffer()

/** How many rows are put in at once; a million takes minutes: bench/flood. */
const flood = Number(process.env.FLOOD_ROWS ?? 12_000)

const sql = async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> =>
  asSuperuser(databaseUrl, async (client) => (await client.query<Row>(text, values)).rows)

/** A session that nothing of its own settings ends. It is expected to be ended. */
async function attacker(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: login })
  client.on('error', () => undefined)
  await client.connect()
  t.after(() => client.end().catch(() => undefined))
  for (const timeOut of [
    'statement_timeout',
    'lock_timeout',
    'idle_in_transaction_session_timeout',
    'idle_session_timeout',
    'tcp_user_timeout',
  ]) {
    await client.query(`SET ${timeOut} = 0`)
  }
  return client
}

const mix = (day: string) =>
  mixBox({
    pool: staff.pool,
    keyring: staff.keyring,
    clock: () => new Date(`${addDays(day, 1)}T00:30:00Z`),
    interval: 0,
  })

/** What staff and partners may read, by the routes that there are, and somebody who may. */
const reads = staffRoutesIn(registered).filter(({ method }) => method === 'GET')
const tokens = new Map<StaffRole, string>()
for (const role of staffRoles) {
  const agency = role === 'partner' ? 'licensing' : null
  tokens.set(role, await service.token(role, { agency }))
}

/** Every read that there is, and a search, once each: answered at the first try. */
async function everyRead(t: Test, id: string, image: string): Promise<void> {
  const asked = async (method: 'GET' | 'POST', url: string, token: string, payload?: object) => {
    const headers = {
      authorization: `Bearer ${token}`,
      accept: 'application/json, */*;q=0.1',
      'audit-reason': 'Fictional',
    }
    const { statusCode } = await service.app.inject({ method, url, headers, ...(payload && { payload }) })
    if (statusCode !== 200 && statusCode !== 404) t.fail(`${method} ${url}: ${statusCode}`)
    return statusCode
  }
  let answered = 0
  for (const { url, permission } of reads) {
    const [role] = permissions[permission]
    const known: Record<string, string> = {
      ':id': id,
      ':attachmentId': image,
      ':slug': 'licensing',
      ':eventId': '1',
    }
    const path = url.replaceAll(/:\w+/g, (name) => known[name] ?? randomUUID())
    if ((await asked('GET', path, tokens.get(role) ?? '')) === 200) answered += 1
  }
  t.ok(answered > 25, `${answered} answered with something`)
  const token = tokens.get('triager') ?? ''
  await asked('POST', '/v1/triage/reports/search', token, { q: 'fictional' })
  await asked('GET', '/v1/triage/stats?live=true', token)
}

/** Does `work`, and tells whether anybody of staff waited meanwhile for that session of intake, for more than a moment. */
async function hasMadeWait(pid: number, work: Promise<void>): Promise<boolean> {
  let isOver = false
  const working = work.finally(() => {
    isOver = true
  })
  let waited = false
  const waiting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
                      AND application_name IN ('sotto_triage', 'sotto_partner') AND query_start < clock_timestamp() - interval '3 seconds'
                      AND pg_blocking_pids(pid) @> ARRAY[$1::int]`
  const looking = asSuperuser(databaseUrl, async (client) => {
    while (!isOver) {
      waited ||= (await client.query(waiting, [pid])).rowCount !== 0
      await sleep(20)
    }
  })
  await Promise.all([working, looking])
  return waited
}

/** Staff read and act as ever. */
async function staffWork(id: string): Promise<void> {
  await tam.call('GET', '/v1/triage/reports')
  await tam.call('GET', `/v1/triage/reports/${id}`)
  await tam.call('POST', '/v1/triage/reports/search', { body: { q: 'fictional' } })
  await tam.call('POST', `/v1/triage/reports/${id}/notes`, { body: { text: 'Seen.' }, expect: 201 })
}

/** What holds locks, or a snapshot, in the half of `day`. */
const holds: Record<string, (client: pg.Client, day: string, lookupId: Buffer) => Promise<unknown>> = {
  'an idle transaction that has put in': async (client, day) => {
    await client.query('BEGIN')
    await call(client, 'put_batch', rawBatch(kid, { sealed_on: day }))
  },
  'an active transaction that has put in': async (client, day) => {
    await client.query('BEGIN')
    await call(client, 'put_batch', rawBatch(kid, { sealed_on: day }))
    client.query('SELECT pg_sleep(3600)').catch(() => undefined)
  },
  'one statement that never ends': async (client, day) => {
    await client.query(`SET enable_seqscan = on`)
    await client.query('BEGIN')
    await call(client, 'put_batch', rawBatch(kid, { sealed_on: day }))
    client.query(`DO $$ BEGIN LOOP PERFORM pg_sleep(1); END LOOP; END $$`).catch(() => undefined)
  },
  'a transaction that has read a mailbox': async (client, _day, lookupId) => {
    await client.query('BEGIN')
    await client.query('SELECT FROM open_mailbox($1)', [lookupId])
    await client.query('SELECT FROM mailbox_messages($1)', [lookupId])
  },
  'a snapshot of long ago': async (client, _day, lookupId) => {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ')
    await client.query('SELECT FROM mailbox_fill($1)', [lookupId])
  },
  'a turn in a mailbox': async (client, day, lookupId) => {
    await client.query('BEGIN')
    await call(
      client,
      'put_message',
      rawMessage(kid, { wanted: lookupId, sealed_on: day, message_number: 1 }),
    )
  },
  'an ending of the mailbox': async (client, _day, lookupId) => {
    await client.query('BEGIN')
    await client.query('SELECT end_mailbox($1)', [lookupId])
  },
  'a key of an answer': async (client, day) => {
    await client.query('BEGIN')
    const answer = { key_hashes: [randomBytes(32)], answers: [randomBytes(4096)] }
    await call(client, 'put_batch', rawBatch(kid, { sealed_on: day, ...answer }))
  },
  'every advisory lock that the service ever took': async (client) => {
    // As where no superuser took them away.
    await sql('GRANT EXECUTE ON FUNCTION pg_advisory_lock(bigint) TO sotto_intake')
    for (let key = 7_365_740; key < 7_365_760; key++) await client.query('SELECT pg_advisory_lock($1)', [key])
  },
  'spent challenges': async (client) => {
    await client.query('BEGIN')
    await client.query('SELECT FROM challenge_secrets_now()')
    await client.query('SELECT spend_challenge(current_date, $1, NULL)', [randomBytes(32)])
  },
  'locks by prepared transactions': async (client, day) => {
    await client.query('BEGIN')
    await call(client, 'put_batch', rawBatch(kid, { sealed_on: day }))
    await client.query(`PREPARE TRANSACTION '${randomUUID()}'`).catch(() => undefined)
    await client.query('BEGIN').catch(() => undefined)
    await call(client, 'put_batch', rawBatch(kid, { sealed_on: day }))
  },
}

t.test('whatever a session of intake holds, the box is mixed and staff go on', async (t) => {
  // Each day has its half of the box; they are far apart from those of other tests.
  let day = '2030-01-01'
  for (const [what, hold] of Object.entries(holds)) {
    day = addDays(day, 1)
    const reporter = await newReporter(base)
    const id = await staff.reportOf(reporter.keys.lookupId)
    const added = (await (await reporter.attach(picture)).json()) as { id: string }
    const client = await attacker()
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
    // What holds very much is ended while it takes it.
    await hold(client, day, reporter.keys.lookupId).catch(() => undefined)
    t.notOk(await hasMadeWait(rows[0]?.pid ?? 0, everyRead(t, id, added.id)), what)
    await staffWork(id)
    t.match(await mix(day), { state: 'mixed', emptied: true }, what)
    await staffWork(id)
    await client.end().catch(() => undefined)
  }
})

t.test('sessions that hold locks one after the other do not keep the mixing out either', async (t) => {
  const day = '2031-02-03'
  let isOver = false
  const hold = async () => {
    while (!isOver) {
      const client = await attacker()
      await client.query('BEGIN').catch(() => undefined)
      await call(client, 'put_batch', rawBatch(kid, { sealed_on: day }))
      await client.query('SELECT pg_sleep(1.5)').catch(() => undefined)
      await client.end().catch(() => undefined)
    }
  }
  const holding = [hold(), hold(), hold(), hold()]
  try {
    t.match(await mix(day), { state: 'mixed' })
  } finally {
    isOver = true
    await Promise.all(holding)
  }
})

t.test('sessions that wait for the mixing in turn undo none of it', async (t) => {
  const day = '2031-04-05'
  const { keys } = await newReporter(base)
  let [isOver, waited] = [false, 0]
  const waiting = `SELECT FROM pg_locks WHERE NOT granted AND mode = 'AccessExclusiveLock'
                    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`
  // Reads a mailbox, which the emptying of the box must wait for; then waits for what that has locked before.
  const hold = async () => {
    while (!isOver) {
      const client = await attacker()
      await client.query('BEGIN').catch(() => undefined)
      await client.query('SELECT FROM open_mailbox($1)', [keys.lookupId]).catch(() => undefined)
      const until = Date.now() + 900
      let isWaitedFor = false
      while (!isWaitedFor && !isOver && Date.now() < until) {
        isWaitedFor = (await client.query(waiting).catch(() => ({ rowCount: 0 }))).rowCount !== 0
      }
      if (isWaitedFor) {
        waited += 1
        await call(client, 'put_batch', rawBatch(kid, { sealed_on: day }))
      }
      await client.end().catch(() => undefined)
    }
  }
  const holding = [hold(), hold(), hold(), hold()]
  try {
    t.match(await mix(day), { state: 'mixed', emptied: true })
    t.ok(waited > 0)
  } finally {
    isOver = true
    await Promise.all(holding)
  }
})

t.test('the server’s table of locks, filled from any of its databases, is emptied again', async (t) => {
  const server = await startOpenServer(t)
  const own = await startTestService(t, { databaseUrl: server.url })
  const headers = { authorization: `Bearer ${await own.token('triager')}` }
  const list = () => own.inject({ url: '/v1/triage/reports', headers })
  const address = await intakeLogin(server.url)
  /** Takes locks until there is room for none, or it is ended. */
  const fill: Record<string, (client: pg.Client) => Promise<unknown>> = {
    'advisory locks from another database': async (client) => {
      for (let from = 0; ; from += 1_000)
        await client.query('SELECT pg_advisory_lock(i) FROM generate_series($1::int, $1 + 999) i', [from])
    },
    'savepoints, each of which has written': async (client) => {
      await client.query('BEGIN')
      for (let name = 0; ; name++) {
        const steps = Array.from(
          { length: 200 },
          (_, step) =>
            `SAVEPOINT s${name}_${step}; SELECT spend_challenge(current_date, sha256('${name} ${step}'), NULL)`,
        )
        await client.query(steps.join('; '))
      }
    },
  }
  for (const [how, take] of Object.entries(fill)) {
    const [elsewhere] = [how.includes('another') ? databaseAt(address, 'postgres') : address]
    const client = new pg.Client({ connectionString: elsewhere })
    client.on('error', () => undefined)
    await client.connect()
    t.equal((await list()).statusCode, 200)
    // The watch looks every two seconds; what it knows of roles it knows from its last look.
    await sleep(2_500)
    await take(client).catch(() => undefined)
    const isEnded = () =>
      client.query('SELECT 1').then(
        () => false,
        () => true,
      )
    // A list may need no more of the table than Postgres keeps aside for each session.
    await t.resolves(until(isEnded), how)
    await t.resolves(
      until(async () => (await list()).statusCode === 200),
      how,
    )
  }
  await own.close()
})

t.test('only sessions of intake are ended, and none that waits for staff or does its work', async (t) => {
  const { put } = await staff.pool.transaction(async (query) => {
    await query({ name: 'hold', text: `SELECT FROM turns WHERE name = 'links' FOR UPDATE`, values: [] })
    await query({ name: 'hold-box', text: 'LOCK TABLE box_reports IN EXCLUSIVE MODE', values: [] })
    const waiting = await attacker()
    const put = call(waiting, 'put_batch', rawBatch(kid))
    const idle = await attacker()
    await idle.query('BEGIN')
    await idle.query('SELECT 1')
    const admin = new pg.Client({ connectionString: databaseUrl })
    await admin.connect()
    await admin.query('BEGIN')
    await admin.query('LOCK TABLE box_mailboxes IN ACCESS SHARE MODE')
    const until = Date.now() + 2_500
    while (Date.now() < until) {
      const { ended, allowed } = await endIntakeInTheWay(staff.pool, 1)
      if (ended > 0 || !allowed) t.fail(`ended ${ended}, allowed ${allowed}`)
    }
    await admin.query('ROLLBACK')
    await admin.end()
    await idle.query('SELECT 1')
    return { put }
  })
  t.equal(await put, 'put', 'it waited, and went in')
})

t.test(
  'one that takes long is left to finish while nobody waits for it, and ended once somebody does',
  async (t) => {
    const busy = await attacker()
    await busy.query('BEGIN')
    await call(busy, 'put_batch', rawBatch(kid, { sealed_on: '2031-05-06' }))
    const working = busy.query('SELECT pg_sleep(10)').then(
      () => 'done',
      () => 'ended',
    )
    const until = Date.now() + 2_500
    while (Date.now() < until) {
      const { ended } = await endIntakeInTheWay(staff.pool, 1)
      if (ended > 0) return t.fail('nobody waited for it')
    }
    const waiting = staff.pool.transaction((query) =>
      query({ name: 'close-box', text: 'LOCK TABLE box_reports IN EXCLUSIVE MODE', values: [] }),
    )
    let ended = 0
    while (ended === 0) ended = (await endIntakeInTheWay(staff.pool, 1)).ended
    t.equal(await working, 'ended')
    await waiting
  },
)

t.test(`${flood} rows that intake puts in stop neither the mixing nor staff`, async (t) => {
  const day = '2032-03-04'
  const reporter = await newReporter(base)
  const id = await staff.reportOf(reporter.keys.lookupId)
  const client = await attacker()
  for (let put = 0; put < flood; put += 250) {
    await client.query(floodStatement(day, kid, 250))
  }
  await staffWork(id)

  const half = halfOf(parityOf(day))
  // By what lies there too: what intake puts in may be as large as it likes.
  const few = { reports: 5_000, mailboxes: 5_000, messages: 5_000, attachments: 5_000 }
  const { from, to } = await staff.pool.transaction((query) => nextStretch(query, half, firstId, few, 1))
  t.match(await staff.pool.transaction((query) => countStretch(query, half, { from, to })), { reports: 1 })
  for (const mode of ['force_custom_plan', 'force_generic_plan'] as const) {
    const touched = await pagesTouched(staff.pool, mode, async (query) => {
      await closeHalf(query, half)
      const limits = { reports: 10, mailboxes: 10, messages: 10, attachments: 10 }
      const stretch = await nextStretch(query, half, firstId, limits)
      const rows = await nextBoxedReports(query, half, stretch, undefined, 10)
      await countStretch(query, half, stretch)
      const anew = rows.map(({ id, batchId, wrappedKey }) => ({ id, keys: [{ batchId, wrappedKey }] }))
      t.same(await placeRows(query, half, 'reports', anew), [])
      t.match(await placeMailboxes(query, half, stretch, undefined, 10), { seen: rows.length, taken: [] })
      t.match(await clearStretch(query, half, stretch), { reports: 10, mailboxes: 10 })
    })
    for (const [name, pages] of touched) t.ok(pages < 2_000, `${name}: ${pages} pages for ten rows, ${mode}`)
  }

  const before = process.memoryUsage.rss()
  const outcome = await mix(day)
  t.match(outcome, { state: 'mixed', emptied: true })
  t.ok('reports' in outcome && outcome.reports >= flood)
  t.ok(process.memoryUsage.rss() - before < 300 * 1024 * 1024, 'in bounded memory')
  await staffWork(id)
  t.equal((await sql('SELECT FROM box_reports WHERE received_on = $1', [day])).length, 0)
})

t.test('nor do mailboxes, messages and images in their thousands', async (t) => {
  const day = '2032-05-05'
  const reporter = await newReporter(base)
  const id = await staff.reportOf(reporter.keys.lookupId)
  const added = (await (await reporter.attach(picture)).json()) as { id: string }
  const client = await attacker()
  const [mailboxes, atOnce] = [flood / 12, 100]
  for (let from = 0; from < mailboxes; from += atOnce) {
    await client.query(floodOfMailboxes(day, kid, from, atOnce))
    for (const next of [1, 2]) {
      const { rows } = await client.query(floodOfWords(day, kid, from, atOnce, next))
      if (rows[0].messages !== atOnce || rows[0].images !== atOnce) t.fail('not put')
    }
  }
  await everyRead(t, id, added.id)
  const outcome = await mix(day)
  t.match(outcome, { state: 'mixed', emptied: true })
  t.ok('messages' in outcome && outcome.messages >= 2 * mailboxes && outcome.attachments >= 2 * mailboxes)
  await staffWork(id)
  await everyRead(t, id, added.id)
  t.match(await reporter.say('More of it.'), { status: 201 })
})

t.test('nor do stored answers, which are moved and dropped a stretch at a time', async (t) => {
  const day = '2032-06-06'
  const client = await attacker()
  for (let put = 0; put < flood; put += 250) await client.query(floodOfAnswers(day, kid, 250))
  const stretchOf = async (what: 'move' | 'drop', today: string) => {
    for (const mode of ['force_custom_plan', 'force_generic_plan'] as const) {
      const touched = await pagesTouched(staff.pool, mode, async (query) => {
        await walkAnswers(query)
        const next = what === 'move' ? moveAnswers : dropAnswers
        await next(query, today, await next(query, today, undefined, 10), 10)
      })
      for (const [name, pages] of touched) t.ok(pages < 1_000, `${name}: ${pages} pages for ten, ${mode}`)
    }
  }
  const left = async () => (await sql(`SELECT FROM kept_answers_mixed WHERE kept_on = $1`, [day])).length
  const renewed = (answers: number, bytes: number) =>
    staff.pool.transaction((query) => renewAnswers(query, day, answers, bytes))
  t.notOk(await renewed(flood - 1, 1e9), 'intake does not wait for so many')
  t.notOk(await renewed(2 * flood, 128 * flood - 1), 'nor for so much')
  await stretchOf('move', addDays(day, 1))
  t.match(await mix(day), { state: 'mixed', emptied: true })
  t.equal(await left(), flood)
  await stretchOf('drop', addDays(day, 3))
  t.match(await mix(addDays(day, 2)), { state: 'mixed', emptied: true })
  t.equal(await left(), 0)
})

t.end()
