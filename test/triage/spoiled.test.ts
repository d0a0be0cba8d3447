import { activeKey } from '../../src/crypto/keyring.ts'
import { newOrganisationKey } from '../../src/crypto/keyTurns.ts'
import { auditTrail } from '../../src/domain/audit/trail.ts'
import type { SealedRow } from '../../src/domain/envelope/open.ts'
import { type Content, sealStored } from '../../src/domain/envelope/seal.ts'
import { mailboxRecipient } from '../../src/domain/envelope/sealedReport.ts'
import { signSealed } from '../../src/domain/envelope/signing.ts'
import type { Work } from '../../src/domain/envelope/work.ts'
import { statedOfDraft, statedOfSent } from '../../src/domain/mailbox/statedOf.ts'
import { mixBox } from '../../src/domain/mixing/mixBox.ts'
import { purge } from '../../src/domain/retention/purge.ts'
import { rewrap } from '../../src/domain/retention/rewrap.ts'
import { sealingKeyOf } from '../../src/domain/sharing/agencies.ts'
import { statedOfOutcome } from '../../src/domain/sharing/outcomes.ts'
import { signProduct } from '../../src/domain/sharing/product.ts'
import type { StaffDissemination } from '../../src/schemas/sharing.ts'
import type { OpenedReport } from '../../src/schemas/triage.ts'
import { acceptKeysOf } from '../../src/start/acceptKeys.ts'
import { type CaseworkKind, type CaseworkRow, caseworkVersion } from '../../src/storage/casework.ts'
import { staffMessages } from '../../src/storage/conversation.ts'
import { findDissemination } from '../../src/storage/disseminations.ts'
import { outcomesOfReport } from '../../src/storage/outcomes.ts'
import type { Query } from '../../src/storage/pool.ts'
import { newReporter, type Reporter } from '../mailbox/reporter.ts'
import { staffOf } from '../mailbox/staff.ts'
import { asSuperuser } from '../support/cluster.ts'
import { indexAll } from '../support/indexing.ts'
import { patientFetch } from '../support/patience.ts'
import { startTestService } from '../support/service.ts'
import { callerWith, reportFor } from '../support/staffApi.ts'
import { type Test, t } from '../support/suite.ts'

/** What staff wrote holds something else, sealed and signed as ever: an older or newer version of the service, or a flaw, wrote it. */

let now = Date.now()
const clock = () => new Date(now)
const service = await startTestService(t, { clock })
const { base, databaseUrl } = service
const staff = staffOf(t, service)
const { pool, keyring } = staff
const sol = await service.token('supervisor', { name: 'Sol' })
const sade = callerWith(service, await service.token('supervisor', { name: 'Sade' }))
const tam = callerWith(service, await service.token('triager', { name: 'Tam' }))
const licensing = callerWith(service, await service.token('partner', { agency: 'licensing' }))
const word = 'kestrel'

const grade = { source: 2, intelligence: 'D', handling: 'P' }
const addressed = {
  gateway: 'cda-1998-s115',
  basis: 'ukgdpr-public-task',
  necessity: 'They have the power.',
  proportionality: 'Only the address.',
  purpose: 'To inspect.',
  leadOrInformation: 'lead',
}

interface Written {
  reporter: Reporter
  id: string
  path: string
  item: string
  dissemination: string
}

/** A report on which staff have done everything that is sealed. */
async function workedOn(): Promise<Written> {
  const reporter = await newReporter(base)
  const id = await staff.reportOf(reporter.keys.lookupId)
  const path = `/v1/triage/reports/${id}`
  const made = async (what: string, body: object) =>
    (await tam.call<{ id: string }>('POST', `${path}/${what}`, { body, expect: 201 })).body.id
  const version = async () => (await tam.call<OpenedReport>('GET', path)).body.version
  const to = async (by: typeof tam, status: string) =>
    by.call('PATCH', path, { version: await version(), body: { status } })
  await to(tam, 'screening')
  await to(tam, 'sanitising')
  await tam.call('PUT', `${path}/assessment`, { version: 0, body: { rationale: 'Because' } })
  await to(tam, 'graded')
  await made('notes', { text: 'A note' })
  const item = await made('items', { title: 'A title', text: `The ${word}`, kind: 'fact', grade })
  await sade.call('POST', `${path}/items/${item}/approval`, { version: 1, body: { approved: true } })
  await to(sade, 'approved')
  await made('outcomes', {
    type: 'no-trace',
    on: clock().toISOString().slice(0, 10),
    detail: 'Nobody there.',
  })
  const sent = await sade.call<StaffDissemination>('POST', `${path}/disseminations`, {
    body: { agency: 'licensing', items: [item], ...addressed },
    expect: 201,
  })
  await made('entities', {
    entity: { kind: 'vehicle', registration: 'ZZ19 AAB' },
    pointer: '/narrative',
    start: 0,
    end: 5,
  })
  const draft = await made('messages', { text: 'Is there another way in?' })
  await sade.call('POST', `${path}/messages/${draft}/approval`, { version: 1, body: { approved: true } })
  await made('messages', { text: 'What colour is the door?' })
  await sade.call('POST', `${path}/erasure`, {
    body: { ground: 'unlawful', reference: 'A fictional reference', reason: 'As they asked' },
    expect: 201,
  })
  return { reporter, id, path, item, dissemination: sent.body.id }
}

type Contents = (honest: Kind) => Content
type Kind = CaseworkKind | 'draft' | 'staffMessage' | 'outcome' | 'product'

const put = (
  query: Query,
  table: string,
  sealed: SealedRow & { signature: Buffer },
  id: string,
  version?: number,
) =>
  query({
    name: '',
    text: `UPDATE ${table} SET batch_id = $2, wrapped_key = $3, body = $4, signature = $5
            WHERE id = $1 ${version === undefined ? '' : 'AND version = $6'}`,
    values: [
      id,
      sealed.batchId,
      sealed.wrappedKey,
      sealed.body,
      sealed.signature,
      ...(version === undefined ? [] : [version]),
    ],
  })

/** Puts other contents in the place of everything that staff wrote about it, sealed and signed as the service does it. */
async function spoil({ id: reportId, dissemination }: Written, contentOf: Contents): Promise<void> {
  const { mailbox } = await staff.open(reportId)
  await asSuperuser(databaseUrl, async (client) => {
    const { query } = pool
    const change: Query = async ({ text, values }) => (await client.query(text, [...values])).rows
    const work: Work = { query, keyring }
    for (const { kind, id, version } of await query<Pick<CaseworkRow, 'kind' | 'id' | 'version'>>({
      name: '',
      text: 'SELECT kind, id, version FROM casework WHERE report_id = $1',
      values: [reportId],
    })) {
      const row = await caseworkVersion(query, reportId, kind, id, version)
      if (row === undefined) throw new Error('it was there')
      const { author, writtenAt } = row
      const unsealed = { kind, id, version, reportId, author, writtenAt }
      const unsigned = { ...unsealed, ...(await sealStored(work, 'casework', unsealed, contentOf(kind))) }
      const signature = signSealed(keyring, 'casework', unsigned)
      await put(change, 'casework', { ...unsigned, signature }, id, version)
    }
    for (const row of await staffMessages(query, reportId)) {
      const { number, sentOn } = row
      if (number !== null && sentOn !== null) {
        const to = { mailbox: mailboxRecipient(mailbox) }
        const sealed = await sealStored(work, 'staffMessage', row, contentOf('staffMessage'), to)
        const signature = signSealed(
          keyring,
          'staffMessage',
          statedOfSent({ ...row, number, sentOn, ...sealed }),
        )
        await put(change, 'staff_messages', { ...sealed, signature }, row.id)
      } else {
        const sealed = await sealStored(work, 'draft', row, contentOf('draft'))
        const signature = signSealed(keyring, 'draft', statedOfDraft({ ...row, ...sealed }))
        await put(change, 'staff_messages', { ...sealed, signature }, row.id)
      }
    }
    for (const row of await outcomesOfReport(query, reportId, 100, undefined)) {
      const sealed = await sealStored(work, 'outcome', row, contentOf('outcome'))
      const signature = signSealed(keyring, 'outcome', statedOfOutcome({ ...row, ...sealed }))
      await put(change, 'outcomes', { ...sealed, signature }, row.id)
    }
    const row = await findDissemination(query, reportId, dissemination)
    const key = await sealingKeyOf(work, 'licensing')
    if (row === undefined || key === undefined) throw new Error('it was there')
    const agency = { kid: key.kid, publicKey: key.publicKey, slug: 'licensing' }
    const sealed = await sealStored(work, 'product', row, contentOf('product'), { agency })
    await put(
      change,
      'disseminations',
      { ...sealed, signature: signProduct(keyring, { ...row, ...sealed }) },
      row.id,
    )
  })
}

const writings: Written[] = []
const contents: Record<string, Contents> = {
  null: () => Buffer.from('null'),
  'no JSON': () => Buffer.from('In words.'),
  'another shape': (kind) => ({ [kind]: 'A fictional text.', text: 7 }),
}
await reportFor(service, sade, { narrative: `A fictional ${word} that nobody has worked on.` })
for (const contentOf of Object.values(contents)) {
  const written = await workedOn()
  writings.push(written)
  await spoil(written, contentOf)
}

interface Listed {
  items: { id: string }[]
  unreadable?: number
}

/** All that staff, partner and reporter read, each with how many of a list cannot be shown. */
async function nothingStops(t: Test): Promise<void> {
  for (const [at, { reporter, path, item, dissemination }] of writings.entries()) {
    const how = `${Object.keys(contents)[at]}`
    const lists: Record<string, number> = {
      notes: 1,
      items: 1,
      entities: 1,
      outcomes: 1,
      disseminations: 1,
      messages: 2,
    }
    for (const [list, unreadable] of Object.entries(lists)) {
      const { body } = await tam.call<Listed>('GET', `${path}/${list}`)
      t.same([body.items, body.unreadable], [[], unreadable], `${how}: ${list}`)
    }
    await tam.call('GET', path)
    t.match((await tam.call('GET', `${path}/assessment`)).body, { author: null, version: 1 }, how)
    await tam.call('GET', `${path}/history`)
    await tam.call('GET', `${path}/links`)
    await tam.call('GET', `${path}/items/${item}`, { expect: 404 })
    await sade.call('GET', `${path}/erasure`, { expect: 404 })
    await sade.call('GET', `${path}/disseminations/${dissemination}`, { expect: 404 })
    t.equal((await reporter.say('A word more.')).status, 201, how)
    t.same(
      (await reporter.read()).messages.map(({ text }) => text),
      Array(says).fill('A word more.'),
      how,
    )
  }
  says += 1
  const partners = await licensing.call<Listed>('GET', '/v1/partner/disseminations')
  t.match(partners.body, { items: [], unreadable: writings.length })
  const q = { body: { q: word } }
  const found = await tam.call<Listed & { searched: number }>('POST', '/v1/triage/reports/search', q)
  t.match(found.body, { items: [{}], searched: writings.length + 1 })
  for (const accept of ['application/x-ndjson', 'text/csv']) {
    const headers = { authorization: `Bearer ${sol}`, accept }
    const text = await (await patientFetch(`${base}/v1/triage/export`, { headers })).text()
    t.match(text, /"end"/, accept)
    t.equal(text.trim().split('\n').length >= writings.length + 2, true)
  }
  await tam.call('GET', '/v1/triage/reports')
  await tam.call('GET', '/v1/triage/stats?live=true')
  await tam.call('GET', '/v1/triage/watchlist')
  await tam.call('GET', '/v1/triage/events', { headers: { accept: 'application/json' } })
}
let says = 1

t.test('whatever staff wrote holds something else: lists count it, and nothing stops at it', nothingStops)

t.test('staff go on with such a report', async (t) => {
  for (const { path } of writings) {
    await tam.call('POST', `${path}/notes`, { body: { text: 'It cannot be read.' }, expect: 201 })
    const { body } = await tam.call<Listed>('GET', `${path}/notes`)
    t.match(body, { items: [{ text: 'It cannot be read.' }], unreadable: 1 })
    const { version } = (await tam.call<OpenedReport>('GET', path)).body
    await tam.call('PATCH', path, { version, body: { priority: 'high' } })
  }
})

t.test('mixing, indexer, keys and purge go past it', async (t) => {
  t.match(await mixBox({ pool, keyring, clock, interval: 0 }, { includeToday: true }), { emptied: true })
  await indexAll({ pool, keyring })
  const waiting = await pool.query({ name: 'waiting', text: 'SELECT FROM unindexed', values: [] })
  t.same(waiting, [])
  const next = newOrganisationKey(keyring, clock().toISOString().slice(0, 10), 'active')
  await acceptKeysOf(next, pool)
  const audit = auditTrail(pool, next, clock)
  const deps = { pool, keyring: next, audit, clock, periods: { unassessedDays: 365, graceDays: 14 } }
  const by = { id: 'operator', role: 'cli' }
  t.match(await rewrap(deps, by, [activeKey(keyring, 'organisation').kid]), {
    state: 'rewrapped',
    unopened: 0,
  })
  now += 8 * 366 * 86_400_000
  const { reports } = await purge(deps, { beyondShare: true })
  t.ok(reports >= 1, `${reports} purged`)
})

t.end()
