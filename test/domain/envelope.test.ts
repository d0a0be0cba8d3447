import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { activeKey, makeKeyring } from '../../src/crypto/keyring.ts'
import { newRawKeyPair } from '../../src/crypto/rawKeys.ts'
import { type AssociatedData, newDataKey, sealBody } from '../../src/crypto/seal.ts'
import { associatedDataOf, type RowOf } from '../../src/domain/envelope/associatedData.ts'
import { beginBatch, type Recipients } from '../../src/domain/envelope/batch.ts'
import { batchKeysOf } from '../../src/domain/envelope/batchKeys.ts'
import { openSealed, openWith, type SealedRow, withDataKey } from '../../src/domain/envelope/open.ts'
import { organisationPairs, organisationRecipient } from '../../src/domain/envelope/organisationKeys.ts'
import { reportOpener } from '../../src/domain/envelope/reportOpener.ts'
import { rewrap, wrapOf } from '../../src/domain/envelope/rewrap.ts'
import { type Sealed, seal } from '../../src/domain/envelope/seal.ts'
import type { SealedContent } from '../../src/domain/envelope/sealedReport.ts'
import { isGenuine, signSealed } from '../../src/domain/envelope/signing.ts'
import { joinBatch, sealReport } from '../../src/domain/intake/sealing.ts'
import { mixBox } from '../../src/domain/mixing/mixBox.ts'
import type { NewBatch } from '../../src/storage/batchKeys.ts'
import type { Query } from '../../src/storage/pool.ts'
import {
  type SealedKindName,
  sealedKind,
  sealedKinds,
  wrappedKeyColumns,
} from '../../src/vocabulary/sealedKinds.ts'
import { plain } from '../images/fixtures.ts'
import { newReporter } from '../mailbox/reporter.ts'
import { staffOf } from '../mailbox/staff.ts'
import { watchKeys } from '../support/keyWatch.ts'
import { patientFetch } from '../support/patience.ts'
import { sampleReport } from '../support/reports.ts'
import { startTestService } from '../support/service.ts'
import { callerWith } from '../support/staffApi.ts'
import { t } from '../support/suite.ts'

/** What holds for every kind of sealed object, walked along the table of kinds. */

const names = Object.keys(sealedKinds) as SealedKindName[]
const keyring = makeKeyring('2026-11-28')
const mailbox = { kid: randomUUID(), ...newRawKeyPair('X25519') }
const agency = { kid: 'agy-1', slug: 'licensing', ...newRawKeyPair('X25519') }
const organisation = [organisationRecipient(keyring)]
const text = 'A fictional thing.'
const read = (opened: Uint8Array) => Buffer.from(opened).toString()
const noDatabase: Query = () => Promise.reject(new Error('nothing is asked of a database'))

/** Every field that any kind's place is made of. */
const row = {
  id: '1b4e28ba-2fa1-4d3b-8f3f-0016d3cca427',
  reportId: '6fa459ea-ee8a-4ca4-894e-db77e160355e',
  kind: 'note',
  version: 3,
  number: 4,
  receivedOn: '2026-03-01',
  writtenOn: '2026-03-02',
  sentOn: '2026-03-03',
  sealedOn: '2026-03-04',
  writtenAt: new Date('2026-03-05T23:59:59Z'),
  sentAt: new Date('2026-03-06T00:00:00Z'),
  recordedAt: new Date('2026-03-07T12:00:00Z'),
  at: new Date('2026-03-08T12:00:00Z'),
  submittedOn: '2026-03-09',
} satisfies { [Name in SealedKindName]: RowOf<Name> }[SealedKindName]

const recipientsOf = (name: SealedKindName): Recipients => {
  const { alsoTo } = sealedKind(name)
  return {
    organisation,
    ...(alsoTo === 'mailbox' ? { mailbox } : {}),
    ...(alsoTo === 'agency' ? { agency } : {}),
  }
}
const stored = ({ batch, wrappedKey, body }: Sealed): typeof row & SealedRow => ({
  ...row,
  batchId: batch.batchId,
  wrappedKey,
  body,
})
const keysOf =
  ({ organisation: keys }: NewBatch) =>
  async () => [...keys]
const open = (name: SealedKindName, sealed: Sealed, of: typeof row = row) =>
  openSealed({ query: noDatabase, keyring }, name, { ...stored(sealed), ...of }, read, keysOf(sealed.batch))

t.test('what is bound of each kind never changes: what was sealed before opens', async (t) => {
  const ofReport = { objectId: row.id, reportId: row.reportId, version: 1 }
  const ofNone = { objectId: row.id, reportId: '', version: 1 }
  const [reporter, staff] = [{ sender: 'reporter' }, { sender: 'staff' }]
  const expected: Record<SealedKindName, AssociatedData> = {
    report: {
      ...ofReport,
      ...reporter,
      kind: 'report',
      column: 'body',
      reportId: row.id,
      receivedOn: '2026-03-01',
    },
    casework: {
      ...ofReport,
      ...staff,
      kind: 'casework',
      column: 'note',
      receivedOn: '2026-03-05',
      version: 3,
    },
    reporterMessage: {
      ...ofReport,
      ...reporter,
      kind: 'message-from-reporter',
      column: 'body',
      receivedOn: '2026-03-03',
      version: 4,
    },
    staffMessage: {
      ...ofReport,
      ...staff,
      kind: 'message-from-staff',
      column: 'body',
      receivedOn: '2026-03-02',
    },
    draft: { ...ofReport, ...staff, kind: 'message-from-staff', column: 'draft', receivedOn: '2026-03-02' },
    image: { ...ofReport, ...reporter, kind: 'attachment', column: 'body', receivedOn: '2026-03-01' },
    imageFacts: { ...ofReport, ...reporter, kind: 'attachment', column: 'meta', receivedOn: '2026-03-01' },
    product: { ...ofNone, ...staff, kind: 'dissemination', column: 'body', receivedOn: '2026-03-06' },
    productRecord: { ...ofNone, ...staff, kind: 'dissemination', column: 'record', receivedOn: '2026-03-06' },
    outcome: { ...ofNone, ...staff, kind: 'outcome', column: 'body', receivedOn: '2026-03-07' },
    submission: { ...ofNone, ...staff, kind: 'submission', column: 'body', receivedOn: '2026-03-09' },
    submitter: { ...ofReport, ...staff, kind: 'submission', column: 'submitter', receivedOn: '2026-03-09' },
    webhook: {
      ...ofNone,
      ...staff,
      kind: 'webhook',
      column: 'body',
      receivedOn: '2026-03-04',
      version: 3,
    },
    auditReason: {
      ...ofNone,
      ...staff,
      kind: 'audit-reason',
      column: 'reason_body',
      receivedOn: '2026-03-08',
    },
  }
  for (const name of names) t.strictSame(associatedDataOf(name, row), expected[name], name)
  t.throws(
    () => associatedDataOf('report', { id: row.id } as RowOf<'report'>),
    'a row that does not tell its day',
  )
})

t.test('every kind opens to those that it is sealed to, and to nobody else', async (t) => {
  for (const name of names) {
    const { alsoTo, smallest } = sealedKind(name)
    const sealed = await seal(name, row, text, recipientsOf(name))
    t.equal(sealed.body.length, 29 + smallest, `${name}: padded to its least size`)
    t.equal(await open(name, sealed), text, name)
    const others = { mailbox: sealed.batch.mailbox, agency: sealed.batch.agency }
    for (const [purpose, pair] of Object.entries({ mailbox, agency }) as ['mailbox', typeof mailbox][]) {
      const key = others[purpose]
      t.equal(key !== undefined, alsoTo === purpose, `${name}: for the ${purpose}`)
      const opened = key && (await openWith(pair, purpose, name, { ...stored(sealed), ...key }, read))
      t.equal(opened, key && text, `${name}: as the ${purpose} opens it`)
      const other = { ...newRawKeyPair('X25519'), kid: pair.kid }
      if (key) t.equal(await openWith(other, purpose, name, { ...stored(sealed), ...key }, read), undefined)
    }
    const stranger = makeKeyring('2026-11-28')
    t.equal(
      await openSealed(
        { query: noDatabase, keyring: stranger },
        name,
        stored(sealed),
        read,
        keysOf(sealed.batch),
      ),
      undefined,
    )
  }
})

t.test('no kind is sealed to whom it is not for', async (t) => {
  for (const name of names) {
    for (const to of [{ organisation }, { organisation, mailbox }, { organisation, agency }]) {
      if (JSON.stringify(to) === JSON.stringify(recipientsOf(name))) continue
      await t.rejects(seal(name, row, text, to), TypeError, name)
    }
    await t.rejects(seal(name, row, text, { ...recipientsOf(name), organisation: [] }), RangeError)
  }
})

t.test('moved to another place, or taken for another kind, nothing opens', async (t) => {
  const changed = {
    id: randomUUID(),
    reportId: randomUUID(),
    kind: 'assessment',
    version: 9,
    number: 9,
    receivedOn: '2026-04-01',
    writtenOn: '2026-04-01',
    sentOn: '2026-04-01',
    sealedOn: '2026-04-01',
    writtenAt: new Date('2026-04-01'),
    sentAt: new Date('2026-04-01'),
    recordedAt: new Date('2026-04-01'),
    at: new Date('2026-04-01'),
  }
  for (const name of names) {
    const sealed = await seal(name, row, text, recipientsOf(name))
    const { column, day, report, version } = sealedKind(name)
    const bound = ['id', day, report, version, typeof column === 'string' ? undefined : column.field]
    for (const field of Object.keys(changed) as (keyof typeof changed)[]) {
      const opened = await open(name, sealed, { ...row, [field]: changed[field] })
      t.equal(opened, bound.includes(field) ? undefined : text, `${name} with another ${field}`)
    }
    for (const other of names) if (other !== name) t.equal(await open(other, sealed), undefined, other)
  }
})

t.test(
  'a data key put under a new batch key opens the same body, and the old batch opens nothing',
  async (t) => {
    for (const name of names) {
      const sealed = await seal(name, row, text, recipientsOf(name))
      const anew = await withDataKey(
        { query: noDatabase, keyring },
        name,
        stored(sealed),
        (dataKey) => rewrap(name, row.id, dataKey, recipientsOf(name)),
        keysOf(sealed.batch),
      )
      if (anew === undefined) return t.fail(name)
      const moved = { ...sealed, ...anew }
      t.equal(await open(name, moved), text, name)
      t.not(anew.batch.batchId, sealed.batch.batchId)
      t.equal(await open(name, { ...moved, batch: sealed.batch }), undefined)
    }
  },
)

t.test(
  'a mailbox or an agency that nothing can be sealed to is left out of a new wrap, and told',
  async (t) => {
    const unusable = { kid: randomUUID(), slug: 'licensing', publicKey: Buffer.alloc(32) }
    const to = { organisation, mailbox: unusable, agency: unusable }
    const { batch } = await rewrap('report', row.id, newDataKey(), to)
    t.equal(batch.organisation.length, 1)
    t.same([batch.mailbox, batch.agency], [undefined, undefined])
    await t.rejects(seal('reporterMessage', row, text, { organisation, mailbox: unusable }))
  },
)

t.test('a signature of the service holds for one object of one kind alone', async (t) => {
  const stated = { ...row, author: randomUUID(), decision: 'sent', body: Buffer.from('ciphertext') }
  for (const name of names) {
    if (sealedKind(name).signed !== 'by-service') {
      t.throws(() => signSealed(keyring, name, stated), TypeError, `${name} is not the service's to sign`)
      continue
    }
    const signature = signSealed(keyring, name, stated)
    t.ok(isGenuine(keyring, name, { ...stated, signature }), name)
    t.notOk(isGenuine(makeKeyring('2026-11-28'), name, { ...stated, signature }), 'by another service')
    const changes = [
      { id: randomUUID() },
      { reportId: randomUUID() },
      { version: 9 },
      { author: randomUUID() },
      { decision: 'draft' },
      { body: Buffer.from('another') },
    ]
    for (const change of changes) {
      t.notOk(isGenuine(keyring, name, { ...stated, ...change, signature }), Object.keys(change).join())
    }
    for (const other of names.filter((one) => sealedKind(one).signed === 'by-service')) {
      const isSame = sealedKind(other).kind === sealedKind(name).kind
      t.equal(isGenuine(keyring, other, { ...stated, signature }), isSame, `${name} as ${other}`)
    }
  }
})

t.test('no key and no plaintext outlives sealing, opening and rewrapping, of no kind', async (t) => {
  const watch = watchKeys()
  t.teardown(watch.stop)
  sealBody(
    activeKey(keyring, 'organisation') && newDataKey(),
    associatedDataOf('report', row),
    Buffer.from(text),
    64,
  )
  t.strictSame(watch.take(), { uses: 1, seen: 1, left: 1 }, 'a key that is not wiped is noticed')
  for (const name of names) {
    const to = recipientsOf(name)
    const also = Object.keys(to).length - 1
    const sealed = await seal(name, row, { text }, to)
    t.strictSame(watch.take(), { uses: 3 + also, seen: 3 + also, left: 0 }, `${name}: sealed`)
    t.match(await open(name, sealed), text)
    t.strictSame(watch.take(), { uses: 3, seen: 3, left: 0 }, `${name}: opened`)
    const { mailbox: toMailbox, agency: toAgency } = sealed.batch
    if (toMailbox) await openWith(mailbox, 'mailbox', name, { ...stored(sealed), ...toMailbox }, read)
    if (toAgency) await openWith(agency, 'agency', name, { ...stored(sealed), ...toAgency }, read)
    t.strictSame(watch.take(), { uses: 3 * also, seen: 3 * also, left: 0 }, `${name}: by others`)
    await withDataKey(
      { query: noDatabase, keyring },
      name,
      stored(sealed),
      (dataKey) => rewrap(name, row.id, dataKey, to),
      keysOf(sealed.batch),
    )
    t.strictSame(watch.take(), { uses: 4 + also, seen: 4 + also, left: 0 }, `${name}: rewrapped`)
    const broken = { ...sealed, body: Buffer.alloc(sealed.body.length) }
    t.equal(await open(name, broken), undefined)
    t.equal(watch.take().left, 0, `${name}: what does not open leaves nothing either`)
    await t.rejects(
      openSealed(
        { query: noDatabase, keyring },
        name,
        stored(sealed),
        () => {
          throw new Error('a parser that fails')
        },
        keysOf(sealed.batch),
      ),
    )
    t.equal(watch.take().left, 0, `${name}: nor does what cannot be read`)
  }
})

t.test(
  'keys of batches that many objects share are wiped with the batch, and with whoever held them',
  async (t) => {
    const watch = watchKeys()
    t.teardown(watch.stop)
    const count = 3
    const listed = { category: 'other-serious-crime', priority: 1, leadAgency: 'police', supportAgencies: [] }
    const pending = Array.from({ length: count }, () => ({
      ...sealReport({ ...listed, id: randomUUID(), restricted: false }, row.receivedOn, contentOf()),
      mailbox: undefined as never,
      answer: undefined,
    }))
    const batch = await beginBatch({ organisation })
    const { reports, batchId, batchKeys: sealedKeys } = joinBatch(batch, pending)
    for (const { dataKey } of pending) dataKey.fill(0)
    t.strictSame(watch.take(), { uses: 2 * count + 1, seen: 2 * count + 1, left: 0 }, 'put in')

    const [key = { kid: '', enc: Buffer.alloc(0), ciphertext: Buffer.alloc(0) }] = sealedKeys
    const opening = reportOpener(organisationPairs(keyring), 1)
    for (const { id, wrappedKey, body } of reports) {
      t.ok(await opening({ ...row, id, wrappedKey, body, batchId, ...key }), 'opens with its neighbours')
    }
    t.strictSame(
      watch.take(),
      { uses: 2 * count + 1, seen: 2 * count + 1, left: 1 + count },
      'its key is held',
    )
    opening.forget()

    const held = batchKeysOf({ query: keysByQuery(batchId, key), keyring })
    await held.open([batchId])
    const batchKey = held.of(batchId)
    t.ok(batchKey?.some((byte) => byte !== 0))
    held.forget()
    t.ok(
      batchKey?.every((byte) => byte === 0),
      'forgotten',
    )
  },
)

t.test('every kind that shares key columns binds the same into the wrap of its key', async (t) => {
  for (const columns of wrappedKeyColumns) {
    const kinds = names.filter((name) => sealedKind(name).wrappedKey.name === columns.name)
    t.equal(new Set(kinds.map((name) => sealedKind(name).kind)).size, 1, columns.name)
    t.ok(kinds.includes(columns.sealedAs))
  }
  t.equal(wrapOf({ batch: { batchId: 'b', organisation: [] }, wrappedKey: Buffer.alloc(1) }).batchId, 'b')
})

t.test('a service at work holds no key and no plaintext but the key of the batch to come', async (t) => {
  const watch = watchKeys()
  t.teardown(watch.stop)
  const service = await startTestService(t)
  const staff = staffOf(t, service)
  const supervisor = callerWith(service, await service.token('supervisor', { name: 'Sade' }))
  const reporter = await newReporter(service.base)
  await reporter.say('And a fictional thing more.')
  await reporter.attach(await plain(40, 30).jpeg().toBuffer())
  const reportId = await staff.reportOf(reporter.keys.lookupId)
  const path = `/v1/triage/reports/${reportId}`
  await supervisor.call('GET', path)
  await supervisor.call('POST', `${path}/notes`, { body: { text: 'A fictional note.' }, expect: 201 })
  await staff.write(reportId, 'A fictional answer.')
  const { items } = (await supervisor.call<{ items: { id: string }[] }>('GET', `${path}/attachments`)).body
  await patientFetch(`${service.base}${path}/attachments/${items[0]?.id}`, {
    headers: { authorization: `Bearer ${await service.token('supervisor')}` },
  })
  await patientFetch(`${service.base}/v1/triage/export`, {
    headers: { authorization: `Bearer ${await service.token('supervisor')}` },
  }).then((response) => response.text())
  t.equal((await reporter.read()).messages.length, 2)
  const { pool, keyring: keys } = staff
  await newReporter(service.base)
  await mixBox({ pool, keyring: keys, clock: () => new Date(), interval: 0 }, { includeToday: true })
  while (watch.left() > 1) await sleep(100)
  t.equal(watch.left(), 1, 'the next batch has its key already')
  t.ok(watch.take().uses > 50)
})

function contentOf(): SealedContent {
  const own = { id: row.id, sealingKey: '', signingKey: '' }
  return { report: sampleReport(), proposals: [], mailbox: own }
}

function keysByQuery(batchId: string, key: { kid: string; enc: Buffer; ciphertext: Buffer }): Query {
  return async <Row>() => [{ batchId, ...key }] as Row[]
}
