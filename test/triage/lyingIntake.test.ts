import { readKeyringFile } from '../../src/crypto/keyring.ts'
import { mixBox } from '../../src/domain/mixing/mixBox.ts'
import type { Mailbox } from '../../src/schemas/mailbox.ts'
import type { OpenedReport, ReportSummary } from '../../src/schemas/triage.ts'
import { openPool } from '../../src/storage/pool.ts'
import { plain } from '../images/fixtures.ts'
import { reporterAt } from '../mailbox/reporter.ts'
import { badContents } from '../support/badContents.ts'
import { asSuperuser } from '../support/cluster.ts'
import { patientFetch } from '../support/patience.ts'
import { startTestService } from '../support/service.ts'
import { callerWith, reportFor } from '../support/staffApi.ts'
import { t } from '../support/suite.ts'
import { takenIntake } from '../support/takenIntake.ts'

/** An intake host that lies in the clear about what it sealed. */

const service = await startTestService(t)
const { databaseUrl, keyringFile, base } = service
const keyring = readKeyringFile(keyringFile)
const pool = openPool(databaseUrl, 'sotto_triage', 4)
t.after(() => pool.close())
const taken = takenIntake(t, service)
const supervisorToken = await service.token('supervisor', { name: 'Sade' })
const sade = callerWith(service, supervisorToken)
const tam = callerWith(service, await service.token('triager', { name: 'Tam' }))
const word = 'kestrel'
const mix = () => mixBox({ pool, keyring, clock: () => new Date(), interval: 0 }, { includeToday: true })

const corruption = {
  category: 'other-serious-crime',
  subcategories: ['corruption'],
  narrative: `A fictional official takes fictional money for the ${word}.`,
  entities: [{ kind: 'vehicle', registration: 'ZZ19 AAB' }],
} as const
const asReport = {
  ...corruption,
  subcategories: [...corruption.subcategories],
  entities: [...corruption.entities],
}

async function exported(): Promise<string> {
  const response = await patientFetch(`${base}/v1/triage/export`, {
    headers: { authorization: `Bearer ${supervisorToken}`, accept: 'application/x-ndjson' },
  })
  return response.text()
}
const search = async (caller: typeof sade, q: string) =>
  (await caller.call<{ items: ReportSummary[] }>('POST', '/v1/triage/reports/search', { body: { q } })).body
    .items
const listed = async (caller: typeof sade) =>
  (await caller.call<{ items: Partial<ReportSummary>[] }>('GET', '/v1/triage/reports?limit=200')).body.items
const open = async (id: string) => (await sade.call<OpenedReport>('GET', `/v1/triage/reports/${id}`)).body

t.test('a corruption report said to be open shows its content to nobody who is not named', async (t) => {
  const { id } = await taken.put({ report: asReport, clear: { restricted: false } })
  const path = `/v1/triage/reports/${id}`
  const nowhere = async () => {
    for (const caller of [tam, sade]) {
      await caller.call('GET', path, { expect: 404 })
      for (const part of ['attachments', 'messages'])
        await caller.call('GET', `${path}/${part}`, { expect: 404 })
      t.same(await search(caller, word), [])
    }
    t.notMatch(await exported(), new RegExp(`${word}|${id}`))
    t.match(await exported(), /"end":true/)
    await tam.call('POST', `${path}/notes`, { body: { text: 'What is this?' }, expect: 404 })
    await tam.call('PATCH', path, { version: 1, body: { status: 'screening' }, expect: 404 })
  }
  await nowhere()
  t.equal(
    (await pool.query({ name: 'left', text: 'SELECT FROM reports', values: [] })).length,
    0,
    'nor does it move',
  )

  t.match(await mix(), { reports: 1, differing: 1, unreadable: 0 })
  await nowhere()
  t.same(
    (await listed(tam)).map((one) => one.id),
    [],
  )
  t.same(await listed(sade), [
    {
      id,
      receivedOn: new Date().toISOString().slice(0, 10),
      category: 'other-serious-crime',
      flags: ['restricted'],
      version: 1,
    },
  ])
})

t.test('an act of a supervisor that names people finds it restricted, in the box still', async (t) => {
  const { id } = await taken.put({ report: asReport, clear: { restricted: false } })
  const { code } = await sade.call('PATCH', `/v1/triage/reports/${id}`, {
    version: 1,
    body: { status: 'screening', reason: 'A fictional reason.' },
    expect: 403,
  })
  t.equal(code, 'forbidden')
  await tam.call('GET', `/v1/triage/reports/${id}`, { expect: 404 })
})

t.test('the stricter wins: priority, category and agencies, in the box and out of it', async (t) => {
  const danger = {
    category: 'county-lines',
    narrative: 'A fictional child is made to carry a fictional osprey.',
    riskFlags: ['child-at-risk', 'threat-to-life'],
  } as const
  const honest = await reportFor(service, tam, { ...danger, riskFlags: [...danger.riskFlags] })
  const expected = await open(honest)
  const { id } = await taken.put({
    report: { ...danger, riskFlags: [...danger.riskFlags] },
    clear: {
      category: 'antisocial-behaviour',
      priority: 1,
      leadAgency: 'community-safety',
      supportAgencies: [],
    },
  })
  const raised = await taken.put({ clear: { priority: 3 } })
  const { category, priority, leadAgency, supportAgencies, attentionBy } = expected
  const settled = { category, priority, leadAgency, supportAgencies, attentionBy }
  t.match(await open(id), settled, 'opened in the box')
  t.match(
    (await search(tam, 'osprey')).find((one) => one.id === id),
    settled,
    'found in the box',
  )
  const line = (await exported()).split('\n').find((one) => one.includes(id)) ?? ''
  t.match(JSON.parse(line), settled, 'exported from the box')
  t.match(
    (await listed(tam)).find((one) => one.id === id),
    { category: 'antisocial-behaviour' },
    'not opened',
  )

  await tam.call('PATCH', `/v1/triage/reports/${id}`, { version: 1, body: { status: 'screening' } })
  t.match(await open(id), settled, 'admitted')
  t.match(await open(raised.id), { priority: 'high' })
  const outcome = await mix()
  t.match(outcome, { differing: 3 }, 'with the one of the test before, and the one that was admitted')
  t.match(await open(raised.id), { priority: 'high', category: 'other-serious-crime' })
  t.match(await open(honest), settled)
})

t.test('what is proposed before an agency comes differs in nothing', async (t) => {
  const id = await reportFor(service, tam, { category: 'property-misuse', subcategories: ['unlawful-hmo'] })
  await asSuperuser(databaseUrl, (client) =>
    client.query(`INSERT INTO agencies (slug, name) VALUES ('housing', 'Housing')`),
  )
  t.match(await mix(), { reports: 1, differing: 0 })
  t.match(await open(id), { leadAgency: 'planning-enforcement' })
})

t.test('images are taken only if both say so, and those that came are put away', async (t) => {
  const put = await taken.put({
    report: { category: 'child-sexual-exploitation' },
    clear: { category: 'antisocial-behaviour' },
    attachmentsAllowed: true,
  })
  const jpeg = await plain(40, 30).jpeg().toBuffer()
  const facts = { mediaType: 'image/jpeg', bytes: jpeg.length }
  const image = await taken.attach(put, jpeg, (sign) => ({ ...facts, signature: sign(facts) }))
  const path = `/v1/triage/reports/${put.id}/attachments`
  const { body } = await tam.call<{ items: object[] }>('GET', path)
  t.match(body.items, [{ id: image, quarantined: true }])
  await tam.call('GET', `${path}/${image}`, { expect: 409 })
  t.match(await mix(), { differing: 1 })
  const mailbox: Mailbox = await reporterAt(base, put.receipt).read()
  t.equal(mailbox.attachmentsAllowed, false)
  const refused = await taken.put({ attachmentsAllowed: false })
  await mix()
  t.equal((await reporterAt(base, refused.receipt).read()).attachmentsAllowed, false)
})

/** For a message or the facts of an image: the function that intake puts them in by refuses them. */
const tooLarge = ['a deep list', 'very many values']

t.test('what a lying host says and sends in a reporter’s name stops neither side', async (t) => {
  const put = await taken.put()
  let other = put
  const reporter = reporterAt(base, put.receipt)
  let number = 0
  for (const [how, content] of Object.entries(badContents)) {
    if (tooLarge.includes(how)) await t.rejects(taken.say(put, content, number + 1), /too large/, how)
    else await taken.say(put, content, ++number)
  }
  await taken.say(put, { text: 'A fictional word.', more: true }, ++number)
  t.equal((await reporter.say('A word that can be read.')).status, 201)
  const seen = async () => {
    const ours = await tam.call<{ items: { text: string }[] }>('GET', `/v1/triage/reports/${put.id}/messages`)
    const theirs = await reporter.read()
    return [ours.body.items, theirs.messages].map((messages) => messages.map(({ text }) => text))
  }
  t.same(await seen(), [['A word that can be read.'], ['A word that can be read.']])

  const jpeg = await plain(40, 30).jpeg().toBuffer()
  const html = Buffer.from('<script>fictional</script>')
  const shown: Record<string, [Uint8Array, object, number]> = {
    'another type': [jpeg, { mediaType: 'image/png', bytes: jpeg.length }, 404],
    'another size': [jpeg, { mediaType: 'image/jpeg', bytes: 7 }, 404],
    'no image': [html, { mediaType: 'image/jpeg', bytes: html.length }, 404],
    'as it is': [jpeg, { mediaType: 'image/jpeg', bytes: jpeg.length }, 200],
  }
  for (const [how, [bytes, facts, expect]] of Object.entries(shown)) {
    const id = await taken.attach(put, bytes, (sign) => ({ ...facts, signature: sign(facts) }))
    const path = `${base}/v1/triage/reports/${put.id}/attachments/${id}`
    const headers = { authorization: `Bearer ${supervisorToken}` }
    t.equal((await patientFetch(path, { headers })).status, expect, how)
  }
  const badFacts = [
    ...Object.entries(badContents).flatMap(([how, content]) => (tooLarge.includes(how) ? [] : [content])),
    { mediaType: 'text/html', bytes: 7 },
    { mediaType: 'image/jpeg', bytes: 'many' },
    { mediaType: 'image/jpeg', bytes: 7, signature: 9 },
  ]
  for (const [index, facts] of badFacts.entries()) {
    if (index % 5 === 0) other = await taken.put()
    await taken.attach(other, jpeg, () => facts)
    const { body } = await tam.call<{ items: [] }>('GET', `/v1/triage/reports/${other.id}/attachments`)
    t.same([body.items, (await reporterAt(base, other.receipt).read()).attachments], [[], []])
  }
  const path = `/v1/triage/reports/${put.id}/attachments`
  const { body } = await tam.call<{ items: { id: string }[] }>('GET', path)
  t.equal(body.items.length, 4)
  t.equal((await reporter.read()).attachments.length, 4)
  for (const { id } of body.items) await tam.call('POST', `${path}/${id}/quarantine`)
  t.match(await mix(), { emptied: true })
  t.same(await seen(), [['A word that can be read.'], ['A word that can be read.']])
})

t.test('rows of a mailbox or a report that are another’s are shown to nobody', async (t) => {
  const [one, other] = [await taken.put(), await taken.put()]
  await taken.say({ ...one, mailboxId: other.mailboxId }, { text: 'Into another mailbox.' })
  await taken.say({ ...one, id: other.id }, { text: 'To another report.' }, 2)
  const jpeg = await plain(40, 30).jpeg().toBuffer()
  const facts = { mediaType: 'image/jpeg', bytes: jpeg.length }
  await taken.attach({ ...one, id: other.id }, jpeg, (sign) => ({ ...facts, signature: sign(facts) }))
  for (const put of [one, other]) {
    const path = `/v1/triage/reports/${put.id}`
    t.same((await tam.call<{ items: [] }>('GET', `${path}/messages`)).body.items, [])
    t.same((await tam.call<{ items: [] }>('GET', `${path}/attachments`)).body.items, [])
    const { messages, attachments } = await reporterAt(base, put.receipt).read()
    t.same([messages, attachments], [[], []])
  }
  t.match(await mix(), { emptied: true })
})

t.test(
  'what stands in the clear has the form of slugs, and a category that is not there is shown as another',
  async (t) => {
    const words = 'Call 07700 900123'
    for (const clear of [
      { category: words },
      { leadAgency: words },
      { supportAgencies: ['licensing', words] },
    ])
      await t.rejects(taken.put({ clear }))
    const { id } = await taken.put({ sealed: () => null, clear: { category: 'made-up' } })
    const shown = async () => (await listed(tam)).find((one) => one.id === id)
    t.match(await shown(), { category: 'other-serious-crime' })
    t.match(await mix(), { unreadable: 1, differing: 1 })
    t.match(await shown(), { category: 'other-serious-crime', flags: ['unreadable'] })
  },
)

t.test('messages and images that nobody will be shown are counted by the mixing', async (t) => {
  const jpeg = await plain(40, 30).jpeg().toBuffer()
  const facts = { mediaType: 'image/jpeg', bytes: jpeg.length }
  await mix()
  const put = await taken.put()
  await taken.say(put, { text: 'A fictional word.' })
  await taken.attach(put, jpeg, (sign) => ({ ...facts, signature: sign(facts) }))
  t.match(await mix(), { messages: 1, attachments: 1, strange: 0 })

  const other = await taken.put()
  await taken.say(put, null, 2)
  await taken.say(put, { no: 'text' }, 3)
  await taken.say({ ...put, mailboxId: other.mailboxId }, { text: 'Signed for another mailbox.' }, 4)
  await taken.attach(put, Buffer.from('no image'), (sign) => ({ ...facts, signature: sign(facts) }))
  await taken.attach(put, jpeg, () => facts)
  t.match(await mix(), { messages: 3, attachments: 2, strange: 5 })
  const { body } = await tam.call<{ items: unknown[] }>('GET', `/v1/triage/reports/${put.id}/attachments`)
  t.equal(body.items.length, 2, 'of images, their facts tell whether they are listed')
})

t.test('no line of the log came while they were met', (t) => {
  t.same(service.logLines, [])
  t.end()
})

t.end()
