import { randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { createIntake } from '../../src/domain/intake/intake.ts'
import { intakeKeys } from '../../src/domain/intake/intakeKeys.ts'
import { mixBox } from '../../src/domain/mixing/mixBox.ts'
import { loadSignposts } from '../../src/domain/signposts/signposts.ts'
import { openPool } from '../../src/storage/pool.ts'
import { addDays, dayOf, parityOf } from '../../src/vocabulary/calendar.ts'
import { plain } from '../images/fixtures.ts'
import { newReporter, reporterAt } from '../mailbox/reporter.ts'
import { staffOf } from '../mailbox/staff.ts'
import { takeTodayAlone } from '../support/anyDay.ts'
import { asSuperuser } from '../support/cluster.ts'
import { sampleReport } from '../support/reports.ts'
import { startTestService } from '../support/service.ts'
import { t } from '../support/suite.ts'
import { asIntakeLogin, call, rawAttachment, rawBatch, rawMessage } from './rawIntake.ts'

/** What whoever has the login of intake can do with the functions by which it puts in, and without the service. */

const service = await startTestService(t)
const { base, databaseUrl } = service
const staff = staffOf(t, service)
const kid = staff.keyring.keys.find(({ purpose }) => purpose === 'organisation')?.kid ?? ''
const today = () => dayOf(new Date())

const sql = <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> =>
  asSuperuser(databaseUrl, async (client) => (await client.query<Row>(text, values)).rows)
const raw = <T>(work: (client: pg.Client) => Promise<T>) => asIntakeLogin(databaseUrl, work)
const [taken, wrongDay, wrongIsolation, refused] = ['23505', 'SO001', '25000', '42501']
/** What was put in lies in the half of its day. */
const placeOf = async (id: string) =>
  (
    await sql<{ parity: number; day: string }>(
      'SELECT parity, received_on::text AS day FROM box_reports WHERE id = $1',
      [id],
    )
  )[0]

t.test('a batch goes in, into the half of today, with a mailbox for each report', async (t) => {
  await raw(async (client) => {
    const batch = rawBatch(kid)
    t.equal(await call(client, 'put_batch', batch), 'put')
    t.strictSame(await placeOf(batch.ids[0] ?? ''), { parity: parityOf(today()), day: today() })
    const [mailbox] = await sql('SELECT report_id FROM box_mailboxes WHERE id = $1', [batch.mailbox_ids[0]])
    t.strictSame(mailbox, { report_id: batch.ids[0] })
    for (const broken of [
      { mailbox_ids: [] },
      { ids: [randomUUID(), randomUUID()] },
      { kids: [] },
      { kids: ['no-such-kid'] },
      { restricted: [null] },
      { priorities: [4] },
      { categories: ['x'.repeat(2_000)] },
    ]) {
      const again = rawBatch(kid, broken)
      t.not(await call(client, 'put_batch', again), 'put', Object.keys(broken).join())
      t.equal(await placeOf(again.ids[0] ?? ''), undefined)
    }
    const many = Array.from({ length: 257 }, () => randomUUID())
    t.equal(await call(client, 'put_batch', rawBatch(kid, { ids: many })), '54000', 'no more than a batch')
  })
})

t.test('what has the id of something in the box or out of it is refused', async (t) => {
  const boxed = rawBatch(kid)
  const admitted = await newReporter(base)
  const admittedId = await staff.reportOf(admitted.keys.lookupId)
  await staff.write(admittedId, 'Out of the box.')
  const [main] = await sql<{ batch: string; mailbox: string; lookup: Buffer; message: string }>(
    `SELECT r.batch_id AS batch, m.id AS mailbox, m.lookup_id AS lookup, s.batch_id AS message
       FROM reports r JOIN mailboxes m ON m.report_id = r.id JOIN staff_messages s ON s.report_id = r.id
      WHERE r.id = $1`,
    [await out(admittedId)],
  )
  await raw(async (client) => {
    t.equal(await call(client, 'put_batch', boxed), 'put')
    const twins: Record<string, Record<string, unknown>> = {
      'a report in the box': { ids: boxed.ids },
      'its mailbox': { mailbox_ids: boxed.mailbox_ids },
      'its lookup id': { lookup_ids: boxed.lookup_ids },
      'its batch': { batch: boxed.batch },
      'a report that has left the box': { ids: [admittedId] },
      'its mailbox too': { mailbox_ids: [main?.mailbox] },
      'its lookup id too': { lookup_ids: [main?.lookup] },
      'its batch too': { batch: main?.batch },
      'the batch of a message': { batch: main?.message },
    }
    for (const [what, twin] of Object.entries(twins)) {
      t.equal(await call(client, 'put_batch', rawBatch(kid, twin)), taken, what)
    }
    const [other] = await sql<{ kid: string }>(
      `INSERT INTO accepted_keys SELECT 'another', kem, kdf, aead, public_key, status, not_before, not_after
         FROM accepted_keys LIMIT 1 RETURNING kid`,
    )
    const withOther = rawBatch(other?.kid ?? '', { batch: boxed.batch })
    t.equal(await call(client, 'put_batch', withOther), taken, 'a batch that is there gets no other key')
  })
})

/** Lets the report leave the box, as an act of staff does. */
async function out(id: string): Promise<string> {
  const authorization = `Bearer ${await service.token('supervisor')}`
  const url = `/v1/triage/reports/${id}/notes`
  const { statusCode } = await service.inject({
    method: 'POST',
    url,
    headers: { authorization },
    payload: { text: 'Seen.' },
  })
  if (statusCode !== 201) throw new Error(`a note was answered ${statusCode}`)
  return id
}

t.test('a transaction whose snapshot is older than the mixing puts in nothing', async (t) => {
  const victim = rawBatch(kid)
  const twin = () => rawBatch(kid, { ids: victim.ids })
  await raw(async (client) => {
    t.equal(await call(client, 'put_batch', victim), 'put')
    for (const level of ['REPEATABLE READ', 'SERIALIZABLE', 'READ UNCOMMITTED']) {
      await client.query(`BEGIN ISOLATION LEVEL ${level}`)
      await client.query('SELECT * FROM keys_accepted_now()')
      t.equal(await call(client, 'put_batch', rawBatch(kid)), wrongIsolation, level)
      await client.query('ROLLBACK')
    }
    await client.query(`SET default_transaction_isolation = 'repeatable read'`)
    t.equal(await call(client, 'put_batch', rawBatch(kid)), wrongIsolation, 'as the session has set it')
    await client.query('RESET default_transaction_isolation')

    // Begun before the mixing and truncation, and gone on with after them.
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ')
    await client.query('SELECT 1')
    const held = await client.query('SELECT txid_current_snapshot()')
    t.ok(held.rows[0])
    await mixBox(
      { pool: staff.pool, keyring: staff.keyring, clock: () => new Date(), interval: 0 },
      { includeToday: true },
    )
    t.equal(await placeOf(victim.ids[0] ?? ''), undefined, 'it has left the box')
    t.equal(await call(client, 'put_batch', twin()), wrongIsolation)
    await client.query('ROLLBACK')
    await client.query('BEGIN')
    await client.query('SELECT 1')
    t.equal(await call(client, 'put_batch', twin()), taken, 'read committed sees it where it lies now')
    await client.query('ROLLBACK')
    const cursor = `DO $$ BEGIN PERFORM public.put_batch(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
      NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL); END $$`
    await t.rejects(client.query(cursor), { code: wrongDay })
  })
})

t.test('the day is the server’s, whatever the session says', async (t) => {
  await raw(async (client) => {
    for (const setting of [
      `TimeZone = 'Pacific/Kiritimati'`,
      `TimeZone = '-167:59'`,
      `TimeZone = '+167:59'`,
      `TimeZone = 'UTC+100'`,
      `TimeZone = '<UTC>-100'`,
      `timezone_abbreviations = 'India'`,
      `DateStyle = 'SQL, DMY'`,
      `IntervalStyle = 'sql_standard'`,
    ]) {
      await client.query(`SET ${setting}`)
      for (const days of [-7, -2, -1, 1, 2, 7]) {
        const other = rawBatch(kid, { sealed_on: addDays(today(), days) })
        t.equal(await call(client, 'put_batch', other), wrongDay, `${setting}, ${days} days`)
      }
      const batch = rawBatch(kid)
      t.equal(await call(client, 'put_batch', batch), 'put', setting)
      t.strictSame(await placeOf(batch.ids[0] ?? ''), { parity: parityOf(today()), day: today() }, setting)
      await client.query('RESET ALL')
    }
    for (const day of ['infinity', '-infinity', null]) {
      t.equal(await call(client, 'put_batch', rawBatch(kid, { sealed_on: day })), wrongDay)
    }
  })
})

t.test('a batch with answers that are kept already tells which, and nothing of it goes in', async (t) => {
  const withAnswers = (key_hashes: Buffer[]) =>
    rawBatch(kid, { key_hashes, answers: key_hashes.map(() => randomBytes(4124)) })
  const hashes = Array.from({ length: 4 }, () => randomBytes(32))
  const [first, second, third, fourth] = hashes as [Buffer, Buffer, Buffer, Buffer]
  const again = withAnswers([second, fourth, third, first])
  await raw(async (client) => {
    t.equal(await call(client, 'put_batch_unless_repeated', withAnswers([first])), 'put')
    t.equal(await call(client, 'put_batch', withAnswers([second])), 'put')
    await sql(
      `WITH gone AS (DELETE FROM kept_answers WHERE key_hash = $1 RETURNING *)
       INSERT INTO kept_answers_mixed (key_hash, kept_on, answer) SELECT key_hash, kept_on, answer FROM gone`,
      [first],
    )
    t.equal(String(await call(client, 'put_batch_unless_repeated', again)), '1,4')
    t.equal(await placeOf(again.ids[0] ?? ''), undefined)
    t.strictSame(await sql('SELECT FROM kept_answers WHERE key_hash = ANY ($1)', [[third, fourth]]), [])
    t.equal(await call(client, 'put_batch_unless_repeated', withAnswers([third, fourth])), 'put')
    t.equal(await call(client, 'put_batch_unless_repeated', rawBatch(kid)), 'put')
    const many = Array.from({ length: 257 }, () => randomBytes(32))
    t.equal(
      await call(client, 'put_batch_unless_repeated', withAnswers(many)),
      '54000',
      'no more than a batch',
    )
    await client.query('SET default_transaction_isolation = serializable')
    t.equal(await call(client, 'put_batch_unless_repeated', withAnswers([randomBytes(32)])), wrongIsolation)
  })
})

t.test('names that a session puts before the service’s own lead nowhere', async (t) => {
  const name = new URL(databaseUrl).pathname.slice(1)
  await sql(`GRANT TEMPORARY ON DATABASE ${name} TO sotto_intake`)
  const [victim] = await sql<{ id: string }>('SELECT id FROM reports LIMIT 1')
  await raw(async (client) => {
    for (const text of [
      'CREATE TEMP TABLE reports (id uuid)',
      'CREATE TEMP TABLE box_reports (id uuid)',
      `CREATE FUNCTION pg_temp.is_today(date) RETURNS boolean LANGUAGE sql AS 'SELECT true'`,
      `CREATE FUNCTION pg_temp.current_setting(text) RETURNS text LANGUAGE sql AS $$ SELECT 'read committed' $$`,
      `CREATE FUNCTION pg_temp.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS $$ SELECT 'epoch'::timestamptz $$`,
      `CREATE FUNCTION pg_temp.half_to_put_in(date) RETURNS smallint LANGUAGE sql AS 'SELECT 0::smallint'`,
      `CREATE FUNCTION pg_temp.same(uuid, uuid) RETURNS boolean LANGUAGE sql AS 'SELECT false'`,
      `CREATE OPERATOR pg_temp.= (LEFTARG = uuid, RIGHTARG = uuid, FUNCTION = pg_temp.same)`,
      'SET search_path = pg_temp, public, pg_catalog',
    ]) {
      await client.query(text)
    }
    t.equal(await call(client, 'put_batch', rawBatch(kid, { ids: [victim?.id] })), taken)
    t.equal(await call(client, 'put_batch', rawBatch(kid, { sealed_on: addDays(today(), 1) })), wrongDay)
    const batch = rawBatch(kid)
    t.equal(await call(client, 'put_batch', batch), 'put')
    t.ok(await placeOf(batch.ids[0] ?? ''), 'it is where the service looks')
  })
})

t.test('a twin that goes in while its report is moved is refused, whoever was first', async (t) => {
  const victim = rawBatch(kid)
  await raw(async (client) => {
    t.equal(await call(client, 'put_batch', victim), 'put')
    await raw(async (other) => {
      let putting: Promise<string> | undefined
      await asSuperuser(databaseUrl, async (mixer) => {
        await mixer.query('BEGIN')
        await mixer.query(`LOCK TABLE box_batch_keys, box_reports, box_mailboxes IN EXCLUSIVE MODE`)
        // It has begun, and waits for the lock.
        putting = call(other, 'put_batch', rawBatch(kid, { ids: victim.ids }))
        await mixer.query(
          `INSERT INTO reports (id, received_on, category, priority, lead_agency, support_agencies, batch_id, wrapped_key, body)
           SELECT id, received_on, category, priority, lead_agency, support_agencies, gen_random_uuid(), wrapped_key, body
             FROM box_reports WHERE id = $1`,
          victim.ids,
        )
        await mixer.query('DELETE FROM box_reports WHERE id = $1', victim.ids)
        await mixer.query('COMMIT')
      })
      t.equal(await putting, taken)
    })
  })
})

t.test('keys, reports and mailboxes are put in the order in which the mixing locks them', async (t) => {
  const half = parityOf(today()) === 0 ? 'even' : 'odd'
  const tables = ['box_batch_keys', 'box_reports', 'box_mailboxes'].map((table) => `${table}_${half}`)
  for (const [index, locked] of tables.entries()) {
    await raw(async (client) => {
      const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
      let putting: Promise<string> | undefined
      await asSuperuser(databaseUrl, async (mixer) => {
        await mixer.query('BEGIN')
        await mixer.query(`LOCK TABLE ${locked} IN EXCLUSIVE MODE`)
        putting = call(client, 'put_batch', rawBatch(kid))
        const asked = async (granted: boolean) =>
          (
            await sql<{ name: string }>(
              `SELECT relation::regclass::text AS name FROM pg_locks
                WHERE pid = $1 AND granted = $2 AND mode = 'RowExclusiveLock' AND relation::regclass::text = ANY ($3)`,
              [rows[0]?.pid, granted, tables],
            )
          ).map(({ name }) => name)
        while ((await asked(false)).length === 0) await sleep(10)
        t.strictSame(await asked(false), [locked])
        t.strictSame((await asked(true)).toSorted(), tables.slice(0, index).toSorted())
        await mixer.query('COMMIT')
      })
      t.equal(await putting, 'put')
    })
  }
})

t.test('messages and images go into a mailbox that is there, and to its report', async (t) => {
  const reporter = await newReporter(base)
  const [victim] = await sql<{ id: string }>('SELECT id FROM reports LIMIT 1')
  const wanted = reporter.keys.lookupId
  const reportId = await staff.reportOf(wanted)
  await raw(async (client) => {
    t.equal(await call(client, 'put_message', rawMessage(kid)), 'gone', 'a mailbox that nobody has')
    t.equal(await call(client, 'put_attachment', rawAttachment(kid)), 'gone')
    const message = rawMessage(kid, { wanted })
    t.equal(await call(client, 'put_message', message), 'put')
    for (const number of [0, 1, 3, null]) {
      t.equal(
        await call(client, 'put_message', rawMessage(kid, { wanted, message_number: number })),
        'not-next',
      )
    }
    const image = rawAttachment(kid, { wanted })
    t.equal(await call(client, 'put_attachment', image), 'put')
    t.strictSame(
      await sql(
        `SELECT report_id AS report FROM box_reporter_messages WHERE id = $1
         UNION ALL SELECT report_id FROM box_attachments WHERE id = $2`,
        [message.message, image.attachment],
      ),
      [{ report: reportId }, { report: reportId }],
    )
    const twins = [
      { message: message.message },
      { batch: message.batch },
      { batch: image.batch },
      { batch: image.meta_batch },
    ]
    for (const twin of twins) {
      const again = rawMessage(kid, { wanted, message_number: 2, ...twin })
      t.equal(await call(client, 'put_message', again), taken, Object.keys(twin).join())
    }
    for (const twin of [
      { attachment: image.attachment },
      { meta_batch: message.batch },
      { batch: image.batch },
    ]) {
      t.equal(await call(client, 'put_attachment', rawAttachment(kid, { wanted, ...twin })), taken)
    }
    await sql(
      `INSERT INTO reporter_messages (id, report_id, mailbox_id, number, sent_on, batch_id, wrapped_key, body, signature)
       SELECT $1, $2, gen_random_uuid(), 1, current_date, gen_random_uuid(), '', '', $3`,
      [victim?.id, victim?.id, randomBytes(64)],
    )
    const known = rawMessage(kid, { wanted, message_number: 2, message: victim?.id })
    t.equal(await call(client, 'put_message', known), taken, 'the id of one that has left the box')
    for (const number of [2, 3, 4]) {
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ')
      t.equal(
        await call(client, 'put_message', rawMessage(kid, { wanted, message_number: number })),
        wrongIsolation,
      )
      await client.query('ROLLBACK')
    }
    const tomorrow = { wanted, sealed_on: addDays(today(), 1) }
    t.equal(await call(client, 'put_message', rawMessage(kid, { ...tomorrow, message_number: 2 })), wrongDay)
    t.equal(await call(client, 'put_attachment', rawAttachment(kid, tomorrow)), wrongDay)
    for (let number = 2; number <= 10; number++) {
      t.equal(await call(client, 'put_attachment', rawAttachment(kid, { wanted })), 'put')
    }
    t.equal(await call(client, 'put_attachment', rawAttachment(kid, { wanted })), 'full')
  })
  await sql('UPDATE box_mailboxes SET attachments_allowed = false WHERE report_id = $1', [reportId])
  await raw(async (client) => {
    t.equal(await call(client, 'put_attachment', rawAttachment(kid, { wanted })), 'no-images')
  })
  t.equal((await reporter.end()).status, 204)
  await raw(async (client) => {
    t.equal(
      await call(client, 'put_message', rawMessage(kid, { wanted, message_number: 2 })),
      'gone',
      'ended',
    )
  })
})

t.test('ending a mailbox takes no key of another along', async (t) => {
  const [attacker, victim] = [await newReporter(base), await newReporter(base)]
  await victim.say('Stays.')
  await attacker.say('Goes.')
  const [mine, theirs] = await Promise.all(
    [attacker, victim].map(({ keys }) => staff.reportOf(keys.lookupId)),
  )
  // As a forged row would have it: the attacker's message names the victim's batch, in the box and out of it.
  const forge = (to: string) =>
    sql(
      `INSERT INTO ${to} (${to.startsWith('box') ? 'parity, ' : ''}id, report_id, mailbox_id, number, sent_on, batch_id,
                          wrapped_key, body, signature)
       SELECT ${to.startsWith('box') ? 'v.parity, ' : ''}gen_random_uuid(), a.report_id, a.mailbox_id, 9, v.sent_on,
              v.batch_id, v.wrapped_key, v.body, v.signature
         FROM box_reporter_messages a, box_reporter_messages v WHERE a.report_id = $1 AND v.report_id = $2`,
      [mine, theirs],
    )
  await forge('box_reporter_messages')
  await forge('reporter_messages')
  await sql(
    `INSERT INTO reporter_messages (id, report_id, mailbox_id, number, sent_on, batch_id, wrapped_key, body, signature)
     SELECT gen_random_uuid(), $1, m.id, 10, current_date, r.batch_id, '', '', $2
       FROM listed_mailboxes m, reports r WHERE m.report_id = $1`,
    [mine, randomBytes(64)],
  )
  const keys = async () =>
    (
      await sql<{ n: number }>(
        `SELECT count(*)::int AS n FROM listed_batch_keys WHERE batch_id IN (
           SELECT batch_id FROM listed_reporter_messages WHERE report_id = $1
           UNION SELECT batch_id FROM listed_reports)`,
        [theirs],
      )
    )[0]?.n
  const before = await keys()
  t.equal((await attacker.end()).status, 204)
  t.equal(await keys(), before)
  t.match(await victim.read(), { messages: [{ text: 'Stays.' }] })
})

t.test('it calls nothing but what was made for it', async (t) => {
  await raw(async (client) => {
    for (const text of [
      `SELECT public.put_keys(0::smallint, current_date, gen_random_uuid(), '{}', '{}', '{}')`,
      `SELECT public.put_answers(current_date, '{}', '{}')`,
      `SELECT public.take_mailbox_turn('')`,
      `SELECT public.lock_mailbox('')`,
      `SELECT public.shred_mailbox(gen_random_uuid())`,
      `SELECT public.is_today(current_date)`,
      `SELECT public.end_intake_in_the_way(1)`,
      `CREATE OR REPLACE FUNCTION public.is_today(date) RETURNS boolean LANGUAGE sql AS 'SELECT true'`,
      `ALTER FUNCTION public.put_batch RESET ALL`,
      `SELECT FROM public.turns FOR UPDATE`,
      `DO $$ BEGIN LOCK TABLE public.turns IN ACCESS SHARE MODE; END $$`,
      `DO $$ BEGIN LOCK TABLE public.box_reports IN ROW EXCLUSIVE MODE; END $$`,
    ]) {
      await t.rejects(client.query(text), { code: refused }, text)
    }
  })
})

t.test('its own queries cannot fill the disk, and no session takes that back', async (t) => {
  await raw(async (client) => {
    t.match((await client.query('SHOW temp_file_limit')).rows, [{ temp_file_limit: '256MB' }])
    for (const text of ['SET temp_file_limit = -1', 'ALTER ROLE sotto_intake SET temp_file_limit = -1']) {
      await t.rejects(client.query(text), { code: refused }, text)
    }
    await client.query('RESET ALL')
    t.match((await client.query('SHOW temp_file_limit')).rows, [{ temp_file_limit: '256MB' }])
  })
})

t.test('what was sealed on the day before goes in on the day that it is, sealed anew', async (t) => {
  for (const hours of [-24, 24]) {
    const clock = () => new Date(Date.now() + hours * 3_600_000)
    const { databaseUrl: url, keyringFile } = service
    const off = await startTestService(t, {
      databaseUrl: url,
      keyringFile,
      clock,
      environment: { ROLE: 'all' },
    })
    await takeTodayAlone(url)
    const reporter = await newReporter(off.base)
    const receivedOn = (await reporter.read()).receivedOn
    t.equal(receivedOn, today(), 'the reporter is told that day')
    t.equal((await reporter.say('At midnight.')).status, 201)
    t.equal((await reporter.attach(await plain(40, 30).jpeg().toBuffer())).status, 201)
    const id = await staff.reportOf(reporter.keys.lookupId)
    t.match(await placeOf(id), { day: today() })
    t.match(await staff.open(id), { report: sampleReport() }, 'and it opens')
    t.match(await reporter.read(), {
      messages: [{ text: 'At midnight.', sentOn: today() }],
      attachments: [{ mediaType: 'image/jpeg' }],
    })
    const many = await Promise.all(Array.from({ length: 20 }, () => newReporter(off.base)))
    t.equal(many.length, 20, 'none of many at once is lost')
    await off.close()
  }
})

t.test('one row that the database refuses takes none of its batch along', async (t) => {
  const pool = openPool(databaseUrl, 'sotto_intake', 2)
  t.after(() => pool.close())
  const clock = () => new Date()
  const intake = createIntake({
    pool,
    keys: intakeKeys(staff.keyring, pool, clock),
    settings: { signposts: loadSignposts(), nextRead: 'tomorrow' },
    clock,
  })
  const before = await sql<{ n: number }>('SELECT count(*)::integer AS n FROM listed_reports')
  const answer = randomBytes(4096)
  // No key of an answer is shorter than a hash: the table refuses it, and with it the statement of the whole batch.
  const keyHashOf = (index: number) => randomBytes(index === 7 ? 31 : 32)
  const taken = await Promise.allSettled(
    Array.from({ length: 12 }, (_, index) =>
      intake.accept(sampleReport(), () => ({ keyHash: keyHashOf(index), answer })),
    ),
  )
  t.same(
    taken.flatMap(({ status }, index) => (status === 'rejected' ? index : [])),
    [7],
  )
  const after = await sql<{ n: number }>('SELECT count(*)::integer AS n FROM listed_reports')
  t.equal((after[0]?.n ?? 0) - (before[0]?.n ?? 0), 11, 'the others are there, each once')
  for (const one of taken) {
    if (one.status === 'fulfilled')
      t.equal((await reporterAt(base, one.value.receipt).read()).status, 'received')
  }
})

t.test(
  'a day before the year 2000 has its half as any other, for reports, challenges and mixing',
  async (t) => {
    const held = await sql(
      `SELECT c.relname AS name FROM pg_class c
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'v' AND pg_get_viewdef(c.oid) LIKE '%) \\% 2%'
     UNION ALL
     SELECT p.proname FROM pg_proc p
      WHERE p.pronamespace = 'public'::regnamespace AND p.prosrc LIKE '%) \\% 2%'`,
    )
    t.same(held, [], 'nothing takes the remainder of a number of days, which may be negative')
    let now = '1999-12-30T12:00:00Z'
    const early = await startTestService(t, { clock: () => new Date(now) })
    const its = staffOf(t, early)
    for (const day of ['1999-12-30', '1999-12-31']) {
      now = `${day}T12:00:00Z`
      const reporter = await newReporter(early.base)
      t.equal((await reporter.say('Early.')).status, 201)
      t.match(await reporter.read(), { receivedOn: day, messages: [{ text: 'Early.' }] })
      await asSuperuser(early.databaseUrl, (client) =>
        client.query('INSERT INTO challenge_secrets (day, secret) VALUES ($1, $2)', [day, randomBytes(32)]),
      )
      await asIntakeLogin(early.databaseUrl, async (client) => {
        const solved = randomBytes(32)
        const spend = async () =>
          (await client.query('SELECT spend_challenge($1, $2, NULL) AS said', [day, solved])).rows[0]?.said
        t.equal(await spend(), 'first')
        t.equal(await spend(), 'spent')
      })
      const id = await its.reportOf(reporter.keys.lookupId)
      t.match(await its.open(id), { report: sampleReport() })
      const clock = () => new Date(`${addDays(day, 1)}T00:30:00Z`)
      const mixed = await mixBox({ pool: its.pool, keyring: its.keyring, clock, interval: 0 })
      t.match(mixed, { state: 'mixed', reports: 1, messages: 1, unplaced: 0, emptied: true }, day)
      t.match(await its.open(id), { report: sampleReport() })
    }
  },
)

t.end()
