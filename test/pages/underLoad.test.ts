import { solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2'
import type { Challenge } from '../../src/schemas/challenge.ts'
import { startTestService } from '../support/service.ts'
import { t } from '../support/suite.ts'
import { from, open, type Page, press, type Site, textOf, wordsOf } from './browse.ts'

const narrative = 'Every night at ten a white van comes to the yard and drums are carried in.'
const isReceipt = /^([0-9A-Z]{4}-){6}[0-9A-Z]{4}$/
const stranger = '0000-0000-0000-0000-0000-0000-0000'

/** Floods are counted here, not work: the usual effort is solved in test/mailbox/mailbox.test.ts. */
const effort = { cost: 100, tries: 20 }

/** A service whose clock the test moves, where clients are told apart. */
async function loaded(test: Parameters<typeof startTestService>[0], environment: Record<string, string>) {
  let time = Date.now()
  const service = await startTestService(test, {
    clock: () => new Date(time),
    effort,
    environment: { RATE_LIMIT: '1000000', TRUST_PROXY: '10.0.0.1', ...environment },
  })
  const after = (seconds: number) => {
    time += seconds * 1_000
  }
  return { service, after }
}

async function checked(site: Site): Promise<Page> {
  const form = await press(site, await open(site, '/report'), { category: 'environmental-crime' })
  return press(site, form, { narrative })
}

async function solved(site: Site): Promise<string> {
  const challenge: Challenge = JSON.parse((await site.app.inject({ url: '/v1/challenges' })).body)
  const solution = await solveChallenge({ challenge, deriveKey })
  return btoa(JSON.stringify({ challenge, solution }))
}

const ticketIn = ({ html }: Page) => /name="ticket" value="([^"]+)"/.exec(html)?.[1]
const secondsIn = ({ html }: Page) => Number(/Wait (\d+) seconds/.exec(textOf(html))?.[1])

t.test(
  'without a script, typing is the wait: a ticket comes with the form, and its turn comes',
  async (t) => {
    const { service, after } = await loaded(t, { CHALLENGE: 'always' })
    const page = await checked(service)
    const early = await press(service, page)
    t.equal(early.status, 403)
    t.ok(Number(early.headers['retry-after']) > 0)
    const seconds = secondsIn(early)
    t.ok(seconds > 0 && seconds <= 10, `${seconds}`)
    t.match(textOf(early.html), narrative, 'nothing is lost')
    t.equal(ticketIn(early), ticketIn(page), 'it keeps its turn')
    t.notMatch(early.html, /http-equiv="refresh"/i)
    after(seconds)
    const sent = await press(service, early)
    t.equal(sent.status, 200)
    t.match(wordsOf(sent.html, 'receipt'), isReceipt)
    t.equal(
      wordsOf((await press(service, early)).html, 'receipt'),
      wordsOf(sent.html, 'receipt'),
      'sent twice',
    )

    const other = await press(service, await checked(service), { ticket: ticketIn(page) ?? '' })
    t.equal(other.status, 403, 'a ticket is good once')
    t.not(ticketIn(other), ticketIn(page))
    after(secondsIn(other))
    t.match(wordsOf((await press(service, other)).html, 'receipt'), isReceipt)
  },
)

t.test('a ticket tells nothing, and none that is forged, altered or of another kind is good', async (t) => {
  const { service, after } = await loaded(t, { CHALLENGE: 'always' })
  const page = await checked(service)
  const ticket = ticketIn(page) ?? ''
  t.notMatch(Buffer.from(ticket, 'base64url').toString('latin1'), /from|id/)
  const mailbox = ticketIn(await press(service, await open(service, '/mailbox'), { receipt: stranger })) ?? ''
  t.ok(mailbox)
  after(60)
  for (const bad of ['x', `${ticket.slice(0, -2)}AA`, 'A'.repeat(5_000), mailbox, '']) {
    t.equal((await press(service, page, { ticket: bad })).status, 403, bad.slice(0, 20))
  }
  after(3 * 60 * 60)
  const old = await press(service, page)
  t.equal(old.status, 403, 'and one that is too old is replaced')
  t.match(textOf(old.html), narrative)
})

t.test('while nothing is asked for, a page is sent at once, whatever its ticket', async (t) => {
  const { service } = await loaded(t, { CHALLENGE: 'adaptive' })
  const page = await checked(service)
  t.notMatch(page.html, 'id="proof"', 'and no script of a challenge is named')
  t.match(wordsOf((await press(service, page)).html, 'receipt'), isReceipt)
})

t.test('with scripts, the page names the challenge’s script, and a solution sends it at once', async (t) => {
  const { service } = await loaded(t, { CHALLENGE: 'always' })
  const page = await checked(service)
  for (const kind of ['script', 'worker']) {
    const url = new RegExp(`data-${kind}="(/assets/[^"]+)"`).exec(page.html)?.[1] ?? ''
    const asset = await service.app.inject({ url })
    t.equal(asset.statusCode, 200, kind)
    t.match(asset.headers['content-type'], 'text/javascript')
  }
  const altcha = await solved(service)
  const sent = await press(service, page, { altcha })
  t.match(wordsOf(sent.html, 'receipt'), isReceipt)
  const again = await press(service, await checked(service), { altcha })
  t.equal(again.status, 403, 'a solution is good once')
})

t.test('a flood of reports without solutions keeps out nobody who waits', async (t) => {
  const { service, after } = await loaded(t, { CHALLENGE: 'adaptive', CHALLENGE_THRESHOLD: '20' })
  const payload = { category: 'environmental-crime', narrative }
  const flood = () =>
    Promise.all(
      Array.from({ length: 60 }, (_, i) =>
        service.app.inject({ method: 'POST', url: '/v1/reports', payload, remoteAddress: `192.0.2.${i}` }),
      ),
    )
  await flood()
  const honest = await Promise.all([1, 2, 3, 4, 5].map((i) => checked(from(service, `198.51.100.${i}`))))
  after(40)
  t.ok((await flood()).every(({ statusCode }) => statusCode === 403))
  for (const page of honest) t.match(wordsOf((await press(service, page)).html, 'receipt'), isReceipt)
})

t.test('a flood of solved challenges keeps out nobody who waits', async (t) => {
  const { service, after } = await loaded(t, { CHALLENGE: 'always', CHALLENGE_THRESHOLD: '6' })
  // Solved ahead, as who floods would.
  const solutions = await Promise.all(Array.from({ length: 10 }, () => solved(service)))
  const honest = await Promise.all([1, 2, 3].map((i) => checked(from(service, `198.51.100.${i}`))))
  const flood = (some: readonly string[]) =>
    Promise.all(
      some.map((solution, i) =>
        service.app.inject({
          method: 'POST',
          url: '/v1/reports',
          headers: { 'challenge-solution': solution },
          payload: { category: 'environmental-crime', narrative },
          remoteAddress: `192.0.2.${i}`,
        }),
      ),
    )
  after(55)
  const before = flood(solutions.slice(0, 5))
  const sent = await Promise.all(honest.map((page) => press(service, page)))
  const answers = [...(await before), ...(await flood(solutions.slice(5)))]
  t.ok(
    answers.every(({ statusCode }) => statusCode === 201),
    'all who flood have paid, and more than are usual in a minute',
  )
  for (const page of sent) t.match(wordsOf(page.html, 'receipt'), isReceipt)
})

t.test('a flood of ripe tickets keeps out nobody who computes', async (t) => {
  const { service, after } = await loaded(t, { CHALLENGE: 'always', CHALLENGE_THRESHOLD: '6' })
  const flood = await Promise.all(
    Array.from({ length: 20 }, (_, i) => checked(from(service, `192.0.2.${i}`))),
  )
  t.ok(flood.every(ticketIn))
  after(600)
  const solutions = await Promise.all([1, 2, 3].map(() => solved(service)))
  const pressing = Promise.all(flood.map((page) => press(service, page)))
  const honest = await Promise.all(
    solutions.map(async (altcha) => press(service, await checked(from(service, '198.51.100.1')), { altcha })),
  )
  for (const page of honest) t.match(wordsOf(page.html, 'receipt'), isReceipt)
  const through = (await pressing).filter(({ html }) => isReceipt.test(wordsOf(html, 'receipt'))).length
  t.equal(through, 3, 'they have their share, half of what is usual, and no more')
})

t.test(
  'a flood of tickets takes its places and no more: others who wait get their turn, and who computes goes on at once',
  async (t) => {
    const { service, after } = await loaded(t, { CHALLENGE: 'always', CHALLENGE_THRESHOLD: '20' })
    const flooder = from(service, '192.0.2.1')
    const taken = await Promise.all(Array.from({ length: 40 }, () => checked(flooder)))
    t.equal(taken.filter((page) => ticketIn(page) !== undefined).length, 10, 'ten places for one client')
    const without = taken.find((page) => ticketIn(page) === undefined) ?? taken[0]
    t.equal(secondsIn(await press(flooder, without as Page)), 60, 'one without a place is told to come again')

    const onion = from(service, '10.0.0.1')
    const circuit = (i: number): Site => ({
      app: {
        inject: (request) =>
          onion.app.inject({ ...request, ...forwarded(request, `fc00:dead:beef:4dab::${i}:1`) }),
      },
    })
    const through = await Promise.all(Array.from({ length: 130 }, (_, i) => checked(circuit(i))))
    t.equal(through.filter((page) => ticketIn(page) !== undefined).length, 100, 'all circuits share theirs')

    const patient = from(service, '198.51.100.7')
    const page = await checked(patient)
    const seconds = secondsIn(await press(patient, page))
    t.ok(seconds > 60 && seconds <= 600, `waits longer while more came before: ${seconds}`)
    const quick = await press(patient, page, { altcha: await solved(patient) })
    t.match(wordsOf(quick.html, 'receipt'), isReceipt, 'and computing needs no wait')

    after(seconds)
    const sent = await press(patient, await checked(patient), { ticket: ticketIn(page) ?? '' })
    t.match(wordsOf(sent.html, 'receipt'), isReceipt)
    const answers = await Promise.all(taken.filter(ticketIn).map((one) => press(flooder, one)))
    const through10 = answers.filter(({ html }) => isReceipt.test(wordsOf(html, 'receipt'))).length
    t.ok(through10 <= 9, `who waits has a share of ten a minute, the patient one among them: ${through10}`)
  },
)

/** As a proxy passes on what Tor says of a circuit. */
function forwarded(request: object, address: string): object {
  const { headers } = request as { headers?: Record<string, string> }
  return { headers: { ...headers, 'x-forwarded-for': address } }
}

t.test('while receipts are guessed, a mailbox waits its turn, and its receipt is typed once', async (t) => {
  const { service, after } = await loaded(t, { CHALLENGE: 'adaptive' })
  const receipt = wordsOf((await press(service, await checked(service))).html, 'receipt')
  const guesser = from(service, '192.0.2.1')
  for (let i = 0; i < 31; i++) await press(guesser, await open(guesser, '/mailbox'), { receipt: stranger })

  const page = await open(service, '/mailbox')
  t.match(page.html, 'id="proof"')
  const early = await press(service, page, { receipt })
  t.equal(early.status, 403)
  t.notMatch(early.html, receipt)
  t.notMatch(early.html, 'name="receipt"', 'it need not be typed again')
  const seconds = secondsIn(early)
  after(seconds)
  t.match(textOf((await press(service, early)).html), 'Nobody has read it yet')

  const guess = await press(service, await open(service, '/mailbox'), { receipt: stranger })
  const handle = /name="handle" value="([^"]+)"/.exec(guess.html)?.[1] ?? ''
  t.equal((await press(service, page, { handle, ticket: '' })).status, 400, 'a receipt is needed')
  after(secondsIn(guess))
  const tried = await press(service, guess)
  t.equal(tried.status, 401)
  t.equal((await press(service, guess)).status, 403, 'one ticket is one try')
  const quick = await press(service, await open(service, '/mailbox'), {
    receipt,
    altcha: await solved(service),
  })
  t.match(textOf(quick.html), 'Nobody has read it yet')
})

t.end()
