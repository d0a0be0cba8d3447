import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { newRawKeyPair } from '../../src/crypto/rawKeys.ts'
import { openBatchKey, unwrapDataKey } from '../../src/crypto/seal.ts'
import { signAttestation } from '../../src/crypto/sign.ts'
import { organisationRecipient } from '../../src/domain/envelope/organisationKeys.ts'
import { type Sealed, seal } from '../../src/domain/envelope/seal.ts'
import { attestationOf, signForReporter } from '../../src/domain/envelope/signing.ts'
import { statedOfSent } from '../../src/domain/mailbox/statedOf.ts'
import { parityOf } from '../../src/vocabulary/calendar.ts'
import { plain } from '../images/fixtures.ts'
import { asSuperuser } from '../support/cluster.ts'
import { patientFetch } from '../support/patience.ts'
import { startTestService } from '../support/service.ts'
import { t } from '../support/suite.ts'
import { newReporter, type Reporter, told } from './reporter.ts'
import { staffOf } from './staff.ts'

/** What somebody can do who writes to the database as its superuser, and holds no private key. */

const service = await startTestService(t)
const { base, databaseUrl } = service
const staff = staffOf(t, service)
const today = new Date().toISOString().slice(0, 10)
const triager = { authorization: `Bearer ${await service.token('triager')}` }
const jpeg = await plain(40, 30).jpeg().toBuffer()

const sql = <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> =>
  asSuperuser(databaseUrl, async (client) => (await client.query<Row>(text, values)).rows)

interface Conversation {
  reporter: Reporter
  reportId: string
  mailboxId: string
  sealingKey: Buffer
  staffMessageId: string
}

const genuine = ['From the reporter.', 'From staff.']

/** A reporter and staff who have said one thing each, and an image, if there is one: each takes a process to be read in. */
async function conversation(image?: Buffer): Promise<Conversation> {
  const reporter = await newReporter(base)
  await reporter.say('From the reporter.')
  if (image !== undefined) await reporter.attach(image)
  const reportId = await staff.reportOf(reporter.keys.lookupId)
  const { id: staffMessageId } = await staff.write(reportId, 'From staff.')
  const [row] = await sql<{ id: string; key: Buffer }>(
    'SELECT id, sealing_key AS key FROM listed_mailboxes WHERE report_id = $1',
    [reportId],
  )
  return {
    reporter,
    reportId,
    staffMessageId,
    mailboxId: row?.id ?? '',
    sealingKey: row?.key ?? Buffer.alloc(0),
  }
}

const textsOf = async ({ reporter }: Conversation) => (await reporter.read()).messages.map(({ text }) => text)

const listOf = async ({ reportId }: Conversation) => {
  const response = await patientFetch(`${base}/v1/triage/reports/${reportId}/attachments`, {
    headers: triager,
  })
  return ((await response.json()) as { items: { id: string; mediaType: string; bytes: number }[] }).items
}

const toReporter = ({ mailboxId: kid, sealingKey: publicKey }: Conversation) => ({
  organisation: [organisationRecipient(staff.keyring)],
  mailbox: { kid, publicKey },
})

async function putKeys({ batch }: Sealed, { mailboxId }: Conversation): Promise<void> {
  const { batchId, organisation, mailbox } = batch
  for (const { kid, enc, ciphertext } of organisation)
    await sql('INSERT INTO batch_keys VALUES ($1, $2, $3, $4)', [batchId, kid, enc, ciphertext])
  if (mailbox !== undefined)
    await sql('INSERT INTO mailbox_batch_keys VALUES ($1, $2, $3, $4)', [
      batchId,
      mailboxId,
      mailbox.enc,
      mailbox.ciphertext,
    ])
}

/** A staff message in every way right, but for the key that signs it. */
async function forgeStaffMessage(
  at: Conversation,
  seed: Uint8Array,
  more: { number?: number } = {},
): Promise<void> {
  const { reportId } = at
  const [id, author, number] = [randomUUID(), randomUUID(), more.number ?? 3]
  const content = { text: 'Call this number.' }
  const sealed = await seal('staffMessage', { id, reportId, writtenOn: today }, content, toReporter(at))
  const stated = statedOfSent({
    id,
    reportId,
    version: 1,
    author,
    number,
    sentOn: today,
    body: sealed.body,
  })
  await putKeys(sealed, at)
  await sql(`INSERT INTO staff_messages VALUES ($1, $2, $3, $4, $5, 'sent', $6, 1, $5, $7, $8, $9, $10)`, [
    id,
    reportId,
    at.mailboxId,
    number,
    today,
    author,
    sealed.batch.batchId,
    sealed.wrappedKey,
    sealed.body,
    signAttestation(seed, attestationOf('staffMessage', stated)),
  ])
}

const seedOf = (purpose: string) =>
  Buffer.from(staff.keyring.keys.find((key) => key.purpose === purpose)?.privateKey ?? '', 'base64url')

t.test('a forged staff message is not shown, whoever signed it', async (t) => {
  const at = await conversation()
  await forgeStaffMessage(at, newRawKeyPair('Ed25519').privateKey)
  await forgeStaffMessage(at, seedOf('audit'))
  await forgeStaffMessage(at, at.reporter.keys.ed25519.privateKey)
  t.strictSame(await textsOf(at), genuine)
  await forgeStaffMessage(at, seedOf('sign'))
  t.strictSame(await textsOf(at), [...genuine, 'Call this number.'], 'nothing but the signature kept it out')
})

t.test('a staff message that was changed or moved in any way is not shown', async (t) => {
  const changes: Record<string, string> = {
    'another body': `body = set_byte(body, 40, get_byte(body, 40) # 1)`,
    'another author': `author = gen_random_uuid()`,
    'another number': 'number = number + 7',
    'another day': 'sent_on = sent_on - 1',
    'another day of writing': 'written_on = written_on - 1',
    'another version': 'version = version + 1',
    'another data key': 'wrapped_key = set_byte(wrapped_key, 20, get_byte(wrapped_key, 20) # 1)',
    'another batch':
      'batch_id = (SELECT batch_id FROM listed_reporter_messages WHERE report_id = staff_messages.report_id)',
    'another signature': 'signature = set_byte(signature, 0, get_byte(signature, 0) # 1)',
    'another id': 'id = gen_random_uuid()',
  }
  for (const [how, change] of Object.entries(changes)) {
    const at = await conversation()
    await sql(`UPDATE staff_messages SET ${change} WHERE id = $1`, [at.staffMessageId])
    t.strictSame(await textsOf(at), genuine.slice(0, 1), how)
  }
})

t.test('a staff message copied into another mailbox is not shown there', async (t) => {
  const [one, other] = [await conversation(), await conversation()]
  await sql(
    `INSERT INTO staff_messages
     SELECT gen_random_uuid(), $2, $3, 5, sent_on, status, author, version, written_on, batch_id, wrapped_key, body, signature
       FROM staff_messages WHERE id = $1`,
    [one.staffMessageId, other.reportId, other.mailboxId],
  )
  await sql(
    'INSERT INTO mailbox_batch_keys SELECT batch_id, $2, enc, ciphertext FROM mailbox_batch_keys WHERE mailbox_id = $1',
    [one.mailboxId, other.mailboxId],
  )
  t.strictSame(await textsOf(other), genuine)
  await sql('UPDATE staff_messages SET mailbox_id = $2 WHERE mailbox_id = $1', [
    one.mailboxId,
    other.mailboxId,
  ])
  t.strictSame(await textsOf(other), genuine)
  t.strictSame(await textsOf(one), genuine.slice(0, 1))
})

t.test('a forged, changed or copied message of the reporter is not shown', async (t) => {
  const at = await conversation()
  const other = await conversation()
  const [id, number] = [randomUUID(), 9]
  const row = { id, reportId: at.reportId, number, sentOn: today }
  const sealed = await seal('reporterMessage', row, { text: 'I made it all up.' }, toReporter(at))
  await putKeys(sealed, at)
  const put = (signature: Buffer) =>
    sql('INSERT INTO reporter_messages VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)', [
      id,
      at.reportId,
      at.mailboxId,
      number,
      today,
      sealed.batch.batchId,
      sealed.wrappedKey,
      sealed.body,
      signature,
    ])
  const signedWith = (seed: Uint8Array) =>
    signForReporter(seed, 'reporterMessage', row, at.mailboxId, sealed.body)
  for (const seed of [
    newRawKeyPair('Ed25519').privateKey,
    seedOf('sign'),
    other.reporter.keys.ed25519.privateKey,
  ]) {
    await put(signedWith(seed))
    t.strictSame(await textsOf(at), genuine)
    await sql('DELETE FROM reporter_messages WHERE id = $1', [id])
  }
  await put(signedWith(at.reporter.keys.ed25519.privateKey))
  t.equal((await textsOf(at)).length, 3, 'nothing but the signature kept it out')
  await sql('DELETE FROM reporter_messages WHERE id = $1', [id])

  await sql('UPDATE box_reporter_messages SET mailbox_id = $2, report_id = $3 WHERE mailbox_id = $1', [
    other.mailboxId,
    at.mailboxId,
    at.reportId,
  ])
  await sql('UPDATE box_mailbox_batch_keys SET mailbox_id = $2 WHERE mailbox_id = $1', [
    other.mailboxId,
    at.mailboxId,
  ])
  t.strictSame(await textsOf(at), genuine, 'copied from another mailbox')
  await sql('UPDATE box_reporter_messages SET number = 4 WHERE mailbox_id = $1', [at.mailboxId])
  t.strictSame(await textsOf(at), ['From staff.'])
})

t.test('an image that nobody sent is shown neither to the reporter nor to staff', async (t) => {
  const at = await conversation(jpeg)
  const other = await conversation(jpeg)
  const [sent] = (await at.reporter.read()).attachments
  if (sent === undefined) throw new Error('no image')
  const put = async (seed: Uint8Array, boxed: boolean) => {
    const image = { id: randomUUID(), reportId: at.reportId, receivedOn: today }
    const sign = (name: 'image' | 'imageFacts', of: Buffer) =>
      signForReporter(seed, name, image, at.mailboxId, of)
    const { organisation } = toReporter(at)
    const body = await seal('image', image, jpeg, { organisation })
    const facts = { mediaType: 'image/jpeg', bytes: jpeg.length }
    const signature = sign('imageFacts', Buffer.from(JSON.stringify(facts))).toString('base64url')
    const content = { ...facts, signature, text: 'Call this number.' }
    const meta = await seal('imageFacts', image, content, toReporter(at))
    await putKeys(body, at)
    await putKeys(meta, at)
    const values = [
      image.id,
      at.reportId,
      at.mailboxId,
      today,
      body.batch.batchId,
      body.wrappedKey,
      body.body,
      sign('image', body.body),
      meta.batch.batchId,
      meta.wrappedKey,
      meta.body,
    ]
    const places = values.map((_, i) => `$${i + 1}`).join(', ')
    if (boxed) await sql(`INSERT INTO box_attachments VALUES (${parityOf(today)}, ${places})`, values)
    else await sql(`INSERT INTO attachments VALUES (${places})`, values)
    return image.id
  }
  const expected = [{ id: sent.id, mediaType: 'image/jpeg', bytes: sent.bytes }]
  const listed = [{ ...expected[0], receivedOn: today, quarantined: false }]
  const call = (id: string, init: RequestInit = {}) =>
    patientFetch(`${base}/v1/triage/reports/${at.reportId}/attachments/${id}`, { headers: triager, ...init })
  for (const seed of [
    newRawKeyPair('Ed25519').privateKey,
    other.reporter.keys.ed25519.privateKey,
    seedOf('sign'),
  ]) {
    for (const boxed of [true, false]) {
      const id = await put(seed, boxed)
      t.strictSame((await at.reporter.read()).attachments, expected)
      t.strictSame(await listOf(at), listed)
      t.equal(await told(await call(id)), '404 not-found')
    }
  }
  const genuineId = await put(at.reporter.keys.ed25519.privateKey, true)
  t.equal((await call(genuineId)).status, 200, 'nothing but the signature kept them out')
  t.strictSame(
    (await at.reporter.read()).attachments.filter(({ id }) => id === genuineId),
    [{ id: genuineId, mediaType: 'image/jpeg', bytes: jpeg.length }],
    'and what else was sealed with it is not shown',
  )
})

t.test('an image that was changed or moved is not given out', async (t) => {
  const changes: Record<string, string> = {
    'another body': 'body = set_byte(body, 50, get_byte(body, 50) # 1)',
    'another type or size': 'meta = set_byte(meta, 50, get_byte(meta, 50) # 1)',
    'another day': 'received_on = received_on - 1',
    'another mailbox': 'mailbox_id = gen_random_uuid()',
    'another signature': 'signature = set_byte(signature, 0, get_byte(signature, 0) # 1)',
    'another id': 'id = gen_random_uuid()',
  }
  for (const [how, change] of Object.entries(changes)) {
    const at = await conversation(jpeg)
    await sql(`UPDATE box_attachments SET ${change} WHERE mailbox_id = $1`, [at.mailboxId])
    const [row] = await sql<{ id: string }>('SELECT id FROM listed_attachments WHERE report_id = $1', [
      at.reportId,
    ])
    const path = `${base}/v1/triage/reports/${at.reportId}/attachments/${row?.id}`
    t.equal(await told(await patientFetch(path, { headers: triager })), '404 not-found', how)
    t.equal(
      await told(await patientFetch(`${path}/quarantine`, { method: 'POST', headers: triager })),
      '404 not-found',
    )
  }
  const [one, other] = [await conversation(jpeg), await conversation(jpeg)]
  await sql('UPDATE box_attachments SET report_id = $2 WHERE report_id = $1', [one.reportId, other.reportId])
  t.equal((await listOf(other)).length, 1, 'moved to another report')
  t.equal((await listOf(one)).length, 0)
})

t.test('a mailbox row that was re-pointed misdirects nothing', async (t) => {
  const refused = { message: 'not-in-this-state' }
  const attacker = newRawKeyPair('X25519').publicKey
  const changes: Record<string, [string, unknown[]]> = {
    'an attacker’s sealing key': ['sealing_key = $2', [attacker]],
    'an attacker’s signing key': ['signing_key = $2', [newRawKeyPair('Ed25519').publicKey]],
    'another id': ['id = $2', [randomUUID()]],
  }
  for (const [how, [change, values]] of Object.entries(changes)) {
    const at = await conversation()
    await sql(`UPDATE box_mailboxes SET ${change} WHERE report_id = $1`, [at.reportId, ...values])
    await t.rejects(staff.write(at.reportId, 'Secret.'), refused, how)
  }

  const [one, other] = [await conversation(jpeg), await conversation(jpeg)]
  await sql('UPDATE box_mailboxes SET lookup_id = $2 WHERE report_id = $1', [
    other.reportId,
    Buffer.alloc(32, 1),
  ])
  await sql('UPDATE box_mailboxes SET lookup_id = $2 WHERE report_id = $1', [
    one.reportId,
    other.reporter.keys.lookupId,
  ])
  t.strictSame(await textsOf(other), [], 'another’s mailbox shows nothing')
  t.strictSame((await other.reporter.read()).attachments, [])
  t.equal((await other.reporter.say('Into the wrong box.')).status, 201)
  t.equal((await other.reporter.attach(jpeg)).status, 201)
  await sql('UPDATE box_mailboxes SET lookup_id = $2 WHERE report_id = $1', [
    one.reportId,
    one.reporter.keys.lookupId,
  ])
  t.notOk((await textsOf(one)).includes('Into the wrong box.'), 'nor is what was put in shown to its owner')
  t.equal((await listOf(one)).length, 1, 'nor to staff')
})

t.test('nothing is sealed to a key but the organisation’s and the one from the receipt', async (t) => {
  const [one, other] = [await conversation(), await conversation()]
  await sql('UPDATE box_mailboxes SET sealing_key = $2 WHERE report_id = $1', [
    one.reportId,
    other.sealingKey,
  ])
  await sql('UPDATE box_mailboxes SET sealing_key = $2 WHERE report_id = $1', [
    other.reportId,
    one.sealingKey,
  ])
  await t.rejects(staff.write(one.reportId, 'Secret.'), { message: 'not-in-this-state' })
  await one.reporter.say('To my own key.')
  t.strictSame(await textsOf(one), [...genuine, 'To my own key.'], 'the reporter reads it with the receipt')
  const kids = new Set(
    (await sql<{ kid: string }>('SELECT kid FROM listed_batch_keys')).map(({ kid }) => kid),
  )
  t.strictSame([...kids], [organisationRecipient(staff.keyring).kid])
  const rows = await sql<{ batch: string; enc: Buffer; ciphertext: Buffer; id: string; key: Buffer }>(
    `SELECT k.batch_id AS batch, k.enc, k.ciphertext, m.id, m.wrapped_key AS key
       FROM listed_mailbox_batch_keys k JOIN listed_reporter_messages m USING (batch_id)
      WHERE k.mailbox_id = $1`,
    [one.mailboxId],
  )
  t.equal(rows.length, 2)
  for (const { batch, enc, ciphertext, id, key } of rows) {
    const open = (pair: typeof one.reporter.keys.x25519) =>
      openBatchKey({ kid: one.mailboxId, ...pair }, batch, { kid: one.mailboxId, enc, ciphertext }, 'mailbox')
    unwrapDataKey(await open(one.reporter.keys.x25519), batch, 'message-from-reporter', id, key)
    await t.rejects(open(other.reporter.keys.x25519))
  }
})

t.end()
