import { ReportPatch } from '../../src/schemas/casework.ts'
import type { EventPage } from '../../src/schemas/events.ts'
import { guardedFields } from '../../src/schemas/pending.ts'
import { asSuperuser } from '../support/cluster.ts'
import { startTestService } from '../support/service.ts'
import { byTwo, type Caller, callerWith, idOf, reportFor } from '../support/staffApi.ts'
import { t } from '../support/suite.ts'

/** What one person of triage may not do alone (contract section 1, "Loosening and hiding"). */

t.setTimeout(120_000)
const service = await startTestService(t)
const tam = callerWith(service, await service.token('triager', { name: 'Tam' }))
const sade = callerWith(service, await service.token('supervisor', { name: 'Sade' }))
const sadeAgain = callerWith(service, await service.token('supervisor', { name: 'Sade' }))
const bea = callerWith(service, await service.token('supervisor', { name: 'Bea' }))
const cyd = callerWith(service, await service.token('supervisor', { name: 'Cyd' }))
const lou = callerWith(service, await service.token('supervisor', { name: 'Lou', agency: 'licensing' }))
const [tamId, sadeId, beaId, cydId, louId] = await Promise.all([tam, sade, bea, cyd, lou].map(idOf))
const reason = 'Fictional'

interface View {
  version: number
  flags: string[]
  restrictedTo: { id: string; name: string }[]
  conflictOfInterest: string[]
  reviewGroup: string
  proceedingsKnown: boolean
  priority: string
  pending: { field: string; value: unknown; by: { id: string; name: string }; on: string }[]
}

const pathOf = (id: string) => `/v1/triage/reports/${id}`
/** A new report, as these people left it one after the other. */
async function fresh(
  ...steps: [Caller, Record<string, unknown>][]
): Promise<{ path: string; version: number }> {
  const path = pathOf(await reportFor(service, tam))
  let version = 1
  for (const [caller, body] of steps) {
    await caller.call('PATCH', path, { version, body })
    version += 1
  }
  return { path, version }
}
const seenBy = async (caller: Caller, path: string) => (await caller.call<View>('GET', path)).body
const today = () => new Date().toISOString().slice(0, 10)
const columnsOf = (path: string) =>
  asSuperuser(service.databaseUrl, async (client) => {
    const { rows } = await client.query(
      'SELECT pending, loosened_on::text AS "loosenedOn", restricted FROM reports WHERE id = $1',
      [path.slice(-36)],
    )
    return rows[0]
  })

/**
 * Each change that the contract names: from what, to what, and what it does. `tightens`: anyone alone. `changes`: a
 * supervisor with a reason. `loosens`: two of them.
 */
const cases: {
  what: string
  before?: Record<string, unknown>
  change: Record<string, unknown>
  does: 'tightens' | 'changes' | 'loosens'
  held: (view: View) => boolean
}[] = [
  {
    what: 'a hold',
    change: { legalHold: true },
    does: 'tightens',
    held: ({ flags }) => flags.includes('legalHold'),
  },
  ...[false, null].map((legalHold) => ({
    what: `the end of a hold by ${legalHold}`,
    before: { legalHold: true },
    change: { legalHold },
    does: 'loosens' as const,
    held: ({ flags }: View) => !flags.includes('legalHold'),
  })),
  {
    what: 'proceedings',
    change: { proceedingsKnown: true },
    does: 'tightens',
    held: ({ proceedingsKnown }) => proceedingsKnown,
  },
  ...[false, null].map((proceedingsKnown) => ({
    what: `proceedings taken back by ${proceedingsKnown}`,
    before: { proceedingsKnown: true },
    change: { proceedingsKnown },
    does: 'loosens' as const,
    held: (view: View) => !view.proceedingsKnown,
  })),
  ...(
    [
      ['unassessed', '3', 'tightens'],
      ['3', '2', 'tightens'],
      ['2', '1', 'tightens'],
      ['4', '3', 'tightens'],
      ['unassessed', '4', 'changes'],
      ['1', '2', 'loosens'],
      ['2', '3', 'loosens'],
      ['3', '4', 'loosens'],
      ['3', null, 'loosens'],
    ] as const
  ).map(([from, to, does]) => ({
    what: `group ${from} to ${to}`,
    ...(from === 'unassessed' ? {} : { before: { reviewGroup: from, reason } }),
    change: { reviewGroup: to },
    does,
    held: ({ reviewGroup }: View) => reviewGroup === (to ?? 'unassessed'),
  })),
  {
    what: 'a conflict',
    change: { conflictOfInterest: ['trading-standards'] },
    does: 'loosens',
    held: ({ conflictOfInterest }) => conflictOfInterest.length === 1,
  },
]

t.test('every field by which a report could be made to vanish is guarded, and no other is', async (t) => {
  const anyone = [
    'status',
    'priority',
    'assignee',
    'leadAgency',
    'supportAgencies',
    'category',
    'deconfliction',
  ]
  const more = [
    'referrals',
    'disclosureRequests',
    'attentionBy',
    'closeReason',
    'suspectedMalicious',
    'reason',
  ]
  t.strictSame(Object.keys(ReportPatch.properties).sort(), [...guardedFields, ...anyone, ...more].sort())
})

for (const { what, before, change, does, held } of cases) {
  t.test(`${what}: ${does}`, async (t) => {
    const { path, version } = await fresh(
      ...((before === undefined ? [] : ([[sade, before]] as [Caller, object][])) as [
        Caller,
        Record<string, unknown>,
      ][]),
    )
    const patch = (caller: Caller, at: number, body: object, expect: number) =>
      caller.call<View>('PATCH', path, { version: at, body: { ...change, ...body }, expect })

    if (does === 'tightens') {
      const { body } = await patch(tam, version, {}, 200)
      t.ok(held(body), 'anyone in triage, without a word')
      t.same(body.pending, [])
      return
    }
    for (const body of [{}, { reason }]) await patch(tam, version, body, 403)
    const { code } = await patch(sade, version, {}, 400)
    t.equal(code, 'validation', 'a supervisor says why')
    if (does === 'changes') {
      t.ok(held((await patch(sade, version, { reason }, 200)).body))
      t.same((await columnsOf(path)).loosenedOn, null)
      return
    }
    const first = await patch(sade, version, { reason, priority: 'high' }, 202)
    t.equal(first.headers.get('etag'), `"${version + 1}"`)
    t.notOk(held(first.body), 'it waits')
    t.equal(first.body.priority, 'high', 'and what anyone may do does not')
    const [field] = Object.keys(change)
    t.match(first.body.pending, [{ field, by: { id: sadeId, name: 'Sade' }, on: today() }])
    t.same((await columnsOf(path)).pending, true)

    const again = await patch(sadeAgain, version + 1, { reason }, 202)
    t.notOk(held(again.body), 'by a second token of the same person too')
    t.equal(again.headers.get('etag'), `"${version + 1}"`, 'and changes nothing')
    await patch(tam, version + 1, { reason }, 403)
    const second = await patch(bea, version + 1, {}, 200)
    t.ok(held(second.body), 'until another supervisor wants the same')
    t.same(second.body.pending, [])
    const loosens = field !== 'conflictOfInterest'
    t.same(await columnsOf(path), { pending: false, loosenedOn: loosens ? today() : null, restricted: false })
  })
}

t.test(
  'what waits is withdrawn by either with the value that the field has, and by no triager',
  async (t) => {
    for (const whoever of [sade, bea]) {
      const { path } = await fresh([tam, { legalHold: true }])
      await sade.call('PATCH', path, { version: 2, body: { legalHold: false, reason }, expect: 202 })
      await tam.call('PATCH', path, { version: 3, body: { legalHold: true } })
      t.equal((await seenBy(tam, path)).pending.length, 1, 'a triager withdraws nothing')
      const { body } = await whoever.call<View>('PATCH', path, { version: 3, body: { legalHold: true } })
      t.same(body.pending, [])
      t.match(body.flags, ['legalHold'])
      t.same((await columnsOf(path)).pending, false)
      // What was withdrawn is asked for anew: it does not come back with the next who wants it.
      await bea.call('PATCH', path, { version: 4, body: { legalHold: false, reason }, expect: 202 })
    }
  },
)

t.test('another value waits in the place of the first, for whoever did not ask for it', async (t) => {
  const { path } = await fresh([tam, { reviewGroup: '1' }])
  await sade.call('PATCH', path, { version: 2, body: { reviewGroup: '2', reason }, expect: 202 })
  const { body } = await bea.call<View>('PATCH', path, {
    version: 3,
    body: { reviewGroup: '3', reason },
    expect: 202,
  })
  t.match(body.pending, [{ value: '3', by: { name: 'Bea' } }])
  t.equal(body.pending.length, 1)
  await bea.call('PATCH', path, { version: 4, body: { reviewGroup: '3', reason }, expect: 202 })
  const held = await sade.call<View>('PATCH', path, { version: 4, body: { reviewGroup: '3' } })
  t.equal(held.body.reviewGroup, '3')
})

t.test('each step stands in the history, with its reason, and is an event', async (t) => {
  const { path } = await fresh([tam, { legalHold: true }])
  await sade.call('PATCH', path, {
    version: 2,
    body: { legalHold: false, reason: 'Court said so' },
    expect: 202,
  })
  await sade.call('PATCH', path, { version: 3, body: { legalHold: true, reason: 'Wrong report' } })
  await sade.call('PATCH', path, {
    version: 4,
    body: { legalHold: false, reason: 'Right report' },
    expect: 202,
  })
  await bea.call('PATCH', path, { version: 5, body: { legalHold: false, reason: 'Read the letter' } })
  const { body } = await sade.call<{ items: { action: string; target: string; reason?: string }[] }>(
    'GET',
    `${path}/history`,
  )
  const id = path.slice(-36)
  t.same(
    body.items.filter(({ action }) => action === 'alteration').map(({ target, reason }) => [target, reason]),
    [
      [`report/${id}/legalHold`, undefined],
      [`report/${id}/confirmation/needed/legalHold`, 'Court said so'],
      [`report/${id}/confirmation/withdrawn/legalHold`, 'Wrong report'],
      [`report/${id}/confirmation/needed/legalHold`, 'Right report'],
      [`report/${id}/legalHold`, 'Read the letter'],
      [`report/${id}/confirmation/given/legalHold`, 'Read the letter'],
    ],
  )
  const headers = { accept: 'application/json' }
  const events = await bea.call<EventPage>('GET', '/v1/triage/events?limit=200', { headers })
  t.same(
    events.body.items.filter(({ report }) => report === id).map(({ kind }) => kind),
    [
      'report-changed',
      'confirmation-needed',
      'confirmation-withdrawn',
      'confirmation-needed',
      'report-changed',
      'confirmation-given',
    ],
  )
})

t.test('what waits is listed by a filter, for search and export too', async (t) => {
  const { path } = await fresh([tam, { legalHold: true }])
  await sade.call('PATCH', path, { version: 2, body: { legalHold: false, reason }, expect: 202 })
  const listed = async (query: string) => {
    const { body } = await tam.call<{ items: { id: string }[] }>(
      'GET',
      `/v1/triage/reports?limit=200&${query}`,
    )
    return body.items.some(({ id }) => id === path.slice(-36))
  }
  for (const sort of ['priority', 'received']) {
    t.ok(await listed(`pending=true&sort=${sort}`))
    t.notOk(await listed(`pending=false&sort=${sort}`))
  }
  const search = { q: 'fictional', pending: true }
  await tam.call('POST', '/v1/triage/reports/search', { body: search })
  await tam.call('GET', '/v1/triage/reports?pending=perhaps', { expect: 400 })
  await bea.call('PATCH', path, { version: 3, body: { legalHold: false } })
  t.notOk(await listed('pending=true'))
})

t.test('what waits is sealed', async (t) => {
  const { path } = await fresh()
  const names = [sadeId, beaId]
  await sade.call('PATCH', path, { version: 1, body: { restrictedTo: names, reason }, expect: 202 })
  await asSuperuser(service.databaseUrl, async (client) => {
    const { rows } = await client.query('SELECT reports::text AS row FROM reports WHERE id = $1', [
      path.slice(-36),
    ])
    t.notMatch(rows[0].row, sadeId)
    const { rows: casework } = await client.query(
      'SELECT casework::text AS row FROM casework WHERE report_id = $1',
      [path.slice(-36)],
    )
    t.notMatch(JSON.stringify(casework), beaId)
  })
})

t.test(
  'anyone in triage restricts a report; whom it names is for supervisors, who wait to name themselves',
  async (t) => {
    const { path } = await fresh()
    for (const body of [
      { restrictedTo: [tamId, sadeId], reason },
      { restrictedTo: null },
      { restricted: false },
    ])
      await tam.call('PATCH', path, { version: 1, body, expect: 403 })
    for (const body of [
      { restricted: true, restrictedTo: null },
      { restricted: false, restrictedTo: [beaId, tamId] },
    ])
      await sade.call('PATCH', path, { version: 1, body: { ...body, reason }, expect: 400 })
    const { body: stub } = await tam.call('PATCH', path, { version: 1, body: { restricted: true } })
    t.same(Object.keys(stub).sort(), ['category', 'flags', 'id', 'receivedOn', 'version'])
    await tam.call('GET', path, { expect: 404 })
    for (const body of [
      { priority: 'low' },
      { restricted: false, reason },
      { restrictedTo: [beaId, tamId], legalHold: true, reason },
    ])
      await sade.call('PATCH', path, { version: 2, body, expect: 403 })
    for (const names of [[sadeId, tamId], [tamId, beaId].slice(1), [tamId]])
      await sade.call('PATCH', path, { version: 2, body: { restrictedTo: names, reason }, expect: 400 })

    const waits = await sade.call<View>('PATCH', path, {
      version: 2,
      body: { restrictedTo: [sadeId, beaId], reason },
      expect: 202,
    })
    t.same(Object.keys(waits.body).sort(), ['category', 'flags', 'id', 'pending', 'receivedOn', 'version'])
    await sade.call('GET', path, { expect: 404 })
    const listed = await cyd.call<{ items: (View & { id: string })[] }>(
      'GET',
      '/v1/triage/reports?pending=true&limit=200',
    )
    t.match(
      listed.body.items.find(({ id }) => id === path.slice(-36)),
      { pending: [{ field: 'restrictedTo', value: [sadeId, beaId], by: { id: sadeId, name: 'Sade' } }] },
      'the stub shows what waits',
    )
    const held = await cyd.call('PATCH', path, {
      version: 3,
      body: { restrictedTo: [beaId, sadeId], reason },
    })
    t.notOk('pending' in held.body, 'in whatever order, and by a third')
    t.match((await seenBy(sade, path)).restrictedTo, [{ id: beaId }, { id: sadeId }])
    await cyd.call('GET', path, { expect: 404 })
  },
)

t.test('a named person is removed, and a restriction ended, by two of those it names', async (t) => {
  const { path } = await fresh()
  const names = [beaId, cydId, tamId]
  await sade.call('PATCH', path, { version: 1, body: { restrictedTo: names, reason } })
  await sade.call('GET', path, { expect: 404 })
  await sade.call('PATCH', path, { version: 2, body: { restrictedTo: null, reason }, expect: 404 })
  await tam.call('PATCH', path, { version: 2, body: { restrictedTo: [], reason }, expect: 403 })
  t.notOk(
    (await tam.call<View>('PATCH', path, { version: 2, body: { restricted: true } })).body.pending.length,
  )
  const added = await bea.call<View>('PATCH', path, {
    version: 2,
    body: { restrictedTo: [...names, louId], reason },
  })
  t.equal(added.body.restrictedTo.length, 4, 'one more is named by one')
  for (const restrictedTo of [[], [cydId, louId, tamId]]) {
    const version = (await seenBy(bea, path)).version
    await bea.call('PATCH', path, { version, body: { restrictedTo, reason }, expect: 202 })
  }
  await byTwo([bea, cyd], path, (await seenBy(bea, path)).version, { restrictedTo: [beaId, cydId, louId] })
  await tam.call('GET', path, { expect: 404 })
  const version = (await seenBy(bea, path)).version
  await bea.call('PATCH', path, { version, body: { restricted: false, reason }, expect: 202 })
  const ended = await lou.call<View>('PATCH', path, { version: version + 1, body: { restrictedTo: null } })
  t.match(ended.body, { flags: [], restrictedTo: [], pending: [] }, 'said one way or the other')
  await tam.call('GET', path)
})

t.test('nothing else that anyone may change ends a hold or a restriction, or shortens a group', async (t) => {
  const { path } = await fresh()
  await sade.call('PATCH', path, {
    version: 1,
    body: { restrictedTo: [beaId, tamId], legalHold: true, reviewGroup: '2', proceedingsKnown: true, reason },
  })
  const acts: Record<string, unknown>[] = [
    { category: 'fraud-financial-crime' },
    { priority: 'low', assignee: null, attentionBy: null },
    { leadAgency: 'licensing', supportAgencies: null },
    { deconfliction: null, referrals: null, disclosureRequests: null, closeReason: null },
    { status: 'screening' },
  ]
  let version = 2
  for (const body of acts) version = (await tam.call<View>('PATCH', path, { version, body })).body.version
  await bea.call('PATCH', path, { version, body: { suspectedMalicious: null, reason } })
  t.match(await seenBy(bea, path), {
    flags: ['legalHold', 'restricted'],
    restrictedTo: [{ id: beaId }, { id: tamId }],
    reviewGroup: '2',
    proceedingsKnown: true,
  })
  await sade.call('GET', path, { expect: 404 })
})

t.test(
  'a conflict hides a report from an agency only if two want it, and shows it again likewise',
  async () => {
    const { path } = await fresh()
    const conflict = { conflictOfInterest: ['licensing'] }
    await sade.call('PATCH', path, { version: 1, body: { ...conflict, reason }, expect: 202 })
    await lou.call('GET', path)
    await bea.call('PATCH', path, { version: 2, body: conflict })
    await lou.call('GET', path, { expect: 404 })
    for (const conflictOfInterest of [[], null, ['licensing', 'trading-standards']]) {
      const version = (await seenBy(bea, path)).version
      await bea.call('PATCH', path, { version, body: { conflictOfInterest, reason }, expect: 202 })
      await lou.call('GET', path, { expect: 404 })
    }
    await byTwo([bea, sade], path, (await seenBy(bea, path)).version, { conflictOfInterest: null })
    await lou.call('GET', path)
  },
)

t.test(
  'who names somebody of an agency in conflict waits, and a conflict says whom it leaves named',
  async (t) => {
    const { path } = await fresh()
    await byTwo([sade, bea], path, 1, { conflictOfInterest: ['licensing'] })
    await sade.call('PATCH', path, {
      version: 3,
      body: { restrictedTo: [beaId, louId], reason },
      expect: 202,
    })
    await lou.call('GET', path, { expect: 404 })
    await cyd.call('PATCH', path, { version: 4, body: { restrictedTo: [beaId, louId] } })
    await lou.call('GET', path)
    // Whoever ends a conflict, or lets one stand, hides nothing from anybody: nobody need be named anew.
    for (const conflictOfInterest of [[], null, ['trading-standards'], ['licensing', 'trading-standards']]) {
      const { version } = await seenBy(bea, path)
      await bea.call('PATCH', path, { version, body: { conflictOfInterest, reason }, expect: 202 })
    }
    await byTwo([bea, lou], path, (await seenBy(bea, path)).version, { conflictOfInterest: null })
    t.match(await seenBy(lou, path), {
      conflictOfInterest: [],
      restrictedTo: [{ id: beaId }, { id: louId }],
    })

    const other = await fresh([sade, { restrictedTo: [beaId, cydId, louId], reason }])
    const conflict = { conflictOfInterest: ['licensing'], reason }
    await bea.call('PATCH', other.path, { version: 2, body: conflict, expect: 400 })
    const clear = { ...conflict, restrictedTo: [beaId, cydId] }
    const { body } = await bea.call<View>('PATCH', other.path, { version: 2, body: clear, expect: 202 })
    t.equal(body.pending.length, 2)
    await cyd.call('PATCH', other.path, { version: 3, body: clear })
    await lou.call('GET', other.path, { expect: 404 })
  },
)

t.test('two rows whose names are one are one person, who confirms nothing of their own', async (t) => {
  const names = ['Zoë Q1', 'zoë  q1']
  // From before such names were refused.
  await asSuperuser(service.databaseUrl, (client) =>
    client.query('INSERT INTO staff (id, name) SELECT gen_random_uuid(), unnest($1::text[])', [names]),
  )
  const tokens: string[] = []
  for (const name of names) tokens.push(await service.token('supervisor', { name }))
  const [one = sade, same = sade] = tokens.map((token) => callerWith(service, token))
  const [oneId, sameId] = await Promise.all([one, same].map(idOf))
  t.not(oneId, sameId)

  const { path, version } = await fresh([tam, { legalHold: true }])
  const lift = { legalHold: false, reason }
  await one.call('PATCH', path, { version, body: lift, expect: 202 })
  await same.call('PATCH', path, { version: version + 1, body: lift, expect: 202 })
  t.match((await seenBy(sade, path)).flags, ['legalHold'])
  await sade.call('PATCH', path, { version: version + 2, body: lift })

  const other = await fresh()
  const twice = { restrictedTo: [oneId, sameId], reason }
  const refused = await sade.call('PATCH', other.path, { version: 1, body: twice, expect: 400 })
  t.equal(refused.code, 'validation', 'to name them both is to name one')
})

t.end()
