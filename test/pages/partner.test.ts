import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { partnerTextsFolder } from '../../src/pages/partner/texts.ts'
import { differences, knownLanguages } from '../../src/pages/texts/texts.ts'
import type { Submission } from '../../src/schemas/submissions.ts'
import type { OpenedReport, ReportSummary } from '../../src/schemas/triage.ts'
import { plain } from '../images/fixtures.ts'
import { startTestService } from '../support/service.ts'
import { byTwo, type Caller, callerWith } from '../support/staffApi.ts'
import { t } from '../support/suite.ts'
import { fieldsOf, open, type Page, post, press, textOf } from './browse.ts'

let now = new Date()
const service = await startTestService(t, { clock: () => now })
const tam = callerWith(service, await service.token('triager', { name: 'Tam' }))
const sade = callerWith(service, await service.token('supervisor', { name: 'Sade' }))
const bea = callerWith(service, await service.token('supervisor', { name: 'Bea' }))
const admin = callerWith(service, await service.token('admin'))
await admin.call('POST', '/v1/triage/agencies', {
  body: { slug: 'harbour-care', name: 'Harbour Care', kind: 'provider' },
  expect: 201,
})
const providerToken = () =>
  service.token('partner', { agency: 'harbour-care', name: 'Philippa Quillfeather' })
const token = await providerToken()
const worker = callerWith(service, token)

const minutes = (count: number) => {
  now = new Date(now.getTime() + count * 60_000)
}
const signIn = async (given = token) => press(service, await open(service, '/partner/'), { token: given })
const carried = (page: Page, name: string) => fieldsOf(page.html).find(([one]) => one === name)?.[1] ?? ''

const narrative = 'Every night at ten a white van comes to the yard and drums are carried in.'
const answers = {
  narrative,
  'source.basis': 'told-by-a-person',
  'source.protect': 'true',
  'source.note': 'Zebedee told me at the drop-in.',
  'source.contact': 'pq@harbour.example',
}

async function checked(list: Page): Promise<Page> {
  const choose = await press(service, list)
  const form = await press(service, choose, { category: 'environmental-crime' })
  return press(service, form, answers)
}

async function sharedBy(caller: Caller): Promise<Submission[]> {
  return (await caller.call<{ items: Submission[] }>('GET', '/v1/partner/submissions')).body.items
}

/** The report that was shared in last. */
async function reportOfPartner(): Promise<ReportSummary> {
  const { body } = await tam.call<{ items: ReportSummary[] }>('GET', '/v1/triage/reports?origin=partner')
  const [first] = body.items
  assert(first)
  return first
}

t.test(
  'a person without a system signs in, shares something, is asked, answers, takes it back, and leaves',
  async (t) => {
    const door = await open(service, '/partner/')
    t.equal(door.bytes, 64 * 1024)
    t.equal(door.headers['set-cookie'], undefined)
    t.match(door.headers['cache-control'], /no-store/)
    t.match(door.headers['content-security-policy'], /^default-src 'none';/)
    t.match(textOf(door.html), /999.*101.*No referral.*what the law reserves/s)
    const list = await press(service, door, { token })
    t.match(
      textOf(list.html),
      /Signed in as Philippa Quillfeather, Harbour Care.*What you shared/s,
      'at the top',
    )
    t.match(
      textOf(list.html),
      /scripts run, leave nothing.*private window.*sign out/s,
      'what may stay on the device',
    )
    t.notOk(list.html.includes(token), 'no page holds the token')

    const form = await press(service, await press(service, list), { category: 'environmental-crime' })
    const wrong = await press(service, form, { narrative: 'Too short' })
    t.equal(wrong.status, 400)
    t.match(
      textOf(wrong.html),
      /There is a problem What you know must be 20 characters or more Enter an answer to “How do you know\?” Enter an answer to “Must somebody be protected\?”/,
    )
    const strange = await press(service, wrong, { ...answers, narrative: `${narrative}\0` })
    t.match(textOf(strange.html), /Check “What happens\?”: a character in it that we cannot keep/)
    const check = await press(service, wrong, {
      ...answers,
      narrative: `${narrative} Philippa Quillfeather saw it.`,
    })
    t.match(check.html, /<mark class="s-warned">Philippa/)
    t.match(textOf(check.html), /Somebody told me.*Zebedee told me.*This is not for what is happening now/s)
    const sent = await press(service, check, { narrative })
    t.equal(sent.status, 200)
    const [submission] = await sharedBy(worker)
    const number = `Its number is ${submission?.id.slice(0, 8)}.`
    t.match(textOf(sent.html), new RegExp(`Shared on .* ${number}`))
    t.match(submission, { category: 'environmental-crime', status: 'received', mine: true })

    const { id } = await reportOfPartner()
    const path = `/v1/triage/reports/${id}`
    const { report, source } = (await tam.call<OpenedReport>('GET', path)).body
    t.strictSame(report, { category: 'environmental-crime', narrative })
    t.strictSame(source, { basis: 'told-by-a-person', protect: true })
    const draft = await tam.call<{ id: string }>('POST', `${path}/messages`, {
      body: { text: 'Is anybody hurt? Please say what you can.' },
      expect: 201,
    })
    await sade.call('POST', `${path}/messages/${draft.body.id}/approval`, {
      version: 1,
      body: { approved: true },
    })

    const opened = await press(service, sent)
    t.match(textOf(opened.html), number)
    t.match(textOf(opened.html), /From triage.*Is anybody hurt\?/s)
    t.notMatch(textOf(opened.html), /drums are carried/, 'what was shared is not shown again')
    const { version } = (await tam.call<OpenedReport>('GET', path)).body
    await byTwo([sade, bea], path, version, { conflictOfInterest: ['harbour-care'] })
    const inConflict = textOf((await press(service, sent)).html)
    t.equal(inConflict, textOf(opened.html), 'a conflict of interest changes nothing that they see')
    const empty = await press(service, opened, { text: ' ' })
    t.equal(empty.status, 400)
    const replied = await press(service, empty, { text: 'Nobody that we know of.' })
    t.match(textOf(replied.html), /It has been sent\..*Nobody that we know of/s)
    const asked = await press(service, replied, {}, 'govuk-button--warning')
    t.match(textOf(asked.html), /Do you want to take it back\?/)
    const both = await Promise.all([1, 2].map(() => press(service, asked, {}, 'govuk-button--warning')))
    for (const one of both) t.match(textOf(one.html), /It has been taken back/, 'a double click too')
    const back = both[0] ?? asked
    t.strictSame(await sharedBy(worker), [])
    const pressedTwice = await press(service, asked, {}, 'govuk-button--warning')
    t.equal(pressedTwice.status, 200)
    t.match(textOf(pressedTwice.html), /It has been taken back/)
    const late = await press(service, replied, { text: 'A <late> word.' })
    t.equal(late.status, 404)
    t.match(textOf(late.html), /not there any more.*it has not been sent.*A <late> word\./)

    const left = await press(service, back, {}, 's-exit')
    t.equal(left.headers['clear-site-data'], '"cache"')
    t.equal((await press(service, back)).status, 401, 'an older page opens nothing any more')
    t.equal(
      (await press(service, door, { token })).status,
      400,
      'nor does the form that signed in, sent again',
    )
  },
)

t.test('what acts instead of being shown is a mark on every page, and other scripts stay', async (t) => {
  const hostile = 'Meet\u202E us\u009B31m\u2066 there\u001b[2J\nשלום مرحبا'
  const shown = 'Meet\uFFFD us\uFFFD31m\uFFFD there\uFFFD[2J\nשלום مرحبا'
  await admin.call('POST', '/v1/triage/agencies', {
    body: { slug: 'quay-care', name: 'Quay\u202E Care\u009B31m', kind: 'provider' },
    expect: 201,
  })
  const quay = await service.token('partner', { agency: 'quay-care', name: 'Quentin Quay' })
  const check = await press(
    service,
    await press(service, await press(service, await signIn(quay)), { category: 'cybercrime' }),
    {
      ...answers,
      narrative: `Dim\u202E byd\u009Bm\u2066 arall. ${narrative}`,
      'source.note': 'Zebedee\u202E a\u009Bm ddywedodd',
    },
  )
  const { id } = await press(service, check).then(reportOfPartner)
  const path = `/v1/triage/reports/${id}`
  const draft = await tam.call<{ id: string }>('POST', `${path}/messages`, {
    body: { text: `${hostile} Are you safe?` },
    expect: 201,
  })
  const approval = { version: 1, body: { approved: true } }
  await sade.call('POST', `${path}/messages/${draft.body.id}/approval`, approval)
  const list = await signIn(quay)
  const submission = carried(list, 'submission')
  const opened = await post(service, '/partner/submission', [
    ['handle', carried(list, 'handle')],
    ['submission', submission],
  ])
  t.match(check.html, 'Dim\uFFFD byd\uFFFDm\uFFFD arall.')
  t.match(check.html, 'Zebedee\uFFFD a\uFFFDm ddywedodd')
  t.match(opened.html, `${shown} Are you safe?`)
  for (const page of [check, list, opened]) {
    t.match(textOf(page.html), 'Quentin Quay, Quay\uFFFD Care\uFFFD31m')
    const withoutFields = page.html.replaceAll(/<textarea.*?<\/textarea>|value="[^"]*"/gs, '')
    t.notMatch(withoutFields, /(?!\s)\p{Cc}|[\u202A-\u202E\u2066-\u2069]/u)
  }
})

t.test('sent twice, or changed and sent again, it comes once', async (t) => {
  const check = await checked(await signIn())
  const before = (await sharedBy(worker)).length
  const twice = await Promise.all([press(service, check), press(service, check)])
  t.strictSame(
    twice.map(({ status }) => status),
    [200, 200],
  )
  const all = await sharedBy(worker)
  t.equal(all.length, before + 1)
  const list = textOf((await signIn()).html)
  for (const { id } of all) t.match(list, `Its number is ${id.slice(0, 8)}.`)
  t.match(textOf((await press(service, check)).html), /Shared on/)
  const other = await press(service, check, { narrative: `${narrative} Twice.` })
  t.match(textOf(other.html), /sent before, and you have changed it since/)
  const opened = await press(service, twice[0])
  const replied = [
    await press(service, opened, { text: 'More.' }),
    await press(service, opened, { text: 'More.' }),
  ]
  t.equal(replied[1]?.html.match(/From you/g)?.length, 1)
  const changed = await press(service, opened, { text: 'Second, corrected.' })
  t.equal(changed.status, 400)
  t.match(textOf(changed.html), /Your first message came\. This one has not been sent yet/)
  t.notMatch(textOf(changed.html), /It has been sent/)
  t.match(textOf((await press(service, changed)).html), /It has been sent.*Second, corrected\..*More\./)
  t.equal((await sharedBy(worker)).length, before + 1)
})

t.test('an image is added, and only who is signed in has it read', async (t) => {
  const opened = await press(service, await press(service, await checked(await signIn())))
  const image = async (handle: string) => {
    const form = new FormData()
    for (const [name, value] of [
      ['handle', handle],
      ['submission', carried(opened, 'submission')],
      ['act', 'image'],
      ['key', carried(opened, 'key')],
    ] as const)
      form.append(name, value)
    form.append('image', new Blob([new Uint8Array(await plain(40, 30).png().toBuffer())]), 'tenant.png')
    return fetch(`${service.base}/partner/submission/change`, { method: 'POST', body: form })
  }
  const added = await image(carried(opened, 'handle'))
  t.match(textOf(await added.text()), /The image has been added.*1 of 10/s)
  t.equal((await image('nothing')).status, 401)
})

t.test(
  'a session ends by itself and loses nothing; a token that was taken back opens no page more',
  async (t) => {
    const own = await providerToken()
    const check = await checked(await signIn(own))
    minutes(31)
    const asked = await press(service, check)
    t.equal(asked.status, 401)
    t.match(textOf(asked.html), /Nothing that you wrote is lost/)
    t.equal(asked.bytes, 512 * 1024)
    const before = (await sharedBy(worker)).length
    const sent = await press(service, asked, { token: own })
    t.match(textOf(sent.html), /Shared on/)
    t.equal((await sharedBy(worker)).length, before + 1)

    const list = await signIn(own)
    for (let passed = 0; passed < 12 * 60; passed += 25) minutes(25)
    t.equal((await press(service, list)).status, 401)
  },
)

t.test(
  'every other role is told plainly that this is not their place, and a strange token opens nothing',
  async (t) => {
    for (const role of ['triager', 'supervisor', 'auditor', 'admin'] as const) {
      const refused = await signIn(await service.token(role))
      t.equal(refused.status, 403, role)
      t.match(textOf(refused.html), new RegExp(`for partner agencies and providers.*role ${role}`, 's'))
      t.notMatch(refused.html, 'name="handle"')
    }
    for (const strange of ['', 'sotto_', `sotto_${'A'.repeat(43)}`, '<script>'])
      t.equal((await signIn(strange)).status, 401, strange)
  },
)

t.test('another site can make a browser send nothing here', async (t) => {
  const list = await signIn()
  const payload = new URLSearchParams({ handle: carried(list, 'handle') }).toString()
  const statusFor = async (said: Record<string, string>) => {
    const headers = {
      host: 'Tell.example:8443',
      'content-type': 'application/x-www-form-urlencoded',
      ...said,
    }
    return (await service.app.inject({ method: 'POST', url: '/partner/', headers, payload })).statusCode
  }
  t.equal(await statusFor({ 'sec-fetch-site': 'cross-site' }), 400)
  t.equal(await statusFor({ 'sec-fetch-site': 'same-origin', origin: 'http://behind.a.proxy' }), 200)
  for (const origin of ['https://evil.example', 'https://tell.example', 'strange'])
    t.equal(await statusFor({ origin }), 400, `an older browser says ${origin}`)
  for (const origin of ['https://tell.example:8443', 'null'])
    t.equal(await statusFor({ origin }), 200, origin)
  t.equal(await statusFor({}), 200)
})

t.test('what is not theirs is not there, and no input is answered with a fault', async (t) => {
  const list = await signIn()
  const handle = carried(list, 'handle')
  for (const submission of ['', 'x', '0b3f1c2d-5e6f-4a7b-8c9d-0e1f2a3b4c5d']) {
    const page = await post(service, '/partner/submission', [
      ['handle', handle],
      ['submission', submission],
    ])
    t.equal(page.status, 404, submission)
    t.match(textOf(page.html), /not there any more/)
    for (const act of ['reply', 'take-back', 'take-back-now']) {
      const changed = await post(service, '/partner/submission/change', [
        ['handle', handle],
        ['submission', submission],
        ['act', act],
        ['text', 'A word to nobody.'],
      ])
      t.equal(changed.status, 404, act)
      t.match(textOf(changed.html), /not there any more/)
      t.notMatch(textOf(changed.html), /taken back\./)
      t.equal(/A word to nobody\./.test(changed.html), act === 'reply')
    }
  }
  t.equal(
    (
      await post(service, '/partner/', [
        ['handle', handle],
        ['cursor', 'x'],
      ])
    ).status,
    400,
  )
  t.equal((await open(service, '/partner/report')).status, 303)
  const strange = await service.app.inject({ url: '/partner/nowhere', headers: { accept: 'text/html' } })
  t.equal(strange.statusCode, 404)
  t.match(strange.body, 'href="/partner/"')
})

t.test('where triage alone is served, and at each instance, they are whole', async (t) => {
  const { databaseUrl, keyringFile } = service
  const other = await startTestService(t, {
    environment: { ROLE: 'triage' },
    databaseUrl,
    keyringFile,
    clock: () => now,
  })
  const list = await signIn()
  t.match(textOf((await press(other, list)).html), /What is it about\?/, 'a session of another instance')
  const assets = [...list.html.matchAll(/"(\/partner\/assets\/[^"]+)"/g)].map(([, name = '']) => name)
  t.equal(assets.length, 3)
  for (const asset of assets) t.equal((await open(other, asset)).status, 200, asset)
  const strange = await other.app.inject({ url: '/partner/nowhere', headers: { accept: 'text/html' } })
  t.match(strange.headers['content-type'], 'text/html')
  const call = await other.app.inject({ url: '/nowhere', headers: { accept: 'text/html' } })
  t.match(call.headers['content-type'], 'application/problem+json', 'elsewhere nothing has changed')
  const without = await startTestService(t, {
    environment: { ROLE: 'triage', PAGES: 'off' },
    databaseUrl,
    keyringFile,
  })
  t.equal((await open(without, '/partner/')).status, 404)
})

t.test('every language of these pages has every text', async (t) => {
  const textsIn = (language: string) =>
    JSON.parse(readFileSync(`${partnerTextsFolder}${language}.json`, 'utf8'))
  for (const language of knownLanguages(partnerTextsFolder))
    t.strictSame(differences(textsIn('en'), textsIn(language)), [], language)
})

t.end()
