import { asSuperuser } from '../support/cluster.ts'
import { patientFetch } from '../support/patience.ts'
import { startTestService } from '../support/service.ts'
import { byTwo, callerWith, idOf, report, reportFor } from '../support/staffApi.ts'
import { t } from '../support/suite.ts'

const service = await startTestService(t)
const tam = callerWith(service, await service.token('triager', { name: 'Tam' }))
const sade = callerWith(service, await service.token('supervisor', { name: 'Sade' }))
const bea = callerWith(service, await service.token('supervisor', { name: 'Bea' }))
const beaAgain = callerWith(service, await service.token('supervisor', { name: 'Bea' }))

const item = {
  title: 'Suspected unlicensed shared house',
  text: 'A family house may be let to around twelve people.',
  kind: 'fact',
  grade: { source: 2, intelligence: 'D', handling: 'C' },
}

const json = { headers: { accept: 'application/json' } }

interface Versioned {
  id: string
  version: number
  status: string
  authors: string[]
}

t.test('the life of a report, from received to approved', async (t) => {
  const receipt = await report(service, { category: 'property-misuse', subcategories: ['unlawful-hmo'] })
  const { body: list } = await tam.call<{ items: Versioned[] }>(
    'GET',
    '/v1/triage/reports?category=property-misuse',
  )
  const [listed] = list.items
  t.match(listed, { status: 'received', version: 1, leadAgency: 'planning-enforcement', priority: 'medium' })
  const path = `/v1/triage/reports/${listed?.id}`

  const opened = await tam.call('GET', path, { headers: { 'audit-reason': 'First reading' } })
  t.equal(opened.headers.get('etag'), '"1"')
  t.match(opened.body, { report: { category: 'property-misuse' }, proposals: [{ field: 'priority' }] })

  await tam.call('PATCH', path, { version: 1, body: { status: 'screening' } })
  await tam.call('PATCH', path, { version: 2, body: { status: 'sanitising' } })
  const early = await tam.call('PATCH', path, { version: 3, body: { status: 'graded' }, expect: 409 })
  t.equal(early.code, 'invalid-transition', 'grading needs an assessment')

  const blank = await tam.call<Versioned>('GET', `${path}/assessment`)
  t.equal(blank.headers.get('etag'), '"0"', 'an assessment exists empty from the start')
  await tam.call('PUT', `${path}/assessment`, {
    version: 0,
    body: { threat: 'Fire risk', decision: 'Pass on', rationale: 'Within the powers of the housing team' },
  })
  await tam.call('PATCH', path, { version: 3, body: { status: 'graded' } })
  await tam.call('POST', `${path}/notes`, { body: { text: 'Register checked: no licence.' }, expect: 201 })

  const created = await tam.call<Versioned>('POST', `${path}/items`, { body: item, expect: 201 })
  t.equal(created.headers.get('location'), `${path}/items/${created.body.id}`)
  const unapproved = await sade.call('PATCH', path, { version: 4, body: { status: 'approved' }, expect: 409 })
  t.equal(unapproved.code, 'invalid-transition', 'approval needs an approved item')
  await sade.call('POST', `${path}/items/${created.body.id}/approval`, {
    version: 1,
    body: { approved: true },
  })
  await tam.call('PATCH', path, { version: 4, body: { status: 'approved' }, expect: 403 })
  const approved = await sade.call<Versioned>('PATCH', path, { version: 4, body: { status: 'approved' } })
  t.match(approved.body, { status: 'approved', version: 5 })

  const { body: history } = await sade.call<{ items: { action: string; target: string; reason?: string }[] }>(
    'GET',
    `${path}/history?limit=200`,
  )
  t.equal(history.items[0]?.reason, 'First reading')
  t.ok(history.items.some(({ target }) => target.endsWith('/approved')))

  const mailbox = await patientFetch(`${service.base}/v1/mailbox`, {
    headers: { authorization: `Bearer ${receipt}` },
  })
  t.match(await mailbox.json(), { status: 'reviewed' }, 'the reporter sees where it stands, coarsely')
})

t.test('a supervisor cannot approve what she wrote, even with a second token', async (t) => {
  const path = `/v1/triage/reports/${await reportFor(service, bea)}/items`
  const { body } = await bea.call<Versioned>('POST', path, { body: item, expect: 201 })
  for (const herself of [bea, beaAgain]) {
    const refused = await herself.call('POST', `${path}/${body.id}/approval`, {
      version: 1,
      body: { approved: true },
      expect: 403,
    })
    t.equal(refused.code, 'four-eyes')
  }
  const approval = { version: 1, body: { approved: true } }
  const decided = await sade.call<Versioned>('POST', `${path}/${body.id}/approval`, approval)
  t.equal(decided.body.status, 'approved')
  const again = await sade.call('POST', `${path}/${body.id}/approval`, approval)
  t.same(again.body, decided.body, 'the same again changes nothing')
})

t.test(
  'whoever wrote any version of an item, or of what it was made from, does not approve it',
  async (t) => {
    const path = `/v1/triage/reports/${await reportFor(service, bea)}/items`
    const other = { ...item, text: 'Around twelve people may live in a house for one family.' }
    const approve = (id: string, version: number, by = bea, expect = 403) =>
      by.call('POST', `${path}/${id}/approval`, { version, body: { approved: true }, expect })
    const create = async (body: object, by = tam) =>
      (await by.call<Versioned>('POST', path, { body, expect: 201 })).body
    const edit = async (id: string, version: number, body: object, by = tam) =>
      (await by.call<Versioned>('PUT', `${path}/${id}`, { version, body })).body

    const { id } = await create(item, bea)
    await edit(id, 1, item)
    t.equal((await approve(id, 2)).code, 'four-eyes', 'the same text, saved again by somebody else')
    await edit(id, 2, { ...other, text: 'Rewritten by somebody else.' })
    t.equal((await approve(id, 3)).code, 'four-eyes', 'nor what became of it')
    await approve(id, 3, sade, 200)

    const named = await create({ ...other, origin: id })
    t.match(named, { origin: id })
    t.equal(named.authors.length, 2)
    t.equal((await approve(named.id, 1)).code, 'four-eyes', 'made from it')
    const further = await create({ ...other, text: 'Made from that.', origin: named.id })
    t.equal((await approve(further.id, 1)).code, 'four-eyes', 'made from what was made from it')

    for (const text of [
      item.text,
      `${item.text.toUpperCase().replaceAll(' ', '  ')}!`,
      item.text.replaceAll('a', '\u0430'),
      item.text.replaceAll(' ', '\u200b '),
      item.text.replaceAll(' ', '\u3164 '),
    ]) {
      const copy = await create({ ...item, title: 'Anew', text })
      t.equal(
        (await approve(copy.id, 1)).code,
        'four-eyes',
        `the same as a new item: ${JSON.stringify(text)}`,
      )
    }
    const conditions = [{ kind: 'permitted-actions', text: item.text }]
    for (const [text, where] of [
      ['In its title.', { title: item.text }],
      ['In a condition.', { grade: { ...item.grade, handling: 'C', conditions } }],
    ] as const) {
      const moved = await create({ ...item, text, ...where })
      t.equal((await approve(moved.id, 1)).code, 'four-eyes', text)
    }
    const fresh = await create({ ...item, text: 'Nobody else has written this.' })
    t.same(fresh.authors.length, 1)
    await edit(fresh.id, 1, item)
    t.equal((await approve(fresh.id, 2)).code, 'four-eyes', 'or in place of something else')
    await approve((await create({ ...item, text: 'Nor this.' })).id, 1, bea, 200)

    const elsewhere = `/v1/triage/reports/${await reportFor(service, tam)}/items`
    const { code } = await tam.call('POST', elsewhere, { body: { ...item, origin: id }, expect: 400 })
    t.equal(code, 'validation', 'an origin is an item of the same report')
  },
)

t.test('people whose names are one, or look alike, are one person for four eyes', async (t) => {
  const names = ['T1', 't1', '\u04221']
  // Rows from before such names were refused.
  await asSuperuser(service.databaseUrl, (client) =>
    client.query('INSERT INTO staff (id, name) SELECT gen_random_uuid(), unnest($1::text[])', [names]),
  )
  const tokens: string[] = []
  for (const name of names) tokens.push(await service.token('supervisor', { name }))
  const supervisors = tokens.map((token) => callerWith(service, token))
  const [capital = sade] = supervisors
  const ids = new Set<string>()
  for (const one of supervisors) ids.add((await one.call<{ id: string }>('GET', '/v1/triage/me')).body.id)
  t.equal(ids.size, 3, 'three rows')

  const path = `/v1/triage/reports/${await reportFor(service, capital)}/items`
  const { body } = await capital.call<Versioned>('POST', path, { body: item, expect: 201 })
  const approval = { version: 1, body: { approved: true } }
  for (const same of supervisors) {
    const refused = await same.call('POST', `${path}/${body.id}/approval`, { ...approval, expect: 403 })
    t.equal(refused.code, 'four-eyes')
  }
  await sade.call('POST', `${path}/${body.id}/approval`, approval)
})

t.test('an edit makes a new version that needs a new approval', async (t) => {
  const path = `/v1/triage/reports/${await reportFor(service, tam)}/items`
  const { body } = await tam.call<Versioned>('POST', path, { body: item, expect: 201 })
  await sade.call('POST', `${path}/${body.id}/approval`, { version: 1, body: { approved: true } })
  const edited = await tam.call('PUT', `${path}/${body.id}`, { version: 1, body: { ...item, title: 'New' } })
  t.match(edited.body, { version: 2, status: 'draft' })
  const stale = await sade.call('POST', `${path}/${body.id}/approval`, {
    version: 1,
    body: { approved: true },
    expect: 412,
  })
  t.equal(stale.code, 'precondition-failed', 'what was read is not what would be approved')
  const unreasoned = await sade.call('POST', `${path}/${body.id}/approval`, {
    version: 2,
    body: { approved: false },
    expect: 400,
  })
  t.equal(unreasoned.code, 'validation', 'a refusal says why')
})

t.test('nothing that was put into the database behind the service is shown or acted upon', async (t) => {
  const id = await reportFor(service, tam)
  const path = `/v1/triage/reports/${id}`
  const { body } = await tam.call<Versioned>('POST', `${path}/items`, { body: item, expect: 201 })
  await tam.call('POST', `${path}/notes`, { body: { text: 'genuine' }, expect: 201 })
  const sadeId = (await sade.call<{ id: string }>('GET', '/v1/triage/me')).body.id

  await asSuperuser(service.databaseUrl, async (client) => {
    // A decision made of another row's bytes, under a supervisor's name.
    await client.query(
      `INSERT INTO casework
       SELECT 'item-decision', id, version, report_id, $2, written_at, batch_id, wrapped_key, body, signature
         FROM casework WHERE kind = 'item' AND id = $1`,
      [body.id, sadeId],
    )
    // A note that somebody else is said to have written.
    await client.query(`UPDATE casework SET author = $2 WHERE kind = 'note' AND report_id = $1`, [id, sadeId])
  })
  const shown = await tam.call<Versioned>('GET', `${path}/items/${body.id}`)
  t.equal(shown.body.status, 'draft', 'a forged approval approves nothing')
  t.same(
    (await tam.call('GET', `${path}/notes`)).body,
    { items: [], unreadable: 1 },
    'a note under a false name is not shown, and counted',
  )
})

t.test('a role is refused before anything is said of the report, and an agency must be known', async () => {
  const path = `/v1/triage/reports/${await reportFor(service, sade)}`
  const nowhere = '/v1/triage/reports/0f8fad5b-d9cb-469f-a165-70867728950e'
  for (const body of [{ status: 'approved' }, { suspectedMalicious: true }])
    await tam.call('PATCH', nowhere, { body, expect: 403 })
  const reason = 'Its own officer is named'
  for (const body of [{ leadAgency: 'nowhere' }, { conflictOfInterest: ['licensing', 'nowhere'], reason }])
    await sade.call('PATCH', path, { version: 1, body, expect: 400 })
  await tam.call('PATCH', path, { version: 1, body: { supportAgencies: ['licensing', 'hmrc'] } })
})

t.test(
  'a report that names nobody is a stub to supervisors, and there for the named alone afterwards',
  async (t) => {
    const path = `/v1/triage/reports/${await reportFor(service, sade, { subcategories: ['corruption'] })}`
    await tam.call('GET', path, { expect: 404 })
    await sade.call('GET', path, { expect: 404 })
    await tam.call('PATCH', path, { version: 1, body: { restrictedTo: [] }, expect: 404 })
    await sade.call('PATCH', path, { version: 1, body: { status: 'screening' }, expect: 403 })
    const names = [await idOf(bea), await idOf(tam)]
    await sade.call('PATCH', path, { version: 1, body: { restrictedTo: names }, expect: 400 })
    const naming = { restrictedTo: names, reason: 'Her remit' }
    const stub = await sade.call('PATCH', path, { version: 1, body: naming })
    t.same(Object.keys(stub.body).sort(), ['category', 'flags', 'id', 'receivedOn', 'version'])
    await sade.call('GET', path, { expect: 404 })
    await sade.call('PATCH', path, { version: 2, body: { restrictedTo: null, reason: 'x' }, expect: 404 })
    t.match((await bea.call('GET', path)).body, {
      flags: ['restricted'],
      restrictedTo: names.map((id) => ({ id })),
    })
  },
)

t.test('an agency with a conflict of interest does not learn that the report exists', async (t) => {
  const id = await reportFor(service, sade)
  const path = `/v1/triage/reports/${id}`
  const licensing = callerWith(service, await service.token('supervisor', { agency: 'licensing' }))
  await licensing.call('GET', path)
  await byTwo([sade, bea], path, 1, { conflictOfInterest: ['licensing'] })
  for (const rest of ['', '/items', '/notes', '/history', '/assessment', '/attachments']) {
    await licensing.call('GET', `${path}${rest}`, { expect: 404 })
  }
  await licensing.call('PATCH', path, { version: 3, body: { priority: 'low' }, expect: 404 })
  const { body } = await licensing.call<{ items: { id: string }[] }>('GET', '/v1/triage/reports?limit=200')
  t.notOk(body.items.some((one) => one.id === id))
})

t.test('null clears, what is left out stays, and only supervisors call a report malicious', async (t) => {
  const path = `/v1/triage/reports/${await reportFor(service, tam)}`
  const tamId = await idOf(tam)
  const first = { assignee: tamId, attentionBy: '2026-12-01', proceedingsKnown: true, reviewGroup: '2' }
  await tam.call('PATCH', path, { version: 1, body: first })
  const { body } = await tam.call('PATCH', path, { version: 2, body: { assignee: null } })
  t.match(body, { assignee: null, attentionBy: '2026-12-01', proceedingsKnown: true, reviewGroup: '2' })
  const malicious = { suspectedMalicious: true, reason: 'Pattern' }
  await tam.call('PATCH', path, { version: 3, body: malicious, expect: 403 })
  const flagged = await sade.call('PATCH', path, { version: 3, body: malicious })
  t.match(flagged.body, { flags: ['suspectedMalicious'] })
  await tam.call('PATCH', path, { version: 4, body: { assignee: path.slice(-36) }, expect: 400 })
})

t.test('people in answers have their names, also once they have left', async (t) => {
  const leaver = callerWith(service, await service.token('triager', { name: 'Lena Leaver' }))
  const lena = { id: await idOf(leaver), name: 'Lena Leaver' }
  const path = `/v1/triage/reports/${await reportFor(service, leaver)}`
  const { body: assigned } = await leaver.call('PATCH', path, { version: 1, body: { assignee: lena.id } })
  t.strictSame(assigned.assignee, lena)
  await leaver.call('PUT', `${path}/assessment`, { version: 0, body: { threat: 'Fire' } })
  const note = await leaver.call('POST', `${path}/notes`, { body: { text: 'Seen.' }, expect: 201 })
  t.strictSame(note.body.author, lena)
  const { body: made } = await leaver.call<{ id: string }>('POST', `${path}/items`, {
    body: item,
    expect: 201,
  })
  const itemPath = `${path}/items/${made.id}`
  const approval = { version: 1, body: { approved: true } }
  const decided = await sade.call('POST', `${itemPath}/approval`, approval)
  t.match(decided.body, { author: lena, authors: [lena], decidedBy: { name: 'Sade' } })
  const text = 'Is there anything you would like to add?'
  const message = await leaver.call('POST', `${path}/messages`, { body: { text }, expect: 201 })
  t.match(message.body, { author: lena, authors: [lena] })
  await asSuperuser(service.databaseUrl, (client) =>
    client.query('DELETE FROM staff_tokens WHERE staff_id = $1', [lena.id]),
  )
  await leaver.call('GET', path, { expect: 401 })

  const read = async (rest = '') => (await sade.call<Record<string, unknown>>('GET', `${path}${rest}`)).body
  t.strictSame((await read()).assignee, lena)
  t.strictSame((await read('/assessment')).author, lena)
  t.match(await read('/notes'), { items: [{ author: lena }] })
  t.match(await read(`/items/${made.id}`), { author: lena, authors: [lena] })
  t.match(await read('/items'), { items: [{ author: lena, decidedBy: { name: 'Sade' } }] })
  t.match(await read('/messages'), { items: [{ author: lena, authors: [lena] }] })
  const { items: history } = await read('/history')
  t.match(history, [{ actor: lena }])
  const { body: list } = await sade.call('GET', `/v1/triage/reports?assignee=${lena.id}`)
  t.match(list.items, [{ assignee: lena }], 'a filter takes the id')
  const search = { q: 'fictional', assignee: [lena.id] }
  t.match((await sade.call('POST', '/v1/triage/reports/search', { body: search })).body, {
    items: [{ assignee: lena }],
  })
})

t.test('a PATCH that changes nothing raises no version, and is no change in the trail', async (t) => {
  const id = await reportFor(service, tam)
  const path = `/v1/triage/reports/${id}`
  const tamId = await idOf(tam)
  const all = { status: 'screening', priority: 'low', assignee: tamId, reviewGroup: '2', legalHold: true }
  await sade.call('PATCH', path, {
    version: 1,
    body: { ...all, supportAgencies: ['licensing', 'safeguarding'] },
  })
  const changes = () =>
    asSuperuser(service.databaseUrl, async (client) => {
      const text = `SELECT count(*)::int FROM audit_records WHERE action = 'alteration' AND report_id = $1`
      return (await client.query(text, [id])).rows[0].count
    })
  const before = await changes()
  const { items: events } = (await sade.call<{ items: unknown[] }>('GET', '/v1/triage/events', json)).body
  const { body: opened } = await sade.call<Versioned>('GET', path)
  t.equal(opened.version, 2)
  const nothing = [
    ...Object.entries(all).map(([field, value]) => ({ [field]: value })),
    { supportAgencies: ['licensing', 'safeguarding'] },
    { supportAgencies: ['safeguarding', 'licensing'] },
    { deconfliction: 'not-needed', referrals: null, disclosureRequests: [], closeReason: null },
    { proceedingsKnown: false, conflictOfInterest: null, restrictedTo: null, attentionBy: null },
    { suspectedMalicious: null, reason: 'Looked into' },
    { reason: 'Looked at' },
    all,
  ]
  for (const body of nothing) {
    const answer = await sade.call<Versioned>('PATCH', path, { version: 2, body })
    t.equal(answer.headers.get('etag'), '"2"', JSON.stringify(body))
    t.match(answer.body, { version: 2, status: 'screening', moves: [{ to: 'sanitising' }] })
  }
  t.equal(await changes(), before)
  const after = (await sade.call<{ items: unknown[] }>('GET', '/v1/triage/events', json)).body
  t.equal(after.items.length, events.length, 'nor an event')

  const lifted = { legalHold: false, reason: 'No longer wanted' }
  const asked = await sade.call('PATCH', path, { version: 2, body: lifted, expect: 202 })
  const again = await sade.call('PATCH', path, { version: 3, body: lifted, expect: 202 })
  t.strictSame(again.body, asked.body, 'what waits already goes on waiting')
  t.equal(again.headers.get('etag'), '"3"')
  const mixed = await sade.call<Versioned>('PATCH', path, {
    version: 3,
    body: { status: 'screening', priority: 'high' },
  })
  t.equal(mixed.body.version, 4)
  const { items } = (await sade.call<{ items: { target: string }[] }>('GET', `${path}/history?limit=200`))
    .body
  t.ok(
    items.some(({ target }) => target === `report/${id}/priority`),
    'only what changed is named',
  )
})

t.test(
  'what waits for a second person is listed until it is decided, to those who may open its report',
  async (t) => {
    interface Waiting {
      kind: string
      id: string
      report: string
      by: { name: string }
    }
    const waiting = async (caller = sade, of = id) => {
      const all: Waiting[] = []
      for (let query = '?limit=1'; ; ) {
        const { body } = await caller.call<{ items: Waiting[]; nextCursor?: string }>(
          'GET',
          `/v1/triage/approvals${query}`,
        )
        all.push(...body.items)
        if (body.nextCursor === undefined) return all.filter((one) => one.report === of)
        query = `?limit=1&cursor=${encodeURIComponent(body.nextCursor)}`
      }
    }
    const id = await reportFor(service, tam)
    const path = `/v1/triage/reports/${id}`
    await tam.call('PATCH', path, { version: 1, body: { status: 'screening' } })
    await tam.call('PUT', `${path}/assessment`, { version: 0, body: { threat: 'none' } })
    const { body: first } = await tam.call<Versioned>('POST', `${path}/items`, { body: item, expect: 201 })
    const { body: message } = await tam.call<Versioned>('POST', `${path}/messages`, {
      body: { text: 'Thank you.' },
      expect: 201,
    })
    const closing = { ids: [id], closeReason: 'insufficient', rationale: 'Nothing more to be had' }
    const { body: closure } = await tam.call<Versioned>('POST', '/v1/triage/reports/closures', {
      body: closing,
      expect: 201,
    })
    const told = (all: Waiting[]) => all.map((one) => [one.kind, one.id, one.by.name])
    t.same(told(await waiting()), [
      ['message', message.id, 'Tam'],
      ['item', first.id, 'Tam'],
      ['closure', closure.id, 'Tam'],
    ])
    const housing = callerWith(service, await service.token('supervisor', { agency: 'housing' }))
    await byTwo([sade, bea], path, 3, { conflictOfInterest: ['housing'] })
    t.same(await waiting(housing), [], 'nothing of a report that is not for them')

    await sade.call('POST', `${path}/items/${first.id}/approval`, { version: 1, body: { approved: true } })
    await sade.call('POST', `${path}/messages/${message.id}/approval`, {
      version: 1,
      body: { approved: false, reason: 'Too short' },
    })
    t.same(told(await waiting()), [], 'and what was changed since waits to be closed no more')
    await tam.call('PUT', `${path}/items/${first.id}`, { version: 1, body: { ...item, title: 'Another' } })
    t.same(told(await waiting()), [['item', first.id, 'Tam']], 'each version is decided anew')

    const receipt = await report(service, { category: 'cybercrime' })
    const { body: found } = await tam.call<{ items: Versioned[] }>(
      'GET',
      '/v1/triage/reports?category=cybercrime',
    )
    const held = found.items[0]?.id ?? ''
    await tam.call('PATCH', `/v1/triage/reports/${held}`, { version: 1, body: { legalHold: true } })
    await tam.call('POST', `/v1/triage/reports/${held}/messages`, {
      body: { text: 'Thank you.' },
      expect: 201,
    })
    t.equal((await waiting(sade, held)).length, 1)
    const headers = { authorization: `Bearer ${receipt}` }
    t.equal((await patientFetch(`${service.base}/v1/mailbox`, { method: 'DELETE', headers })).status, 204)
    t.same(await waiting(sade, held), [], 'nor what nobody would read any more')
  },
)

t.test('fifty people change one report at once: one wins, and there is one record', async (t) => {
  const id = await reportFor(service, tam)
  const path = `${service.base}/v1/triage/reports/${id}`
  const token = await service.token('triager')
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'if-match': '"1"' }
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      patientFetch(path, {
        method: 'PATCH',
        headers,
        body: JSON.stringify({ attentionBy: `2026-12-${10 + (index % 20)}` }),
      }),
    ),
  )
  const statuses = answers.map(({ status }) => status).sort()
  t.same(statuses, [200, ...Array.from({ length: 49 }, () => 412)])
  const records = await asSuperuser(service.databaseUrl, (client) =>
    client.query(`SELECT count(*)::int FROM audit_records WHERE action = 'alteration' AND report_id = $1`, [
      id,
    ]),
  )
  t.equal(records.rows[0].count, 1)
})

t.end()
