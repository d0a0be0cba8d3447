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

t.end()
