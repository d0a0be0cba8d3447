import { asSuperuser } from '../support/cluster.ts'
import { patientFetch } from '../support/patience.ts'
import { startTestService } from '../support/service.ts'
import { callerWith, reportFor } from '../support/staffApi.ts'
import { t } from '../support/suite.ts'

/** What staff wrote, and nobody can open any more: it is passed over, and stops nothing else. */

const service = await startTestService(t)
const token = await service.token('supervisor', { name: 'Sade' })
const sade = callerWith(service, token)
const admin = callerWith(service, await service.token('admin'))

t.test('notes, items, outcomes, drafts, a case and a webhook that do not open stop no list', async (t) => {
  const id = await reportFor(service, sade, { narrative: 'A fictional kestrel sits on a fictional roof.' })
  const path = `/v1/triage/reports/${id}`
  const grade = { source: 2, intelligence: 'D', handling: 'C' }
  const item = { title: 'Fictional', text: 'Nothing of note.', kind: 'fact', grade }
  await sade.call('POST', `${path}/notes`, { body: { text: 'A fictional note.' }, expect: 201 })
  await sade.call('POST', `${path}/items`, { body: item, expect: 201 })
  await sade.call('PUT', `${path}/assessment`, { version: 0, body: { threat: 'None.' } })
  await sade.call('POST', `${path}/outcomes`, { body: { type: 'no-trace', on: '2026-01-02' }, expect: 201 })
  await sade.call('POST', `${path}/messages`, { body: { text: 'Are you well where you are?' }, expect: 201 })
  await sade.call('PATCH', path, { version: 1, body: { deconfliction: 'hold' } })
  const { body: webhook } = await admin.call<{ id: string }>('POST', '/v1/triage/webhooks', {
    body: { url: 'https://example.org/bell' },
    expect: 201,
  })

  await asSuperuser(service.databaseUrl, async (client) => {
    for (const table of ['casework', 'outcomes', 'staff_messages', 'webhooks'])
      await client.query(
        `UPDATE ${table} SET wrapped_key = set_byte(wrapped_key, 20, get_byte(wrapped_key, 20) # 1)`,
      )
  })
  for (const part of ['notes', 'items', 'outcomes', 'messages']) {
    const { body } = await sade.call<{ items: unknown[] }>('GET', `${path}/${part}`)
    t.same(body.items, [], part)
  }
  t.match((await sade.call('GET', `${path}/assessment`)).body, { threat: '', version: 1 })
  t.match((await sade.call('GET', path)).body, { id, deconfliction: 'not-needed' })
  const exported = await patientFetch(`${service.base}/v1/triage/export`, {
    headers: { authorization: `Bearer ${token}`, accept: 'application/x-ndjson' },
  })
  t.match(await exported.text(), /kestrel[\s\S]*\{"end":true,"count":1\}\n$/)
  t.same((await admin.call<{ items: unknown[] }>('GET', '/v1/triage/webhooks')).body.items, [])
  await admin.call('GET', `/v1/triage/webhooks/${webhook.id}`, { expect: 404 })
  await admin.call('DELETE', `/v1/triage/webhooks/${webhook.id}`, { expect: 204 })

  await sade.call('POST', `${path}/notes`, { body: { text: 'Written after.' }, expect: 201 })
  const { body: notes } = await sade.call<{ items: { text: string }[] }>('GET', `${path}/notes`)
  t.same(
    notes.items.map(({ text }) => text),
    ['Written after.'],
  )
  await sade.call('PUT', `${path}/assessment`, { version: 1, body: { threat: 'Written anew.' } })
})

t.test('products, submissions and submitters that do not open stop neither staff nor partner', async (t) => {
  const tam = callerWith(service, await service.token('triager', { name: 'Tam' }))
  const pat = callerWith(service, await service.token('partner', { name: 'Pat', agency: 'licensing' }))
  const id = await reportFor(service, sade, { narrative: 'A fictional plover by a fictional pool.' })
  const path = `/v1/triage/reports/${id}`
  const to = async (status: string) => {
    const { version } = (await sade.call<{ version: number }>('GET', path)).body
    await sade.call('PATCH', path, { version, body: { status } })
  }
  const made = async (caller: typeof sade, at: string, body: object) =>
    (await caller.call<{ id: string }>('POST', at, { body, expect: 201 })).body.id
  await to('screening')
  await to('sanitising')
  await sade.call('PUT', `${path}/assessment`, { version: 0, body: { rationale: 'Because' } })
  await to('graded')
  const grade = { source: 2, intelligence: 'D', handling: 'P' }
  const words = { title: 'Fictional', text: 'Nothing of note.', kind: 'fact', grade }
  const item = await made(tam, `${path}/items`, words)
  await sade.call('POST', `${path}/items/${item}/approval`, { version: 1, body: { approved: true } })
  await to('approved')
  const addressed = {
    gateway: 'cda-1998-s115',
    basis: 'ukgdpr-public-task',
    necessity: 'They have the power.',
    proportionality: 'Only the address.',
    purpose: 'To inspect.',
    leadOrInformation: 'lead',
  }
  const send = () =>
    made(sade, `${path}/disseminations`, { agency: 'licensing', items: [item], ...addressed })
  const [lost, sent] = [await send(), await send()]
  const shared = '/v1/partner/submissions'
  const share = () =>
    made(pat, shared, {
      category: 'cybercrime',
      narrative: 'Another fictional plover, as told by nobody real.',
      source: { basis: 'own-observation', protect: false },
    })
  const [noBody, noPerson, whole] = [await share(), await share(), await share()]
  const reportOf = await asSuperuser(service.databaseUrl, async (client) => {
    const loseKey = (table: string, column: string, of: string) =>
      client.query(
        `UPDATE ${table} SET ${column} = set_byte(${column}, 20, get_byte(${column}, 20) # 1) WHERE id = $1`,
        [of],
      )
    await loseKey('disseminations', 'wrapped_key', lost)
    await loseKey('disseminations', 'record_wrapped_key', lost)
    await loseKey('submissions', 'wrapped_key', noBody)
    await loseKey('submissions', 'submitter_wrapped_key', noPerson)
    const { rows } = await client.query<{ id: string; report: string }>(
      'SELECT id, report_id AS report FROM submissions',
    )
    return new Map(rows.map(({ id, report }) => [id, report]))
  })

  const listOf = async (caller: typeof sade, at: string) => {
    const { body } = await caller.call<{ items: { id: string }[]; unreadable?: number }>('GET', at)
    return { ids: body.items.map((one) => one.id).sort(), unreadable: body.unreadable ?? 0 }
  }
  const one = { ids: [sent], unreadable: 1 }
  t.same(await listOf(sade, `${path}/disseminations`), one)
  t.same(await listOf(pat, '/v1/partner/disseminations'), one)
  for (const [caller, at] of [
    [sade, `${path}/disseminations`],
    [pat, '/v1/partner/disseminations'],
  ] as const) {
    await caller.call('GET', `${at}/${lost}`, { expect: 404 })
    await caller.call('GET', `${at}/${sent}`)
  }
  t.same((await listOf(pat, shared)).ids, [noPerson, whole].sort())
  await pat.call('GET', `${shared}/${noBody}`, { expect: 404 })
  const headers = { 'audit-reason': 'Fictional' }
  for (const [submission, expect] of [
    [noBody, 404],
    [noPerson, 404],
    [whole, 200],
  ] as const) {
    const report = `/v1/triage/reports/${reportOf.get(submission)}`
    await tam.call('GET', report)
    await tam.call('GET', `${report}/submitter`, { headers, expect })
    await made(tam, `${report}/items`, words)
  }
})

t.end()
