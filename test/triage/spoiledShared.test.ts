import { createHash, randomUUID } from 'node:crypto'
import { activeKey } from '../../src/crypto/keyring.ts'
import { newOrganisationKey } from '../../src/crypto/keyTurns.ts'
import { parseSubmission } from '../../src/domain/acts/submission.ts'
import { auditTrail } from '../../src/domain/audit/trail.ts'
import { openSealed } from '../../src/domain/envelope/open.ts'
import { type Content, sealStored } from '../../src/domain/envelope/seal.ts'
import { signSealed } from '../../src/domain/envelope/signing.ts'
import type { Work } from '../../src/domain/envelope/work.ts'
import { mixBox } from '../../src/domain/mixing/mixBox.ts'
import { purge } from '../../src/domain/retention/purge.ts'
import { rewrap } from '../../src/domain/retention/rewrap.ts'
import type { OpenedReport } from '../../src/schemas/triage.ts'
import { acceptKeysOf } from '../../src/start/acceptKeys.ts'
import { submissionOfReport } from '../../src/storage/submissions.ts'
import { staffOf } from '../mailbox/staff.ts'
import { asSuperuser } from '../support/cluster.ts'
import { indexAll } from '../support/indexing.ts'
import { patientFetch, until } from '../support/patience.ts'
import { startTestService } from '../support/service.ts'
import { callerWith } from '../support/staffApi.ts'
import { t } from '../support/suite.ts'
import { startReceiver } from '../webhooks/receiver.ts'

/** What was shared in, who shared it, and where it rings hold something else, sealed and signed as ever. */

let now = Date.now()
const clock = () => new Date(now)
const receiver = await startReceiver(t)
const environment = { WEBHOOK_ALLOW: `127.0.0.1:${receiver.port}` }
const service = await startTestService(t, { clock, environment, delivering: { pause: 20 } })
const { base, databaseUrl } = service
const { pool, keyring } = staffOf(t, service)
const sol = await service.token('supervisor', { name: 'Sol' })
const sade = callerWith(service, await service.token('supervisor', { name: 'Sade' }))
const tam = callerWith(service, await service.token('triager', { name: 'Tam' }))
const alex = callerWith(service, await service.token('admin', { name: 'Alex' }))
const pat = callerWith(service, await service.token('partner', { name: 'Pat', agency: 'licensing' }))
const shared = '/v1/partner/submissions'
const bells = '/v1/triage/webhooks'

const contents: Record<string, Content> = {
  null: Buffer.from('null'),
  'no JSON': Buffer.from('In words.'),
  'another shape': { reportId: 7, id: null, url: [] },
}

interface Shared {
  how: string
  /** Whether it is the submission that cannot be read, or who submitted it. */
  lost: 'submission' | 'submitter'
  submission: string
  path: string
}

const change = (text: string, values: readonly unknown[]) =>
  asSuperuser(databaseUrl, (client) => client.query(text, [...values]))

async function shareIn(): Promise<{ submission: string; reportId: string }> {
  const body = {
    category: 'cybercrime',
    narrative: 'A fictional kestrel, as told by nobody real to nobody else.',
    source: { basis: 'own-observation', protect: false },
  }
  const { id: submission } = (await pat.call<{ id: string }>('POST', shared, { body, expect: 201 })).body
  const { rows } = await change('SELECT report_id AS id FROM submissions WHERE id = $1', [submission])
  return { submission, reportId: rows[0].id }
}

async function spoil(how: string, lost: Shared['lost'], content: Content): Promise<Shared> {
  const { submission, reportId } = await shareIn()
  const work: Work = { query: pool.query, keyring }
  const row = await submissionOfReport(pool.query, reportId)
  if (row === undefined) throw new Error('it was there')
  const inside = await openSealed(work, 'submission', row, parseSubmission)
  if (inside === undefined) throw new Error('it was open')
  let within: Content = content
  if (lost === 'submitter') {
    const person = await sealStored(work, 'submitter', row, content)
    await change(
      'UPDATE submissions SET submitter_batch_id = $2, submitter_wrapped_key = $3, submitter = $4 WHERE id = $1',
      [submission, person.batchId, person.wrappedKey, person.body],
    )
    within = { ...inside, submitter: createHash('sha256').update(person.body).digest('base64url') }
  }
  const sealed = await sealStored(work, 'submission', row, within)
  const decision = `${row.agency} ${row.shared ? 'shared' : 'own'}`
  const stated = { id: row.id, version: 1, author: row.owner, decision, body: sealed.body }
  const signature = signSealed(keyring, 'submission', stated)
  await change(
    'UPDATE submissions SET batch_id = $2, wrapped_key = $3, body = $4, signature = $5 WHERE id = $1',
    [submission, sealed.batchId, sealed.wrappedKey, sealed.body, signature],
  )
  return { how: `${lost}: ${how}`, lost, submission, path: `/v1/triage/reports/${reportId}` }
}

const spoiled: Shared[] = []
for (const [how, content] of Object.entries(contents))
  for (const lost of ['submission', 'submitter'] as const) spoiled.push(await spoil(how, lost, content))
const whole = await shareIn()

t.test('a submission that holds something else is passed over, and stops no other', async (t) => {
  const { body } = await pat.call<{ items: { id: string }[] }>('GET', shared)
  const readable = spoiled.filter(({ lost }) => lost === 'submitter').map(({ submission }) => submission)
  t.same(body.items.map(({ id }) => id).sort(), [...readable, whole.submission].sort())
  for (const { how, lost, submission } of spoiled) {
    const [done, added] = lost === 'submission' ? [404, 404] : [200, 201]
    await pat.call('GET', `${shared}/${submission}`, { expect: done })
    const text = { body: { text: `A word more of it: ${how}.` }, expect: added }
    await pat.call('POST', `${shared}/${submission}/messages`, text)
  }
})

t.test('its report goes on like any other, and tells nobody who shared it in', async (t) => {
  const audited = { headers: { 'audit-reason': 'Fictional' }, expect: 404 }
  for (const { how, path } of spoiled) {
    const { body } = await tam.call<OpenedReport>('GET', path)
    t.match(body, { origin: 'partner', originAgency: 'licensing' }, how)
    await tam.call('GET', `${path}/submitter`, audited)
    const grade = { source: 2, intelligence: 'D', handling: 'P' }
    const item = { title: 'Fictional', text: 'Nothing of note.', kind: 'fact', grade }
    const { id } = (await tam.call<{ id: string }>('POST', `${path}/items`, { body: item, expect: 201 })).body
    const approval = { version: 1, body: { approved: true } }
    // Nothing can be compared with who that is.
    await sade.call('POST', `${path}/items/${id}/approval`, { ...approval, expect: 409 })
    const told = { version: 1, body: { approved: true, reason: 'It names nobody.' } }
    await sade.call('POST', `${path}/items/${id}/approval`, told)
    await tam.call('PATCH', path, { version: body.version, body: { status: 'screening' } })
    for (const part of ['history', 'messages', 'items', 'links']) await tam.call('GET', `${path}/${part}`)
  }
  const q = { body: { q: 'kestrel' } }
  const found = await tam.call<{ items: unknown[] }>('POST', '/v1/triage/reports/search', q)
  t.equal(found.body.items.length, spoiled.length + 1)
  for (const accept of ['application/x-ndjson', 'text/csv']) {
    const headers = { authorization: `Bearer ${sol}`, accept }
    const text = await (await patientFetch(`${base}/v1/triage/export`, { headers })).text()
    t.match(text, /"end"/, accept)
  }
})

t.test('a webhook that holds something else is passed over, and the others ring', async (t) => {
  const add = async (at: string) =>
    (
      await alex.call<{ id: string }>('POST', bells, {
        body: { url: receiver.url(at), kinds: ['note-added'] },
        expect: 201,
      })
    ).body.id
  const rings = await add('/bell')
  const lost = await Promise.all(Object.keys(contents).map(() => add(`/${randomUUID()}`)))
  for (const [at, content] of Object.values(contents).entries()) {
    const { rows } = await change(
      `SELECT id, version, author, active, kinds, since::int, sealed_on::text AS "sealedOn" FROM webhooks WHERE id = $1`,
      [lost[at]],
    )
    const [row] = rows
    const sealed = await sealStored({ query: pool.query, keyring }, 'webhook', row, content)
    const { id, version, author, active, kinds, since, sealedOn } = row
    const decision = JSON.stringify([active, kinds, String(since), sealedOn])
    const signature = signSealed(keyring, 'webhook', { id, version, author, decision, body: sealed.body })
    await change(
      'UPDATE webhooks SET batch_id = $2, wrapped_key = $3, body = $4, signature = $5 WHERE id = $1',
      [id, sealed.batchId, sealed.wrappedKey, sealed.body, signature],
    )
  }
  const listed = await alex.call<{ items: { id: string }[] }>('GET', bells)
  t.same(
    listed.body.items.map(({ id }) => id),
    [rings],
  )
  const [one] = spoiled
  await tam.call('POST', `${one?.path}/notes`, { body: { text: 'A note.' }, expect: 201 })
  await until(async () => receiver.at('/bell').length > 0)
  for (const id of lost) {
    await alex.call('GET', `${bells}/${id}`, { expect: 404 })
    await alex.call('DELETE', `${bells}/${id}`, { expect: 204 })
  }
})

t.test('mixing, indexer, keys and purge go past it', async (t) => {
  t.match(await mixBox({ pool, keyring, clock, interval: 0 }, { includeToday: true }), { emptied: true })
  await indexAll({ pool, keyring })
  const next = newOrganisationKey(keyring, clock().toISOString().slice(0, 10), 'active')
  await acceptKeysOf(next, pool)
  const periods = { unassessedDays: 365, graceDays: 14 }
  const deps = { pool, keyring: next, audit: auditTrail(pool, next, clock), clock, periods }
  const by = { id: 'operator', role: 'cli' }
  const moved = await rewrap(deps, by, [activeKey(keyring, 'organisation').kid])
  t.match(moved, { state: 'rewrapped', unopened: 0 })
  now += 8 * 366 * 86_400_000
  const { reports } = await purge(deps, { beyondShare: true })
  t.equal(reports, spoiled.length + 1)
})

t.end()
