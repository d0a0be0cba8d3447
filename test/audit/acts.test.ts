import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { readKeyringFile } from '../../src/crypto/keyring.ts'
import { rollUpCollection } from '../../src/domain/audit/collection.ts'
import { auditTrail } from '../../src/domain/audit/trail.ts'
import { verifyTrail } from '../../src/domain/audit/verify.ts'
import { mixNightly } from '../../src/jobs/nightly.ts'
import { createLog } from '../../src/log.ts'
import {
  changedFields,
  collectedDay,
  collectionTarget,
  exportBegun,
  exportEnded,
  isChangeOf,
  isOfLink,
  isSearch,
  linkInTarget,
  linkPart,
  reportIn,
  reportTarget,
  searchedIn,
  searchTarget,
} from '../../src/storage/auditTargets.ts'
import { openPool } from '../../src/storage/pool.ts'
import { plain } from '../images/fixtures.ts'
import { newReporter } from '../mailbox/reporter.ts'
import { staffOf } from '../mailbox/staff.ts'
import { asSuperuser } from '../support/cluster.ts'
import { sampleReport } from '../support/reports.ts'
import { startTestService, type TestService } from '../support/service.ts'
import { callerWith, reportFor } from '../support/staffApi.ts'
import { t } from '../support/suite.ts'

const service = await startTestService(t)
const tam = callerWith(service, await service.token('triager', { name: 'Tam' }))
const sadesToken = await service.token('supervisor', { name: 'Sade' })
const sade = callerWith(service, sadesToken)
const pool = openPool(service.databaseUrl, 'sotto_triage', 4)
t.after(() => pool.close())

interface Recorded {
  seq: string
  actor: string
  action: string
  target: string
}

const recordsAfter = (seq: number, { databaseUrl }: Pick<TestService, 'databaseUrl'> = service) =>
  asSuperuser(databaseUrl, async (client) => {
    const { rows } = await client.query<Recorded>(
      'SELECT seq, actor, action, target FROM audit_records WHERE seq > $1 ORDER BY seq',
      [seq],
    )
    return rows
  })
const sizeOfTrail = async () => (await recordsAfter(0)).length
const item = {
  title: 'Suspected unlicensed shared house',
  text: 'A family house may be let to around twelve people.',
  kind: 'fact',
  grade: { source: 2, intelligence: 'D', handling: 'C' },
}

t.test('what SQL asks of a target is what is written into it', async (t) => {
  const [report, link] = ['0a0a0a0a-0000-4000-8000-00000000000a', '0b0b0b0b-0000-4000-8000-00000000000b']
  const told = (action: string, target: string) =>
    asSuperuser(service.databaseUrl, async (client) => {
      const { rows } = await client.query(
        `SELECT ${isSearch} AS search, ${isChangeOf('restricted')} AS restricted, ${isChangeOf('restrictedTo')} AS named,
                ${collectedDay} = '2026-03-20' AS collected, ${isOfLink} AS link, ${linkInTarget} = $3 AS "isLink"
           FROM (SELECT $1::text AS action, $2::text AS target) AS record`,
        [action, target, link],
      )
      return Object.keys(rows[0]).filter((name) => rows[0][name] === true)
    })
  const changed = (...fields: string[]) => reportTarget(report, changedFields(fields))
  t.strictSame(await told('consultation', searchTarget), ['search'])
  t.strictSame(await told('consultation', exportBegun(report)), ['search'])
  t.strictSame(await told('consultation', exportEnded(report, 'whole')), [])
  t.equal(searchedIn(exportBegun(report)), `export/${report}`)
  t.strictSame(await told('alteration', changed('status', 'restricted')), ['restricted'])
  t.strictSame(await told('alteration', changed('restrictedTo', 'restricted')), ['restricted', 'named'])
  t.strictSame(await told('alteration', changed('unrestricted')), [])
  t.strictSame(await told('collection', collectionTarget('2026-03-20', 'reports=1')), ['collected'])
  t.strictSame(await told('combination', reportTarget(report, linkPart(link, 'confirmed'))), [
    'link',
    'isLink',
  ])
  t.equal(reportIn(reportTarget(report, '')), report)
  t.equal(reportIn(searchTarget), null)
})

t.test('every act on a report has its one record', async (t) => {
  const id = await reportFor(service, tam)
  const path = `/v1/triage/reports/${id}`
  const report = `report/${id}`
  const { body: created } = await tam.call<{ id: string }>('POST', `${path}/items`, {
    body: item,
    expect: 201,
  })
  const acts: [Parameters<typeof tam.call>, { action: string; target: RegExp | string }][] = [
    [['GET', path], { action: 'consultation', target: report }],
    [['HEAD', path], { action: 'consultation', target: report }],
    [['GET', `${path}/history`], { action: 'consultation', target: `${report}/history` }],
    [
      ['PATCH', path, { version: 1, body: { status: 'screening' } }],
      { action: 'alteration', target: /status$/ },
    ],
    [['GET', `${path}/assessment`], { action: 'consultation', target: `${report}/assessment` }],
    [
      ['PUT', `${path}/assessment`, { version: 0, body: { threat: 'Fire' } }],
      { action: 'alteration', target: `${report}/assessment` },
    ],
    [
      ['POST', `${path}/notes`, { body: { text: 'Seen.' }, expect: 201 }],
      { action: 'alteration', target: /note\/[\w-]{36}$/ },
    ],
    [['GET', `${path}/notes`], { action: 'consultation', target: `${report}/notes` }],
    [['GET', `${path}/items`], { action: 'consultation', target: `${report}/items` }],
    [
      ['GET', `${path}/items/${created.id}`],
      { action: 'consultation', target: `${report}/item/${created.id}` },
    ],
    [
      ['PUT', `${path}/items/${created.id}`, { version: 1, body: item }],
      { action: 'alteration', target: `${report}/item/${created.id}` },
    ],
  ]
  for (const [call, expected] of acts) {
    const before = await sizeOfTrail()
    await tam.call(...call)
    const records = await recordsAfter(before)
    t.equal(records.length, 1, call.slice(0, 2).join(' '))
    t.match(records[0], expected)
  }
})

t.test(
  'whatever shows something of a report is recorded as having been read, HEAD as well as GET',
  async (t) => {
    const reporter = await newReporter(service.base, { riskFlags: ['threat-to-life'] })
    await reporter.attach(await plain(16, 12).jpeg().toBuffer())
    const id = await staffOf(t, service).reportOf(reporter.keys.lookupId)
    const path = `/v1/triage/reports/${id}`
    const create = async (thing: string, body: object) =>
      (await tam.call<{ id: string }>('POST', `${path}/${thing}`, { body, expect: 201 })).body.id
    const itemId = await create('items', item)
    const disseminationId = await create('disseminations', {
      ...{ agency: 'law-enforcement', items: [itemId], urgent: true, reason: 'Threat to life tonight' },
      ...{ gateway: 'cda-1998-s115', basis: 'ukgdpr-public-task', leadOrInformation: 'lead' },
      ...{ necessity: 'They have the power.', proportionality: 'Only the item.', purpose: 'To act.' },
    })
    const erasure = { ground: 'court-order', reference: 'F-1', reason: 'Fictional' }
    await sade.call('POST', `${path}/erasure`, { body: erasure, expect: 201 })
    const { body: images } = await tam.call<{ items: { id: string }[] }>('GET', `${path}/attachments`)
    const partner = callerWith(service, await service.token('partner', { agency: 'licensing' }))
    const source = { basis: 'record', protect: false }
    await partner.call('POST', '/v1/partner/submissions', {
      body: { ...sampleReport(), source },
      expect: 201,
    })
    const ofPartners = '/v1/triage/reports?origin=partner'
    const sharedIn = (await tam.call<{ items: { id: string }[] }>('GET', ofPartners)).body.items[0]?.id
    const ids: Record<string, string | undefined> = {
      id,
      itemId,
      disseminationId,
      attachmentId: images.items[0]?.id,
    }

    const { paths = {} } = service.app.swagger() as { paths?: Record<string, object> }
    const shown = Object.entries(paths)
      .filter(([at, methods]) => 'get' in methods && /^\/v1\/triage\/(reports\/\{id\}|watchlist)/.test(at))
      .map(([at]) => {
        const of = at.endsWith('/submitter') ? { ...ids, id: sharedIn } : ids
        return at.replace(/\{(\w+)\}/g, (_, name) => of[name] ?? `no ${name} in this test`)
      })
    t.ok(shown.length >= 10, 'the contract names them')
    for (const url of shown) {
      for (const method of ['GET', 'HEAD'] as const) {
        const before = await sizeOfTrail()
        const { statusCode } = await service.inject({
          ...{ method, url },
          headers: { authorization: `Bearer ${sadesToken}`, 'audit-reason': 'Reading' },
        })
        t.equal(statusCode, 200, `${method} ${url}`)
        const records = await recordsAfter(before)
        t.match(
          records.map(({ action }) => action),
          [/^(consultation|combination)$/],
          `${method} ${url} has its one record`,
        )
      }
    }
  },
)

t.test('an act that fails leaves no record', async (t) => {
  const id = await reportFor(service, tam)
  const path = `/v1/triage/reports/${id}`
  const before = await sizeOfTrail()
  await tam.call('PATCH', path, { version: 7, body: { status: 'screening' }, expect: 412 })
  await tam.call('PATCH', path, { version: 1, body: { status: 'closed' }, expect: 409 })
  await tam.call('POST', `${path}/notes`, { body: { text: '' }, expect: 400 })
  await tam.call('GET', `${path}/items/${id}`, { expect: 404 })
  await tam.call('GET', `/v1/triage/reports/00000000-0000-4000-8000-000000000000`, { expect: 404 })
  t.strictSame(await recordsAfter(before), [])
})

t.test(
  'where the record cannot be written there is no act, and where the act cannot, no record',
  async (t) => {
    const id = await reportFor(service, tam)
    const path = `/v1/triage/reports/${id}`
    await tam.call('POST', `${path}/notes`, { body: { text: 'First.' }, expect: 201 })
    const before = await sizeOfTrail()
    const count = async () => {
      const { rows } = await asSuperuser(service.databaseUrl, (client) =>
        client.query(`SELECT count(*)::int AS n FROM casework WHERE kind = 'note' AND report_id = $1`, [id]),
      )
      return rows[0].n
    }
    const during = async (trigger: string, table: string) => {
      await asSuperuser(service.databaseUrl, (client) =>
        client.query(`CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$;
                    CREATE ${trigger} FOR EACH ROW EXECUTE FUNCTION refuse()`),
      )
      await tam.call('POST', `${path}/notes`, { body: { text: 'Second.' }, expect: 500 })
      await asSuperuser(service.databaseUrl, (client) => client.query(`DROP TRIGGER refuse ON ${table}`))
      t.equal(await count(), 1, trigger)
      t.strictSame(await recordsAfter(before), [], trigger)
    }
    await during('TRIGGER refuse BEFORE INSERT ON audit_records', 'audit_records')
    // At COMMIT, when both are written.
    await during(
      'CONSTRAINT TRIGGER refuse AFTER INSERT ON casework DEFERRABLE INITIALLY DEFERRED',
      'casework',
    )
    await during(
      'CONSTRAINT TRIGGER refuse AFTER INSERT ON audit_records DEFERRABLE INITIALLY DEFERRED',
      'audit_records',
    )
    await tam.call('POST', `${path}/notes`, { body: { text: 'Second.' }, expect: 201 })
    t.equal((await recordsAfter(before)).length, 1, 'and no number is left out')
    t.notOk((await verifyTrail(pool)).broken)
  },
)

t.test(
  'an act whose connection is killed before the end leaves nothing, and the chain goes on',
  async (t) => {
    const id = await reportFor(service, tam)
    const path = `/v1/triage/reports/${id}`
    const before = await sizeOfTrail()
    await asSuperuser(service.databaseUrl, async (client) => {
      await client.query('BEGIN')
      await client.query(`SELECT FROM turns WHERE name = 'trail' FOR UPDATE`)
      const waiting = tam.call('POST', `${path}/notes`, { body: { text: 'Lost.' }, expect: 503 })
      let killed = 0
      while (killed === 0) {
        await sleep(20)
        const { rowCount } = await client.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND pg_backend_pid() = ANY (pg_blocking_pids(pid))`,
        )
        killed = rowCount ?? 0
      }
      await waiting
      await client.query('ROLLBACK')
    })
    t.strictSame(await recordsAfter(before), [])
    const { body } = await tam.call<{ items: unknown[] }>('GET', `${path}/notes`)
    t.strictSame(body.items, [])
    t.notOk((await verifyTrail(pool)).broken)
  },
)

t.test(
  'fifty people read at once, at two instances: each is recorded once, the chain unbroken',
  async (t) => {
    const { databaseUrl, keyringFile } = service
    const other = await startTestService(t, { databaseUrl, keyringFile })
    const id = await reportFor(service, tam)
    const before = await sizeOfTrail()
    const tokens: string[] = []
    while (tokens.length < 50) tokens.push(await service.token('triager'))
    const people = await Promise.all(
      tokens.map(async (token, index) => {
        const person = callerWith(index % 2 === 0 ? service : other, token)
        const { body } = await person.call<{ id: string }>('GET', '/v1/triage/me')
        return { id: body.id, person }
      }),
    )
    await Promise.all(people.map(({ person }) => person.call('GET', `/v1/triage/reports/${id}`)))
    const records = await recordsAfter(before)
    t.equal(records.length, 50)
    t.strictSame(
      records.map(({ seq }) => Number(seq)),
      Array.from({ length: 50 }, (_, n) => before + n + 1),
    )
    t.strictSame(records.map(({ actor }) => actor).toSorted(), people.map(({ id }) => id).toSorted())
    t.match(await verifyTrail(pool), { head: { size: before + 50 }, broken: undefined })
  },
)

t.test(
  'what reporters sent on a day is one record, once the day has ended, by whichever instance',
  async (t) => {
    let now = new Date('2026-11-20T09:00:00Z')
    const clock = () => now
    const intake = await startTestService(t, { clock })
    const sadeThere = callerWith(intake, await intake.token('supervisor', { name: 'Sade' }))
    const keyring = readKeyringFile(intake.keyringFile)
    const pools = [1, 2, 3].map(() => openPool(intake.databaseUrl, 'sotto_triage', 2))
    t.after(() => Promise.all(pools.map((one) => one.close())).then(() => {}))
    const rollUp = (today: string) =>
      Promise.all(pools.map((one) => rollUpCollection(one, auditTrail(one, keyring, clock), today)))
    t.strictSame(await rollUp('2026-11-20'), [[], [], []], 'nothing was collected yet')

    const talker = await newReporter(intake.base)
    await newReporter(intake.base)
    t.equal((await talker.say('There is more.')).status, 201)
    const admitted = await reportFor(intake, sadeThere)
    await sadeThere.call('GET', `/v1/triage/reports/${admitted}`)
    const [before] = await recordsAfter(0, intake)
    t.strictSame(await rollUp('2026-11-20'), [[], [], []], 'the day has not ended')

    now = new Date('2026-11-21T09:00:00Z')
    await talker.say('And more.')
    now = new Date('2026-11-23T00:20:00Z')
    const done = await rollUp('2026-11-23')
    t.strictSame(done.flat().toSorted(), ['2026-11-20', '2026-11-21', '2026-11-22'], 'each day once')
    t.strictSame((await rollUp('2026-11-23')).flat(), [])

    const ids = (...names: string[]) =>
      asSuperuser(intake.databaseUrl, async (client) => {
        const { rows } = await client.query<{ id: string }>(
          names.map((name) => `SELECT id::text AS id FROM ${name} `).join(' UNION '),
        )
        return rows.map(({ id }) => id)
      })
    const first = await ids('listed_reports', "listed_reporter_messages WHERE sent_on = '2026-11-20'")
    const second = await ids("listed_reporter_messages WHERE sent_on = '2026-11-21'")
    const hashOf = (list: string[]) =>
      createHash('sha256')
        .update(
          list
            .toSorted()
            .map((id) => `${id}\n`)
            .join(''),
        )
        .digest('hex')
    const collection = { actor: 'public-intake', action: 'collection' }
    t.match(await recordsAfter(Number(before?.seq), intake), [
      {
        ...collection,
        target: `collection/2026-11-20/reports=3,messages=1,attachments=0/sha256=${hashOf(first)}`,
      },
      {
        ...collection,
        target: `collection/2026-11-21/reports=0,messages=1,attachments=0/sha256=${hashOf(second)}`,
      },
      {
        ...collection,
        target: `collection/2026-11-22/reports=0,messages=0,attachments=0/sha256=${hashOf([])}`,
      },
    ])
    await t.rejects(
      asSuperuser(intake.databaseUrl, (client) =>
        client.query(`INSERT INTO audit_records (seq, at, actor, role, action, target, hash)
        VALUES (99, now(), 'public-intake', 'public-intake', 'collection', 'collection/2026-11-20/reports=0', sha256(''))`),
      ),
      /audit_records_collection/,
      'nor does the database take a second',
    )

    await newReporter(intake.base)
    now = new Date('2026-11-24T12:00:00Z')
    const [one] = pools
    if (one === undefined) throw new Error('no pool')
    const nightly = mixNightly({
      pool: one,
      keyring,
      clock,
      log: createLog('silent'),
      every: 20,
      interval: 1,
      afterwards: async (today) => void (await rollUpCollection(one, auditTrail(one, keyring, clock), today)),
    })
    t.after(nightly.stop)
    const wanted = 'collection/2026-11-23/reports=1,messages=0,attachments=0/'
    for (;;) {
      const last = (await recordsAfter(0, intake)).at(-1)
      if (last?.target.startsWith(wanted)) break
      await sleep(50)
    }
    await nightly.stop()
    t.notOk((await verifyTrail(one)).broken)
  },
)

t.test('a supervisor who approves is recorded with her reason', async (t) => {
  const id = await reportFor(service, tam)
  const path = `/v1/triage/reports/${id}/items`
  const { body } = await tam.call<{ id: string }>('POST', path, { body: item, expect: 201 })
  const before = await sizeOfTrail()
  await tam.call('POST', `${path}/${body.id}/approval`, { version: 1, body: { approved: true }, expect: 403 })
  // Refused for what the body asks: it leaves the same trace.
  const report = `/v1/triage/reports/${id}`
  await tam.call('PATCH', report, { version: 2, body: { status: 'approved' }, expect: 403 })
  await sade.call('POST', `${path}/${body.id}/approval`, { version: 1, body: { approved: true } })
  t.match(await recordsAfter(before), [
    { action: 'denied' },
    { action: 'denied', target: 'PATCH /v1/triage/reports/:id' },
    { action: 'alteration', target: new RegExp(`^report/${id}/item/${body.id}`) },
  ])
})

t.end()
