import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core'
import { lengthPrefixed } from '../../src/crypto/lengthPrefixed.ts'
import { newAgencyKeyFile, pairIn } from '../../src/domain/sharing/keyFile.ts'
import { openProduct } from '../../src/domain/sharing/product.ts'
import type { Report } from '../../src/schemas/report.ts'
import type { Dissemination, StaffDissemination } from '../../src/schemas/sharing.ts'
import { openPool } from '../../src/storage/pool.ts'
import { asSuperuser } from '../support/cluster.ts'
import { patientFetch } from '../support/patience.ts'
import { startTestService } from '../support/service.ts'
import { type Caller, callerWith, report, reportFor } from '../support/staffApi.ts'
import { t } from '../support/suite.ts'

const service = await startTestService(t)
const tam = callerWith(service, await service.token('triager', { name: 'Tam' }))
const sade = callerWith(service, await service.token('supervisor', { name: 'Sade' }))
const bea = callerWith(service, await service.token('supervisor', { name: 'Bea' }))
const admin = callerWith(service, await service.token('admin'))
const partnerOf = async (agency: string) => callerWith(service, await service.token('partner', { agency }))
const planning = await partnerOf('planning-enforcement')
const licensing = await partnerOf('licensing')

const grade = { source: 2, intelligence: 'D', handling: 'C' }
const addressed = {
  gateway: 'cda-1998-s115',
  basis: 'ukgdpr-public-task',
  necessity: 'They have the power.',
  proportionality: 'Only the address.',
  purpose: 'To inspect.',
  leadOrInformation: 'lead',
}

interface Item {
  id: string
}

async function newItem(path: string, title: string, more: object = {}): Promise<string> {
  const body = { title, text: `${title}: text`, kind: 'fact', grade: { ...grade, ...more } }
  const created = await tam.call<Item>('POST', `${path}/items`, { body, expect: 201 })
  return created.body.id
}

async function approve(path: string, item: string): Promise<void> {
  await sade.call('POST', `${path}/items/${item}/approval`, { version: 1, body: { approved: true } })
}

/** A report that is approved, with one approved item of each title. */
async function approved(
  titles: string[],
  more: Partial<Report> = {},
): Promise<{ path: string; items: string[] }> {
  const path = `/v1/triage/reports/${await reportFor(service, tam, more)}`
  await tam.call('PATCH', path, { version: 1, body: { status: 'screening' } })
  await tam.call('PATCH', path, { version: 2, body: { status: 'sanitising' } })
  await tam.call('PUT', `${path}/assessment`, { version: 0, body: { rationale: 'Because' } })
  await tam.call('PATCH', path, { version: 3, body: { status: 'graded' } })
  const items: string[] = []
  for (const title of titles) {
    const item = await newItem(path, title)
    await approve(path, item)
    items.push(item)
  }
  await sade.call('PATCH', path, { version: 4, body: { status: 'approved' } })
  return { path, items }
}

async function send(
  caller: Caller,
  path: string,
  agency: string,
  items: string[],
  more: object = {},
  expect = 201,
) {
  const body = { agency, items, ...addressed, ...more }
  return caller.call<StaffDissemination>('POST', `${path}/disseminations`, { body, expect })
}

t.test('two agencies, one report, two items: each sees its own alone', async (t) => {
  const { path, items } = await approved(['For planning', 'For licensing'])
  const [first = '', second = ''] = items
  const sent = await send(sade, path, 'planning-enforcement', [first])
  t.equal(sent.headers.get('location'), `${path}/disseminations/${sent.body.id}`)
  await send(sade, path, 'licensing', [second])
  t.match((await sade.call('GET', path)).body, { status: 'disseminated' })

  const seen = (await planning.call<{ items: Dissemination[] }>('GET', '/v1/partner/disseminations')).body
    .items
  t.match(seen, [
    { id: sent.body.id, agency: 'planning-enforcement', items: [{ title: 'For planning', version: 1 }] },
  ])
  const text = JSON.stringify(seen)
  t.notMatch(text, path.slice(-36), 'the report is not named')
  t.notMatch(text, /necessity|For licensing|reportId|receipt/)
  t.match(seen[0]?.caveat, /not evidence.*Do not reveal that a report exists/)
  await licensing.call('GET', `/v1/partner/disseminations/${sent.body.id}`, { expect: 404 })
  await planning.call('GET', path, { expect: 403 })

  const pool = openPool(service.databaseUrl, 'sotto_partner', 1)
  t.teardown(() => pool.close())
  const rowsSeenBy = (agency: string) =>
    pool.transaction(async (query) => {
      await query({ name: 'as', text: `SELECT set_config('sotto.agency', $1, true)`, values: [agency] })
      const rows = await query<{ agency: string }>({
        name: 'rows',
        text: 'SELECT agency FROM disseminations',
        values: [],
      })
      const keys = await query<{ agency: string }>({
        name: 'keys',
        text: 'SELECT agency FROM agency_batch_keys',
        values: [],
      })
      return [...rows, ...keys].map((row) => row.agency)
    })
  t.same(await rowsSeenBy('licensing'), ['licensing', 'licensing'])
  t.same(await rowsSeenBy('nobody'), [])
  await t.rejects(pool.query({ name: 'id', text: 'SELECT report_id FROM disseminations', values: [] }))
  await t.rejects(pool.query({ name: 'raw', text: 'SELECT body FROM reports', values: [] }))
})

t.test('an agency acknowledges, answers, and loses access at recall', async (t) => {
  const receipt = await report(service, {
    narrative: 'A report whose reporter may learn that it was shared.',
  })
  const { path, items } = await approved(['Shared'])
  const { body } = await send(sade, path, 'planning-enforcement', items, { due: '2026-12-24' })
  const one = `/v1/partner/disseminations/${body.id}`
  for (let again = 0; again < 2; again++) {
    t.match((await planning.call('POST', `${one}/acknowledgement`)).body, {
      status: 'acknowledged',
      due: '2026-12-24',
    })
  }
  const outcome = {
    type: 'closure-order',
    on: '2026-12-01',
    detail: 'Closed',
    value: 1200.5,
    ocgReference: 'OCG-7',
  }
  const key = { headers: { 'idempotency-key': 'abcdefghijklmnopqrstuv' } }
  const answered = await planning.call('POST', `${one}/outcomes`, { body: outcome, expect: 201, ...key })
  const repeated = await planning.call('POST', `${one}/outcomes`, { body: outcome, expect: 201, ...key })
  t.same(repeated.body, answered.body, 'a repeat answers once')
  t.match((await planning.call('GET', `${one}/outcomes`)).body, {
    items: [{ ...outcome, agency: 'planning-enforcement' }],
  })
  t.match((await tam.call('GET', `${path}/outcomes`)).body, { items: [outcome] })
  const counted = await asSuperuser(
    service.databaseUrl,
    async (client) => (await client.query('SELECT type, agency, category FROM countable_outcomes')).rows,
  )
  const { category } = (await tam.call<{ category: string }>('GET', path)).body
  t.strictSame(counted, [{ type: outcome.type, agency: 'planning-enforcement', category }], 'for statistics')
  t.match((await tam.call('GET', `${path}/disseminations/${body.id}`)).body, { status: 'answered' })

  await tam.call('POST', `${path}/disseminations/${body.id}/recall`, { expect: 403 })
  for (let again = 0; again < 2; again++) {
    t.match((await sade.call('POST', `${path}/disseminations/${body.id}/recall`)).body, {
      status: 'recalled',
    })
  }
  await planning.call('GET', one, { expect: 410 })
  await planning.call('POST', `${one}/outcomes`, { body: outcome, expect: 410 })
  const { body: list } = await planning.call<{ items: { id: string }[] }>('GET', '/v1/partner/disseminations')
  t.notOk(list.items.some(({ id }) => id === body.id))
  t.ok(receipt)
})

t.test('the reporter learns that it was shared only where a supervisor lets it show', async (t) => {
  const headers = async () => {
    const receipt = await report(service)
    const { items } = (
      await tam.call<{ items: Item[] }>('GET', '/v1/triage/reports?status=received&limit=200')
    ).body
    return { receipt, id: items[0]?.id }
  }
  t.ok(await headers())
  const { path, items } = await approved(['Told'])
  const { body } = await send(sade, path, 'licensing', items, { tellReporter: true })
  const status = async () =>
    asSuperuser(service.databaseUrl, (client) =>
      client.query('SELECT status FROM mailboxes WHERE report_id = $1', [path.slice(-36)]),
    ).then(({ rows }) => rows[0].status)
  t.equal(await status(), 'shared')
  await sade.call('POST', `${path}/disseminations/${body.id}/recall`)
  t.equal(await status(), 'reviewed', 'a recall takes it back')
})

t.test('what is not approved, not clear or not permitted does not go', async (t) => {
  const { path, items } = await approved(['Cleared'], { category: 'firearms-weapons' })
  t.equal(
    (await send(sade, path, 'licensing', items, {}, 409)).code,
    'not-clear',
    'a pressing report waits for the police',
  )
  await send(sade, path, 'safeguarding', items)
  await sade.call('PATCH', path, { version: 6, body: { deconfliction: 'clear' } })
  await send(sade, path, 'licensing', items)

  const draft = await newItem(path, 'Draft')
  t.equal((await send(sade, path, 'licensing', [draft], {}, 409)).code, 'not-approved')
  const conditions = [{ kind: 'permitted-recipients', agencies: ['housing'] }]
  const narrow = await newItem(path, 'Narrow', { conditions })
  await approve(path, narrow)
  t.equal((await send(sade, path, 'licensing', [narrow], {}, 409)).code, 'conflict')
  t.equal(
    (await send(tam, path, 'licensing', items, {}, 403)).code,
    'forbidden',
    'triagers send only what is urgent',
  )
  t.equal((await send(sade, path, 'nowhere', items, {}, 400)).code, 'validation')
  t.equal((await send(sade, path, 'licensing', [path.slice(-36)], {}, 400)).code, 'validation')
})

t.test(
  'where somebody may be in danger a triager sends one item at once, and somebody else reviews it',
  async (t) => {
    const path = `/v1/triage/reports/${await reportFor(service, tam, { riskFlags: ['threat-to-life'] })}`
    const item = await newItem(path, 'Threat')
    const urgent = { urgent: true, reason: 'Threat to life tonight' }
    t.equal((await send(tam, path, 'licensing', [item], urgent, 409)).code, 'not-approved')
    await send(tam, path, 'law-enforcement', [item], { urgent: true }, 400)
    const { body } = await send(tam, path, 'law-enforcement', [item], urgent)
    t.match(body, { urgent: true, reviewed: false, status: 'sent' })
    t.ok(body.reviewBy)
    const review = `${path}/disseminations/${body.id}/approval`
    await tam.call('POST', review, { body: { approved: true }, expect: 403 })
    t.match((await bea.call('POST', review, { body: { approved: true } })).body, {
      reviewed: true,
      status: 'sent',
    })
    t.match((await bea.call('POST', review, { body: { approved: true } })).body, { reviewed: true })
    t.match((await tam.call('GET', path)).body, { status: 'received' }, 'it moves nothing')

    const calm = `/v1/triage/reports/${await reportFor(service, tam)}`
    const other = await newItem(calm, 'Calm')
    t.equal((await send(tam, calm, 'law-enforcement', [other], urgent, 409)).code, 'not-approved')
  },
)

t.test('whoever wrote what was sent urgently does not review it', async (t) => {
  const path = `/v1/triage/reports/${await reportFor(service, tam, { riskFlags: ['threat-to-life'] })}`
  const body = { title: 'Threat', text: 'A threat was made.', kind: 'fact', grade }
  const { body: item } = await bea.call<Item>('POST', `${path}/items`, { body, expect: 201 })
  await tam.call('PUT', `${path}/items/${item.id}`, { version: 1, body: { ...body, text: 'A new threat.' } })
  const urgent = { urgent: true, reason: 'Threat to life tonight' }
  const { body: sent } = await send(tam, path, 'law-enforcement', [item.id], urgent)
  const review = `${path}/disseminations/${sent.id}/approval`
  const refused = await bea.call('POST', review, { body: { approved: true }, expect: 403 })
  t.equal(refused.code, 'four-eyes')
  t.match((await sade.call('POST', review, { body: { approved: true } })).body, { reviewed: true })
})

t.test('no agency is called as another is, or so that a reader may take it for the other', async () => {
  const path = '/v1/triage/agencies'
  const names = [
    'Law enforcement',
    'LAW  enforcement',
    'Law enforcernent',
    'L\u0430w enforcement',
    'law-enforcement',
  ]
  for (const name of names) {
    await admin.call('POST', path, { body: { slug: 'quite-another', name }, expect: 400 })
    await admin.call('PATCH', `${path}/licensing`, { body: { name }, expect: 400 })
  }
  await admin.call('PATCH', `${path}/licensing`, { body: { name: 'Licensing' } })
})

t.test(
  'an agency that holds its own key gets the sealed product, and any implementation of HPKE opens it',
  async (t) => {
    await admin.call('POST', '/v1/triage/agencies', {
      body: { slug: 'housing', name: 'Housing' },
      expect: 201,
    })
    await admin.call('POST', '/v1/triage/agencies', {
      body: { slug: 'housing', name: 'Housing' },
      expect: 409,
    })
    // From now on the deployment has it, and what belongs there is proposed to it.
    const shared = { category: 'property-misuse' as const, subcategories: ['unlawful-hmo'] }
    const proposed = await reportFor(service, tam, shared)
    const routed = await tam.call<{ leadAgency: string }>('GET', `/v1/triage/reports/${proposed}`)
    t.equal(routed.body.leadAgency, 'housing')
    // A point of low order: nothing could ever be sealed to it.
    await admin.call('POST', '/v1/triage/agencies/housing/keys', {
      body: { publicKey: 'A'.repeat(43) },
      expect: 400,
    })
    const file = newAgencyKeyFile('housing')
    await admin.call('POST', '/v1/triage/agencies/housing/keys', {
      body: { publicKey: file.publicKey },
      expect: 201,
    })
    const housing = await partnerOf('housing')
    const { path, items } = await approved(['For housing'])
    const { body } = await send(sade, path, 'housing', items)
    const got = (await housing.call<Dissemination>('GET', `/v1/partner/disseminations/${body.id}`)).body
    t.equal(got.items, undefined)
    const { sealed } = got
    if (sealed === undefined) throw new TypeError('the product must be sealed')
    const product = await openProduct(pairIn(JSON.stringify(file), sealed.kid), got.id, sealed)
    t.match(product.items, [{ title: 'For housing' }])

    const suite = new CipherSuite({
      kem: new DhkemX25519HkdfSha256(),
      kdf: new HkdfSha256(),
      aead: new Aes256Gcm(),
    })
    const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64url')).buffer as ArrayBuffer
    const recipientKey = await suite.kem.importKey('raw', bytes(file.privateKey), false)
    const recipient = await suite.createRecipientContext({
      recipientKey,
      enc: bytes(sealed.enc),
      info: new TextEncoder().encode('sotto/1/batch-key/agency').buffer as ArrayBuffer,
    })
    const aad = new Uint8Array(lengthPrefixed(sealed.batchId, sealed.kid)).buffer as ArrayBuffer
    t.equal((await recipient.open(bytes(sealed.batchKey), aad)).byteLength, 32)

    const stranger = newAgencyKeyFile('housing')
    await t.rejects(openProduct(pairIn(JSON.stringify(stranger), sealed.kid), got.id, sealed))
    await t.rejects(
      openProduct(pairIn(JSON.stringify(file), sealed.kid), path.slice(-36), sealed),
      'under another id',
    )
  },
)

t.test('a key or a product that was written into the database is refused', async (t) => {
  const own = newAgencyKeyFile('fire')
  await asSuperuser(service.databaseUrl, async (client) => {
    await client.query(`INSERT INTO agencies VALUES ('fire', 'Fire')`)
    await client.query(
      `INSERT INTO agency_keys SELECT 'agy-forged', 'fire', $1, 'agency', 'active', added_on, author, signature
         FROM agency_keys WHERE agency = 'licensing'`,
      [Buffer.from(own.publicKey, 'base64url')],
    )
  })
  const { path, items } = await approved(['Not for fire'])
  t.equal((await send(sade, path, 'fire', items, {}, 400)).code, 'validation')
  const { body } = await send(sade, path, 'planning-enforcement', items)
  await asSuperuser(service.databaseUrl, async (client) => {
    await client.query(`UPDATE disseminations SET agency = 'licensing' WHERE id = $1`, [body.id])
    await client.query(
      `UPDATE agency_batch_keys SET agency = 'licensing'
                         WHERE batch_id = (SELECT batch_id FROM disseminations WHERE id = $1)`,
      [body.id],
    )
  })
  await licensing.call('GET', `/v1/partner/disseminations/${body.id}`, { expect: 404 })
})

t.test('a product comes as a page to print, with its markings', async (t) => {
  const { path, items } = await approved(['Printed *bold*'])
  const { body } = await send(sade, path, 'planning-enforcement', items)
  const token = await service.token('partner', { agency: 'planning-enforcement' })
  const page = await patientFetch(`${service.base}/v1/partner/disseminations/${body.id}`, {
    headers: { authorization: `Bearer ${token}`, accept: 'text/markdown' },
  })
  t.match(page.headers.get('content-type'), 'text/markdown')
  const text = await page.text()
  t.match(text, /^\*\*OFFICIAL-SENSITIVE\*\*/)
  t.match(text, /Do not reveal that a report exists/)
  t.match(text, 'Printed \\*bold\\*')
})

t.end()
