import assert from 'node:assert/strict'
import type { Submission } from '../../src/schemas/submissions.ts'
import { run } from '../cli/run.ts'
import { audience, followAs, signingKey, startIssuer, whoSaysNo } from '../support/issuer.ts'
import { until } from '../support/patience.ts'
import { startTestService } from '../support/service.ts'
import { callerWith } from '../support/staffApi.ts'
import { type Test, t } from '../support/suite.ts'
import { open, type Page, post, press, textOf, wordsOf } from './browse.ts'

/** Signing in to partners' pages at one's organisation, without a script and without a cookie, at a real issuer. */

// Behind the issuer's, so that what it gives is good however far the tests go on.
let now = new Date(Date.now() - 6 * 3_600_000)
const people = {
  philippa: { roles: ['partner'], agency: 'harbour-care' },
  tam: { roles: ['triager'] },
  stranger: { roles: [] },
}
const origin = 'http://localhost'
const issuer = await startIssuer(t, people, [await signingKey('ES256', 'one')], `${origin}/console/`)
const service = await startTestService(t, {
  environment: { OIDC_ISSUER: issuer.issuer, OIDC_AUDIENCE: audience, OIDC_CLIENT_ID: 'sotto-console' },
  clock: () => now,
})
const admin = callerWith(service, await service.token('admin'))
await admin.call('POST', '/v1/triage/agencies', {
  body: { slug: 'harbour-care', name: 'Harbour Care', kind: 'provider' },
  expect: 201,
})

const minutes = (count: number) => {
  now = new Date(now.getTime() + count * 60_000)
}
const toOrganisation = (page: Page, to = '/partner/') => press(service, page, {}, `to=${to}`)
const linkOn = ({ html }: Page) =>
  (/<a class="govuk-button"[^>]* href="([^"]+)"/.exec(html)?.[1] ?? '').replaceAll('&amp;', '&')
/** What a browser asks of the service once the issuer has sent somebody back. */
async function backFrom(away: Page, subject: string): Promise<string> {
  const back = await followAs(issuer.issuer, linkOn(away), subject)
  assert.equal(back.origin + back.pathname, `${origin}/partner/return`)
  return back.pathname + back.search
}
const choicesOn = ({ html }: Page) =>
  [...html.matchAll(/name="word" value="(\d+)"[^>]*>([^<]+)</g)].map(([, value = '', word = '']) => ({
    value,
    word,
  }))

interface Gone {
  away: Page
  returned: Page
  address: string
  /** What the right button sends, and a wrong one. */
  right: string
  wrong: string
}

async function goAs(subject: string, from?: Page, to?: string): Promise<Gone> {
  const away = await toOrganisation(from ?? (await open(service, '/partner/')), to)
  const address = await backFrom(away, subject)
  const returned = await open(service, address)
  const shown = wordsOf(away.html, 'word')
  const choices = choicesOn(returned)
  const right = choices.find(({ word }) => word === shown)?.value ?? ''
  const wrong = choices.find(({ word }) => word !== shown)?.value ?? ''
  return { away, returned, address, right: `word=${right}`, wrong: `word=${wrong}` }
}
const signInAs = async (subject: string) => {
  const { returned, right } = await goAs(subject)
  return press(service, returned, {}, right)
}
async function tooLate(t: Test, page: Page, word: string): Promise<void> {
  const refused = await press(service, page, {}, word)
  t.equal(refused.status, 401)
  t.match(textOf(refused.html), /was used already/)
  t.notMatch(refused.html, 'name="handle"')
}
const handleOf = ({ html }: Page) => /name="handle" value="([^"]+)"/.exec(html)?.[1] ?? ''
const shutOut = 'Your organisation knows you, but its login opens nothing here'

t.test(
  'somebody signs in at their organisation by the word that they were shown, and nothing of it stays',
  async (t) => {
    const { away, returned, address, right } = await goAs('philippa')
    t.equal(away.bytes, 64 * 1024)
    const asked = new URL(linkOn(away)).searchParams
    t.match(Object.fromEntries(asked), {
      response_type: 'code',
      client_id: 'sotto-console',
      code_challenge_method: 'S256',
      redirect_uri: `${origin}/partner/return`,
      resource: audience,
    })
    t.ok(asked.get('nonce'))
    t.equal(choicesOn(returned).length, 6)
    t.match(returned.headers['cache-control'], /no-store/)
    const code = new URL(address, origin).searchParams.get('code') ?? ''
    t.ok(code.length > 20)
    t.notOk(returned.html.includes(code), 'the code stands in no page')
    const list = await press(service, returned, {}, right)
    t.equal(list.status, 200)
    t.match(textOf(list.html), /Signed in as philippa@.*, Harbour Care.*What you shared/s)
    for (const page of [away, returned, list]) {
      t.equal(page.headers['set-cookie'], undefined)
      t.match(page.headers['content-security-policy'], /form-action 'self';/)
      t.notMatch(page.html, /eyJ[\w-]+\.eyJ/, 'no token in the clear')
    }
    t.match(textOf((await press(service, returned, {}, right)).html), /What you shared/, 'a double click')
    t.match(textOf((await press(service, list)).html), /What is it about\?/)
    minutes(2)
    const again = await press(service, returned, {}, right)
    t.match(textOf(again.html), /was used|used already/, 'a page of before signs nobody in')
    t.notMatch(again.html, 'name="handle"')
  },
)

t.test(
  'whoever was shown another word, or none, is signed in as nobody, and has no second try',
  async (t) => {
    const { returned, right, wrong } = await goAs('philippa')
    const refused = await press(service, returned, {}, wrong)
    t.equal(refused.status, 401)
    t.match(textOf(refused.html), /not the word that you were shown/)
    t.notMatch(refused.html, 'name="handle"')
    const second = await press(service, returned, {}, right)
    t.equal(second.status, 401, 'the code is spent')
    const sentALink = await goAs('philippa')
    const none = await press(service, sentALink.returned, {}, 'word=')
    t.match(textOf(none.html), /Somebody else may have begun this sign-in/)
    t.equal((await press(service, sentALink.returned, {}, sentALink.right)).status, 401)
  },
)

t.test('there is one press, whichever word it was, wherever else the return is opened', async (t) => {
  const { returned, address, right, wrong } = await goAs('philippa')
  t.equal((await press(service, returned, {}, right)).status, 200)
  const elsewhere = await open(service, address)
  for (const word of [wrong, right, 'word=']) await tooLate(t, elsewhere, word)
  await tooLate(t, returned, wrong)
})

t.test('each way in which it fails has a page that says so', async (t) => {
  const back = await backFrom(await toOrganisation(await open(service, '/partner/')), whoSaysNo)
  const cancelled = await open(service, back)
  t.equal(cancelled.status, 400)
  t.match(textOf(cancelled.html), /You did not sign in: it was cancelled/)

  const slow = await goAs('philippa')
  minutes(16)
  for (const stale of [
    await press(service, slow.returned, {}, slow.right),
    await open(service, slow.address),
  ])
    t.match(textOf(stale.html), /took more than a quarter of an hour/)
  for (const strange of [
    '',
    '?',
    '?code=x',
    '?state=x&code=y',
    '?error=x',
    `?state=${'A'.repeat(9000)}&code=y`,
  ])
    t.match(
      textOf((await open(service, `/partner/return${strange}`)).html),
      /took more than a quarter of an hour/,
    )
  for (const fields of [[], [['back', 'x']], [['back', '']]] as [string, string][][])
    t.equal((await post(service, '/partner/', [...fields, ['word', '1']])).status, 401)

  const triager = await signInAs('tam')
  t.equal(triager.status, 403)
  t.match(textOf(triager.html), /for partner agencies and providers.*role triager/s)
  const stranger = await signInAs('stranger')
  t.equal(stranger.status, 401)
  t.match(textOf(stranger.html), shutOut)
})

t.test('while the issuer is away nothing is lost, and a token still opens', async (t) => {
  const gone = await goAs('philippa')
  const other = await goAs('philippa')
  const comeBack = issuer.goAway()
  const away = await press(service, gone.returned, {}, gone.right)
  t.equal(away.status, 503)
  t.ok(away.headers['retry-after'])
  t.match(textOf(away.html), /cannot answer at the moment/)
  const left = await toOrganisation(await open(service, '/partner/'))
  t.match(left.html, 'data-main', 'what it said of itself is known for a while')
  t.equal((await press(service, other.returned, {}, other.wrong)).status, 503)
  comeBack()
  let list = away
  await until(async () => {
    list = await press(service, away)
    return list.status === 200
  })
  t.match(textOf(list.html), /What you shared/, 'the button again')
  // The code of this one is good yet: what holds is kept here, and not at the issuer.
  for (const page of [other.returned, await open(service, other.address)]) await tooLate(t, page, other.right)
  const token = await service.token('partner', { agency: 'harbour-care', name: 'Odo Brack' })
  t.match(textOf((await press(service, await open(service, '/partner/'), { token })).html), /Odo Brack/)
})

t.test('a session ends within the hour, and what was typed goes on by a pass, once', async (t) => {
  const list = await signInAs('philippa')
  const form = await press(service, await press(service, list), { category: 'environmental-crime' })
  minutes(31)
  const narrative = 'Every night at ten a white van comes to the yard and drums are carried in.'
  const answers = { narrative, 'source.basis': 'own-observation', 'source.protect': 'false' }
  const asked = await press(service, form, answers)
  t.equal(asked.status, 401)
  const { away, returned, right } = await goAs('philippa', asked, '/partner/report')
  t.match(away.html, 'target="_blank"')
  t.match(away.html, 'drums are carried')
  const shown = await press(service, returned, {}, right)
  const pass = /<textarea[^>]*>\s*([\w-]+)/.exec(shown.html)?.[1] ?? ''
  t.ok(pass.length > 100)
  const check = await press(service, away, { token: pass }, 'data-pass')
  t.match(textOf(check.html), /This is all that is sent.*drums are carried/s)
  t.match(textOf((await press(service, check)).html), /Shared on/)
  const worker = callerWith(service, await issuer.accessToken('philippa'))
  const { body } = await worker.call<{ items: Submission[] }>('GET', '/v1/partner/submissions')
  t.equal(body.items.length, 1, 'the same person as by the API')
  minutes(2)
  t.equal((await press(service, away, { token: pass }, 'data-pass')).status, 401, 'a pass is good once')

  let page = await signInAs('philippa')
  for (let passed = 0; passed < 54; passed += 27) {
    minutes(27)
    page = await post(service, '/partner/', [['handle', handleOf(page)]])
    t.equal(page.status, 200)
  }
  const offered = await post(service, '/partner/pass', [['handle', handleOf(page)]])
  const late = /<textarea[^>]*>\s*([\w-]+)/.exec(offered.html)?.[1] ?? ''
  t.ok(late.length > 100)
  minutes(9)
  const over = await press(service, await open(service, '/partner/'), { token: late })
  t.equal(over.status, 401, 'a pass is no way past the hour')
  t.notMatch(over.html, 'name="handle"')
  minutes(6)
  t.equal((await press(service, page)).status, 401)
})

t.test('whoever signs out, or is shut out here, opens no page more', async (t) => {
  const list = await signInAs('philippa')
  const left = await press(service, list, {}, 's-exit')
  t.match(textOf(left.html), /may still be open in this browser/)
  t.equal((await press(service, list)).status, 401)
  const early = await signInAs('philippa')
  minutes(20)
  const open = await post(service, '/partner/', [['handle', handleOf(early)]])
  t.equal(open.status, 200)
  minutes(11)
  await press(service, early, {}, 's-exit')
  t.equal((await press(service, open)).status, 401, 'a page that is too old for anything else ends it too')
  const other = await signInAs('philippa')
  const person = `philippa@${new URL(issuer.issuer).host}`
  const environment = { KEYRING_FILE: service.keyringFile, DATABASE_URL: service.databaseUrl }
  await run('sotto', ['staff', 'revoke', '--name', person], environment)
  const refused = await press(service, other)
  t.equal(refused.status, 401)
  t.match(textOf(refused.html), shutOut)
})

t.test('another site can have no sign-in begun, and without a client nothing of it is there', async (t) => {
  const elsewhere = await service.app.inject({
    method: 'POST',
    url: '/partner/organisation',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'cross-site' },
    payload: '',
  })
  t.equal(elsewhere.statusCode, 400)
  for (const [host, status] of [
    ['a b', 400],
    ...['@', '/', '?', '#', '\\'].map((mark) => [`a${mark}evil.example`, 400] as const),
    ['tell.example:8443', 200],
  ] as const) {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', host }
    const asked = { method: 'POST', url: '/partner/organisation', headers, payload: '' } as const
    const { statusCode, body } = await service.app.inject(asked)
    t.equal(statusCode, status, host)
    if (status === 200)
      t.match(body, encodeURIComponent('https://tell.example:8443/partner/return'), 'as people reach it')
  }
  const typed = await post(service, '/partner/organisation', [['to', 'https://evil.example/']])
  t.notMatch(typed.html, 'evil.example')
  const { databaseUrl, keyringFile } = service
  const without = await startTestService(t, {
    environment: { OIDC_ISSUER: issuer.issuer, OIDC_AUDIENCE: audience },
    databaseUrl,
    keyringFile,
    clock: () => now,
  })
  t.notMatch((await open(without, '/partner/')).html, 'name="to"')
  t.equal((await open(without, '/partner/return?code=x&state=y')).status, 404)
  t.equal((await post(without, '/partner/organisation', [])).status, 404)
})

t.end()
