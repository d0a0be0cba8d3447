import { randomUUID } from 'node:crypto'
import { run } from '../cli/run.ts'
import { asSuperuser } from '../support/cluster.ts'
import { startTestService, type TestService } from '../support/service.ts'
import { byTwo, type Caller, callerWith, idOf, reportFor } from '../support/staffApi.ts'
import { t } from '../support/suite.ts'

/** No restriction locks honest people out for good, and auditors see each. */

t.setTimeout(120_000)
const reason = 'Fictional'

interface Team {
  service: TestService
  /** A member of staff with their id. */
  join(name: string, role: 'triager' | 'supervisor' | 'auditor', agency?: string): Promise<[Caller, string]>
  revoke(name: string): Promise<{ left: number; stdout: string }>
}

async function teamOf(test: Parameters<typeof startTestService>[0]): Promise<Team> {
  const service = await startTestService(test)
  const settings = { DATABASE_URL: service.databaseUrl, KEYRING_FILE: service.keyringFile }
  return {
    service,
    async join(name, role, agency) {
      const token = await service.token(role, { name, ...(agency === undefined ? {} : { agency }) })
      const caller = callerWith(service, token)
      return [caller, await idOf(caller)]
    },
    async revoke(name) {
      const said = await run('sotto', ['staff', 'revoke', '--name', name], settings)
      const { stdout } = await run('sotto', ['staff', 'revoke', '--name', name, '--json'], settings)
      return { left: JSON.parse(stdout).left, stdout: said.stdout }
    },
  }
}

const pathOf = (id: string) => `/v1/triage/reports/${id}`
const corruption = { subcategories: ['corruption' as const] }

async function listed(caller: Caller, id: string): Promise<Record<string, unknown> | undefined> {
  const { body } = await caller.call<{ items: { id: string }[] }>('GET', '/v1/triage/reports?limit=200')
  return body.items.find((one) => one.id === id)
}

t.test('where all the named have gone, supervisors see the stub again and name others', async (t) => {
  const { service, join, revoke } = await teamOf(t)
  const [[tam, tamId], [sade], [, beaId], [cyd, cydId]] = await Promise.all([
    join('Tam', 'triager'),
    join('Sade', 'supervisor'),
    join('Bea', 'supervisor'),
    join('Cyd', 'supervisor'),
  ])
  const id = await reportFor(service, sade, corruption)
  await sade.call('PATCH', pathOf(id), { version: 1, body: { restrictedTo: [tamId, beaId], reason } })
  t.equal(await listed(sade, id), undefined)
  const gone = await revoke('Bea')
  t.match(gone, { left: 1, stdout: /1 restricted report names fewer than two people who can sign in/ })
  t.match(await listed(sade, id), { flags: ['restricted'], version: 2 })
  t.match(await listed(tam, id), { status: 'received' }, 'the one who is left goes on seeing it')
  await tam.call('GET', pathOf(id))

  await revoke('Tam')
  await cyd.call('GET', pathOf(id), { expect: 404 })
  const others = [cydId, await idOf(sade)]
  await sade.call('PATCH', pathOf(id), { version: 2, body: { restrictedTo: others, reason }, expect: 202 })
  await cyd.call('PATCH', pathOf(id), { version: 3, body: { restrictedTo: others } })
  await sade.call('GET', pathOf(id))
  await cyd.call('GET', pathOf(id))
})

t.test('who cannot sign in any more for another cause counts no more either', async (t) => {
  const { service, join } = await teamOf(t)
  const [[, tamId], [sade], [, beaId]] = await Promise.all([
    join('Tam', 'triager'),
    join('Sade', 'supervisor'),
    join('Bea', 'supervisor'),
  ])
  const id = await reportFor(service, sade, corruption)
  await sade.call('PATCH', pathOf(id), { version: 1, body: { restrictedTo: [tamId, beaId], reason } })
  t.equal(await listed(sade, id), undefined)
  const change = (text: string) => asSuperuser(service.databaseUrl, (client) => client.query(text, [beaId]))
  await change(`UPDATE staff_tokens SET expires_at = now() - interval '1 hour' WHERE staff_id = $1`)
  t.ok(await listed(sade, id), 'an expired token')
  await change(`INSERT INTO staff_subjects (issuer, subject, staff_id, mac)
                VALUES ('https://login.example.org', 'bea', $1, decode(repeat('00', 32), 'hex'))`)
  t.equal(await listed(sade, id), undefined, 'a login that was mapped')
  await change(`UPDATE staff_subjects SET role = 'auditor' WHERE staff_id = $1`)
  t.ok(await listed(sade, id), 'a login that reads no reports')
  await change(`UPDATE staff_subjects SET role = 'supervisor', revoked_at = now() WHERE staff_id = $1`)
  t.ok(await listed(sade, id), 'a login that was revoked')
  await change(`UPDATE staff_tokens SET expires_at = now() + interval '1 hour' WHERE staff_id = $1`)
  t.equal(await listed(sade, id), undefined, 'a token that is good again')
  for (const role of ['auditor', 'admin', 'partner']) {
    await change(`UPDATE staff_tokens SET role = '${role}' WHERE staff_id = $1`)
    t.ok(await listed(sade, id), `a token of the role ${role} alone`)
  }
})

t.test('a last supervisor waits for another, whom an operator can always add', async (t) => {
  const { service, join } = await teamOf(t)
  const [[, tamId], [tod], [sade, sadeId]] = await Promise.all([
    join('Tam', 'triager'),
    join('Tod', 'triager'),
    join('Sade', 'supervisor'),
  ])
  const id = await reportFor(service, sade, corruption)
  for (const restrictedTo of [
    [tamId, sadeId],
    [tamId, await idOf(tod)],
  ])
    await sade.call('PATCH', pathOf(id), { version: 1, body: { restrictedTo, reason }, expect: 400 })
  await sade.call('PATCH', pathOf(id), { version: 1, body: { restrictedTo: null, reason }, expect: 202 })
  t.match(await listed(sade, id), { pending: [{ field: 'restrictedTo', value: null }] })

  const [bea] = await join('Bea', 'supervisor')
  await bea.call('PATCH', pathOf(id), { version: 2, body: { restrictedTo: null } })
  await tod.call('GET', pathOf(id))
})

t.test('a conflict that leaves no supervisor needs names, who see the report in spite of it', async (t) => {
  const { service, join } = await teamOf(t)
  const [[tam, tamId], [sade], [bea, beaId]] = await Promise.all([
    join('Tam', 'triager', 'licensing'),
    join('Sade', 'supervisor', 'licensing'),
    join('Bea', 'supervisor', 'licensing'),
  ])
  const id = await reportFor(service, sade)
  const conflict = { conflictOfInterest: ['licensing'], reason }
  const refused = await sade.call('PATCH', pathOf(id), { version: 1, body: conflict, expect: 400 })
  t.match(refused.body, { errors: [{ pointer: '/restrictedTo' }] })
  const whole = { ...conflict, restrictedTo: [tamId, beaId] }
  const { body } = await sade.call<{ pending: unknown[] }>('PATCH', pathOf(id), {
    version: 1,
    body: whole,
    expect: 202,
  })
  t.equal(body.pending.length, 2)
  await bea.call('PATCH', pathOf(id), { version: 2, body: conflict, expect: 400 })
  await bea.call('PATCH', pathOf(id), { version: 2, body: whole })
  await sade.call('GET', pathOf(id), { expect: 404 })
  for (const named of [tam, bea]) await named.call('GET', pathOf(id))
  await bea.call('PATCH', pathOf(id), { version: 3, body: { restricted: false, reason }, expect: 400 })

  const [cyd] = await join('Cyd', 'supervisor')
  t.equal(await listed(cyd, id), undefined)
  await bea.call('PATCH', pathOf(id), { version: 3, body: { restricted: false, reason }, expect: 202 })
})

t.test('with the named gone and every supervisor in conflict, one who is added finds the stub', async (t) => {
  const { service, join, revoke } = await teamOf(t)
  const [[, tamId], [sade], [bea, beaId]] = await Promise.all([
    join('Tam', 'triager', 'licensing'),
    join('Sade', 'supervisor', 'licensing'),
    join('Bea', 'supervisor', 'licensing'),
  ])
  const id = await reportFor(service, sade)
  await byTwo([sade, bea], pathOf(id), 1, {
    conflictOfInterest: ['licensing'],
    restrictedTo: [tamId, beaId],
  })
  t.equal((await revoke('Bea')).left, 1)
  t.equal(await listed(sade, id), undefined, 'their agency may not know of it')
  const [cyd] = await join('Cyd', 'supervisor')
  const [, douId] = await join('Dou', 'supervisor')
  const [, eliId] = await join('Eli', 'triager')
  t.match(await listed(cyd, id), { flags: ['restricted'] })
  const restrictedTo = [tamId, beaId, douId, eliId]
  await cyd.call('PATCH', pathOf(id), { version: 3, body: { restrictedTo, reason }, expect: 200 })
})

t.test(
  'people named by configuration see reports of corruption from the start, and nobody else does',
  async (t) => {
    const first = await teamOf(t)
    const { databaseUrl, keyringFile } = first.service
    const [[, tamId], [, beaId], [sade]] = await Promise.all([
      first.join('Tam', 'triager'),
      first.join('Bea Example', 'supervisor'),
      first.join('Sade', 'supervisor'),
    ])
    const early = await reportFor(first.service, sade, corruption)
    await sade.call('PATCH', pathOf(early), { version: 1, body: { restrictedTo: [], reason } })
    await first.service.close()

    const environment = { RESTRICTED_TO: ` ${tamId}, bea example ` }
    const service = await startTestService(t, { databaseUrl, keyringFile, environment })
    t.same(
      service.logLines.filter((line) => line.includes('RESTRICTED_TO')),
      [],
    )
    const again = await Promise.all(
      (
        [
          ['Tam', 'triager'],
          ['Bea Example', 'supervisor'],
          ['Sade', 'supervisor'],
          ['Aud', 'auditor'],
        ] as const
      ).map(async ([name, role]) => callerWith(service, await service.token(role, { name }))),
    )
    const [tam2, bea2, sade2, aud] = again as [Caller, Caller, Caller, Caller]
    const id = await reportFor(service, tam2, corruption)
    const inBox = await tam2.call<{ restrictedTo: { id: string }[] }>('GET', pathOf(id))
    t.same(inBox.body.restrictedTo.map((person) => person.id).sort(), [tamId, beaId].sort())
    await bea2.call('GET', pathOf(id))
    await sade2.call('GET', pathOf(id), { expect: 404 })
    t.equal(await listed(sade2, id), undefined)
    t.equal(await listed(tam2, early), undefined, 'what was there already names whom it named')
    const { body } = await aud.call<{ items: Record<string, unknown>[] }>(
      'GET',
      '/v1/triage/audit/restricted',
    )
    t.match(
      body.items.find((one) => one.id === id),
      { by: null, namedBy: null, restrictedTo: [{}, {}] },
    )

    const settings = { DATABASE_URL: databaseUrl, KEYRING_FILE: keyringFile }
    t.match(await run('sotto', ['mix', '--include', 'today'], settings), { code: 0 })
    t.same(
      (await tam2.call<{ restrictedTo: string[] }>('GET', pathOf(id))).body.restrictedTo,
      inBox.body.restrictedTo,
    )
    await sade2.call('GET', pathOf(id), { expect: 404 })
  },
)

t.test('a setting that names nobody, or somebody unknown, stops the start with one line', async (t) => {
  const { service } = await teamOf(t)
  const { databaseUrl, keyringFile } = service
  for (const [value, said] of [
    ['Tam', /^RESTRICTED_TO must name 2 to 50 people/],
    ['Tam,', /^RESTRICTED_TO must name 2 to 50 people/],
    [`Canary,${randomUUID()}`, /^RESTRICTED_TO: number 1 is nobody/],
  ] as const) {
    const starting = startTestService(t, { databaseUrl, keyringFile, environment: { RESTRICTED_TO: value } })
    const error = await starting.then(
      () => new Error('it started'),
      (reason) => reason,
    )
    t.match(error.message, said)
    t.notMatch(error.message, /Canary|\n/)
  }
})

t.test('auditors see which reports are restricted, since when, by whom and to whom', async (t) => {
  const { service, join } = await teamOf(t)
  const [[tam, tamId], [sade, sadeId], [bea, beaId], [cyd], [aud], [lic]] = await Promise.all([
    join('Tam', 'triager'),
    join('Sade', 'supervisor'),
    join('Bea', 'supervisor'),
    join('Cyd', 'supervisor'),
    join('Aud', 'auditor'),
    join('Lic', 'auditor', 'licensing'),
  ])
  const path = '/v1/triage/audit/restricted'
  for (const caller of [tam, sade]) await caller.call('GET', path, { expect: 403 })
  const today = new Date().toISOString().slice(0, 10)

  const byTam = await reportFor(service, tam)
  await tam.call('PATCH', pathOf(byTam), { version: 1, body: { restricted: true } })
  await sade.call('PATCH', pathOf(byTam), { version: 2, body: { restrictedTo: [tamId, beaId], reason } })
  await tam.call('PATCH', pathOf(byTam), { version: 3, body: { restricted: true, priority: 'low' } })
  const corrupt = await reportFor(service, sade, corruption)
  const ended = await reportFor(service, tam)
  await tam.call('PATCH', pathOf(ended), { version: 1, body: { restricted: true } })
  await byTwo([sade, bea], pathOf(ended), 2, { restrictedTo: null })
  const conflicting = await reportFor(service, tam)
  await byTwo([sade, bea], pathOf(conflicting), 1, { conflictOfInterest: ['licensing'] })
  await cyd.call('PATCH', pathOf(conflicting), { version: 3, body: { restricted: true } })

  interface Page {
    items: { id: string }[]
    conflicting: number
    nextCursor?: string
  }
  const whole = (await aud.call<Page>('GET', path)).body
  t.same(whole.items.map(({ id }) => id).sort(), [byTam, corrupt, conflicting].sort())
  t.equal(whole.conflicting, 0)
  const named = {
    since: today,
    by: { id: tamId, name: 'Tam' },
    namedOn: today,
    namedBy: { id: sadeId, name: 'Sade' },
  }
  t.same(
    whole.items.find(({ id }) => id === byTam),
    {
      id: byTam,
      receivedOn: today,
      category: 'other-serious-crime',
      ...named,
      restrictedTo: [
        { id: tamId, name: 'Tam' },
        { id: beaId, name: 'Bea' },
      ],
    },
  )
  t.match(
    whole.items.find(({ id }) => id === corrupt),
    { since: today, by: null, restrictedTo: [], namedBy: null },
  )
  const licensing = (await lic.call<Page>('GET', path)).body
  t.same(licensing.items.map(({ id }) => id).sort(), [byTam, corrupt].sort())
  t.equal(licensing.conflicting, 1)

  const pages: string[] = []
  for (let cursor = ''; ; ) {
    const { body } = await aud.call<Page>('GET', `${path}?limit=1${cursor}`)
    pages.push(...body.items.map(({ id }) => id))
    if (body.nextCursor === undefined) break
    cursor = `&cursor=${body.nextCursor}`
  }
  t.same(
    pages,
    whole.items.map(({ id }) => id),
  )
  const trail = await aud.call<{ items: { target: string }[] }>(
    'GET',
    '/v1/triage/audit?action=administration',
  )
  t.ok(trail.body.items.some(({ target }) => target === 'audit/restricted'))
})

t.end()
