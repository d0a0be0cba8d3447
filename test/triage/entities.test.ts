import { readKeyringFile } from '../../src/crypto/keyring.ts'
import type { ConfirmedEntity, EntityDraft, EntityList } from '../../src/schemas/entities.ts'
import { openPool } from '../../src/storage/pool.ts'
import { asSuperuser } from '../support/cluster.ts'
import { indexAll } from '../support/indexing.ts'
import { startTestService } from '../support/service.ts'
import { byTwo, type Caller, callerWith, idOf, reportFor } from '../support/staffApi.ts'
import { t } from '../support/suite.ts'

const service = await startTestService(t)
const pool = openPool(service.databaseUrl, 'sotto_triage', 2)
t.after(() => pool.close())
const keyring = readKeyringFile(service.keyringFile)
const sade = callerWith(service, await service.token('supervisor', { name: 'Sade' }))
const bea = callerWith(service, await service.token('supervisor', { name: 'Bea' }))
const tam = callerWith(service, await service.token('triager', { name: 'Tam', agency: 'community-safety' }))

const pathOf = (id: string) => `/v1/triage/reports/${id}/entities`
const entitiesOf = async (id: string, caller: Caller = tam) =>
  (await caller.call<EntityList>('GET', pathOf(id))).body
const confirm = async (id: string, body: EntityDraft, caller: Caller = tam) =>
  (await caller.call<ConfirmedEntity>('POST', pathOf(id), { body, expect: 201 })).body
async function linksOf(id: string) {
  await indexAll({ pool, keyring })
  const { body } = await tam.call<{ items: { id: string; kind: string; version: number }[] }>(
    'GET',
    `/v1/triage/reports/${id}/links`,
  )
  return body.items
}
const told = (text: string) =>
  reportFor(service, tam, { narrative: `${text} It is all fictional, of course.` })

t.test('numbers, plates and postcodes of the text are proposed, with where they stand', async (t) => {
  const narrative =
    'Ev’ry night a van, ＱX12 ZZA, comes; he rings 07700 900211 from 14 Marrow Close, Harrowmere, BS99 1AA. ' +
    'Later a B-AB 1234. In 2024 at 9 pm with 20 men on the M25 at b4 1am; 07911 123xxx, AB12 C?E. QX12ZZA again.'
  const id = await reportFor(service, tam, {
    narrative,
    when: { text: 'Or ring +353 87 123 4567.' },
    entities: [{ kind: 'vehicle', registration: 'B-AB 1234' }],
  })
  const { items, found } = await entitiesOf(id)
  t.same(items, [])
  t.same(
    found.map(({ entity }) => entity),
    [
      { kind: 'vehicle', registration: 'ＱX12 ZZA' },
      { kind: 'phone', number: '07700 900211' },
      { kind: 'premises', address: '14 Marrow Close, Harrowmere, BS99 1AA' },
      { kind: 'phone', number: '+353 87 123 4567' },
    ],
    'each once, and none that the report names elsewhere or that is half remembered',
  )
  for (const { entity, pointer, start, end } of found.slice(0, 3)) {
    t.equal(pointer, '/narrative')
    t.ok(Object.values(entity).includes(narrative.slice(start, end)))
  }
  t.match(found[3], { pointer: '/when/text', start: 8, end: 24 })
})

t.test('what is found links nothing; once confirmed it links, and withdrawn it does not', async (t) => {
  const first = await told('He drives WX19 QQA to the lock-up.')
  const second = await told('A WX19QQA was outside again.')
  t.same(await linksOf(first), [])
  for (const id of [first, second]) {
    const [draft] = (await entitiesOf(id)).found
    if (draft === undefined) throw new Error('nothing was found')
    const made = await confirm(id, draft)
    t.match(made, { ...draft, by: { id: await idOf(tam), name: 'Tam' } })
    const { items, found } = await entitiesOf(id, sade)
    t.same([items, found], [[made], []], 'it is no proposal any more')
  }
  const [link] = await linksOf(first)
  t.match(link, { kind: 'registration', version: 1 })

  const decided = { version: 1, body: { decision: 'confirmed', independence: 'likely' } }
  await sade.call('PUT', `/v1/triage/reports/${first}/links/${link?.id}`, decided)
  const watched = await sade.call<{ items: object[] }>('GET', '/v1/triage/watchlist')
  t.match(watched.body.items, [{ kind: 'registration', value: 'WX19QQA', reports: 2 }])

  const third = await told('WX19 QQA, seen once more.')
  const [draft] = (await entitiesOf(third)).found
  const made = draft && (await confirm(third, draft))
  t.equal((await linksOf(third)).length, 2)
  await sade.call('DELETE', `${pathOf(third)}/${made?.id}`, { expect: 204 })
  t.same(await linksOf(third), [], 'proposals go with it')
  t.match(await linksOf(first), [{ id: link?.id }], 'what a person decided stays')
  t.equal((await entitiesOf(third)).found.length, 1, 'it is found again')
  await sade.call('DELETE', `${pathOf(third)}/${made?.id}`, { expect: 404 })
})

t.test('a thing that the report names elsewhere keeps its links when it is withdrawn', async (t) => {
  const phone = { entities: [{ kind: 'phone' as const, number: '07700 900733' }] }
  const first = await reportFor(service, tam, phone)
  const second = await reportFor(service, tam, phone)
  for (const id of [first, second]) {
    await tam.call('POST', `/v1/triage/reports/${id}/notes`, { body: { text: 'Read' }, expect: 201 })
  }
  const made = await confirm(first, {
    entity: phone.entities[0] as never,
    pointer: '/narrative',
    start: 0,
    end: 5,
  })
  t.equal((await linksOf(first)).length, 1)
  await tam.call('DELETE', `${pathOf(first)}/${made.id}`, { expect: 204 })
  t.equal((await linksOf(first)).length, 1)
})

t.test('a place outside the texts of the report is refused, and what is no entity', async (t) => {
  const id = await told('Nothing to find here.')
  const draft = { entity: { kind: 'person', name: 'A. Nonymous' }, pointer: '/narrative', start: 0, end: 7 }
  for (const [wrong, pointer] of [
    [{ pointer: '/nowhere' }, '/pointer'],
    [{ pointer: '/constructor/name' }, '/pointer'],
    [{ pointer: 'narrative' }, '/pointer'],
    [{ end: 9_000 }, '/end'],
    [{ start: 7 }, '/start'],
    [{ start: -1 }, '/start'],
    [{ entity: { kind: 'dragon' } }, '/entity'],
    [{ entity: { kind: 'phone', number: 7 } }, '/entity/number'],
    [{ note: 'x' }, ''],
  ] as const) {
    const answer = await tam.call<{ errors: { pointer: string }[] }>('POST', pathOf(id), {
      body: { ...draft, ...wrong },
      expect: 400,
    })
    t.same(
      answer.body.errors.map((error) => error.pointer),
      [pointer],
      JSON.stringify(wrong),
    )
  }
  t.same((await entitiesOf(id)).items, [])
})

t.test('confirming is an act of staff: recorded, an event, once for one key', async (t) => {
  const id = await told('The number is 07700 900811.')
  const [draft] = (await entitiesOf(id)).found
  const headers = { 'idempotency-key': 'entity-0123456789abcdefghij' }
  const twice = await Promise.all(
    [1, 2].map(() => tam.call<ConfirmedEntity>('POST', pathOf(id), { body: draft, headers, expect: 201 })),
  )
  t.same(twice[0]?.body, twice[1]?.body)
  const { items } = await entitiesOf(id)
  t.equal(items.length, 1)
  await tam.call('DELETE', `${pathOf(id)}/${items[0]?.id}`, { expect: 204 })
  const history = await sade.call<{ items: { action: string; target: string }[] }>(
    'GET',
    `/v1/triage/reports/${id}/history`,
  )
  const targets = history.body.items.map(({ action, target }) => `${action} ${target.split(id)[1]}`)
  t.ok(targets.includes('consultation /entities'))
  t.ok(targets.includes(`alteration /entity/${items[0]?.id}`))
  t.ok(targets.includes(`alteration /entity/${items[0]?.id}/withdrawn`))
  const events = await sade.call<{ items: { kind: string; report: string | null }[] }>(
    'GET',
    '/v1/triage/events?limit=200',
    { headers: { accept: 'application/json' } },
  )
  const kinds = events.body.items.filter(({ report }) => report === id).map(({ kind }) => kind)
  t.same(kinds, ['entity-confirmed', 'entity-withdrawn'])
})

t.test('what a person may not see has no entities for them, and gets none', async (t) => {
  const id = await told('The number is 07700 900912.')
  const [draft] = (await entitiesOf(id)).found
  const made = draft && (await confirm(id, draft))
  const unknown = '0f8fad5b-d9cb-469f-a165-70867728950e'
  await tam.call('GET', pathOf(unknown), { expect: 404 })
  const refused = async (caller: Caller) => {
    await caller.call('GET', pathOf(id), { expect: 404 })
    await caller.call('POST', pathOf(id), { body: draft, expect: 404 })
    await caller.call('DELETE', `${pathOf(id)}/${made?.id}`, { expect: 404 })
  }
  await byTwo([sade, bea], `/v1/triage/reports/${id}`, 1, { conflictOfInterest: ['community-safety'] })
  await refused(tam)
  const names = [await idOf(sade), await idOf(bea)]
  await byTwo([sade, bea], `/v1/triage/reports/${id}`, 3, { restrictedTo: names })
  await refused(callerWith(service, await service.token('supervisor', { agency: 'licensing' })))
  t.equal((await entitiesOf(id, sade)).items.length, 1)
})

t.test('a row that was changed behind the back of the service names nothing', async (t) => {
  const id = await told('The number is 07700 900913.')
  const [draft] = (await entitiesOf(id)).found
  if (draft !== undefined) await confirm(id, draft)
  const text = "UPDATE casework SET author = gen_random_uuid() WHERE kind = 'entity' AND report_id = $1"
  await asSuperuser(service.databaseUrl, (client) => client.query(text, [id]))
  t.same((await entitiesOf(id)).items, [])
})

t.end()
