import { solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2'
import fastify from 'fastify'
import { Type } from 'typebox'
import { type Peers, peersBy } from '../../src/concurrency/peers.ts'
import { type ChallengeMode, createChallenges } from '../../src/domain/challenge/challenges.ts'
import { harder } from '../../src/domain/challenge/effort.ts'
import { pressureOf } from '../../src/domain/challenge/pressure.ts'
import { createLog } from '../../src/log.ts'
import { askForChallenges } from '../../src/plugins/challenge.ts'
import { readJson } from '../../src/plugins/json.ts'
import { answerUnroutedMethods } from '../../src/plugins/methods.ts'
import { answerWithProblems } from '../../src/plugins/problems.ts'
import { validateBySchema } from '../../src/plugins/validation.ts'
import { challengeRoutes } from '../../src/routes/public/challenges.ts'
import type { Challenge } from '../../src/schemas/challenge.ts'
import type { Scope } from '../../src/scope.ts'
import { forgetChallenges } from '../../src/storage/challenges.ts'
import { openPool } from '../../src/storage/pool.ts'
import { dayOf, parityOf } from '../../src/vocabulary/calendar.ts'
import { Fault } from '../../src/vocabulary/faults.ts'
import { asSuperuser } from '../support/cluster.ts'
import { cloneDatabase } from '../support/database.ts'
import { startTestService } from '../support/service.ts'
import { type Test, t } from '../support/suite.ts'

interface Options {
  mode: ChallengeMode
  threshold?: number
  mailboxThreshold?: number
  clock?: () => Date
}

const { url } = await cloneDatabase(t)
const effort = { cost: 1, tries: 4 }

/** One instance: an app that takes whatever answers the status that the body names, and opens the receipt "good". */
async function instance(test: Test, options: Options, databaseUrl = url) {
  const pool = openPool(databaseUrl, 'sotto_intake', 4)
  const challenges = createChallenges({ pool, clock: () => new Date(), threshold: 5, effort, ...options })
  const app: Scope = fastify({ logger: false })
  test.after(async () => {
    await app.close()
    await pool.close()
  })
  answerWithProblems(app, createLog('silent'))
  validateBySchema(app)
  readJson(app)
  answerUnroutedMethods(app)
  askForChallenges(app, challenges)
  challengeRoutes(app, challenges)
  const body = Type.Object({ status: Type.Integer() }, { additionalProperties: false })
  app.post('/v1/reports', { config: { challenge: 'report' }, schema: { body } }, async (request, reply) => {
    if (request.body.status === 503) throw new Fault('overloaded')
    return reply.code(request.body.status).send({ taken: true })
  })
  app.get('/v1/mailbox', { config: { challenge: 'mailbox' } }, async (request) => {
    if (request.headers.authorization !== 'Bearer good') throw new Fault('unauthorized')
    return { status: 'received' }
  })
  await app.ready()
  const challenge = async (): Promise<Challenge> => (await app.inject({ url: '/v1/challenges' })).json()
  return {
    app,
    challenges,
    async report(solution?: string, payload: object = { status: 201 }) {
      const headers = solution === undefined ? {} : { 'challenge-solution': solution }
      return told(await app.inject({ method: 'POST', url: '/v1/reports', headers, payload }))
    },
    async mailbox(receipt: string, solution?: string) {
      const headers = solution === undefined ? {} : { 'challenge-solution': solution }
      const authorization = `Bearer ${receipt}`
      return told(await app.inject({ url: '/v1/mailbox', headers: { ...headers, authorization } }))
    },
    challenge,
    solved: async () => solve(await challenge()),
  }
}

function told(response: { statusCode: number; json(): { code?: string } }): string {
  const { code } = response.json()
  return code === undefined ? String(response.statusCode) : `${response.statusCode} ${code}`
}

/** Solves as the widget does, with WebCrypto, and packs it as the widget does. */
async function solve(challenge: Challenge): Promise<string> {
  const solution = await solveChallenge({ challenge, deriveKey })
  return btoa(JSON.stringify({ challenge, solution }))
}

const required = '403 challenge-required'
const failed = '403 challenge-failed'
const spent = '403 challenge-spent'

t.test('a challenge has the form that the widget takes, ends on a grid and names nobody', async (t) => {
  const { app } = await instance(t, { mode: 'off' })
  for (const method of ['GET', 'POST'] as const) {
    const response = await app.inject({ method, url: '/v1/challenges', remoteAddress: '203.0.113.9' })
    const { parameters, signature }: Challenge = response.json()
    t.equal(response.statusCode, 200)
    t.match(response.headers['content-type'], /application\/json/)
    t.match(signature, /^[0-9a-f]{64}$/)
    t.strictSame(Object.keys(parameters).sort(), [
      'algorithm',
      'cost',
      'expiresAt',
      'keyLength',
      'keyPrefix',
      'keySignature',
      'nonce',
      'salt',
    ])
    const life = parameters.expiresAt - Date.now() / 1_000
    t.equal(parameters.expiresAt % 600, 0)
    t.ok(life > 590 && life <= 1_200)
  }
  t.equal((await app.inject({ method: 'POST', url: '/v1/challenges', payload: {} })).statusCode, 200)
  t.equal(
    (await app.inject({ method: 'POST', url: '/v1/challenges', payload: { deviceId: 1 } })).statusCode,
    400,
  )
  t.equal((await app.inject({ url: '/v1/challenges?device=1' })).statusCode, 400)
})

t.test('a flood without solutions is refused while reporters with solutions are served', async (t) => {
  const { report, solved, challenges } = await instance(t, { mode: 'adaptive', threshold: 10 })
  const flood = await Promise.all(Array.from({ length: 200 }, () => report()))
  t.equal(flood.filter((answer) => answer === '201').length, 10, 'as many as the threshold says')
  t.equal(flood.filter((answer) => answer === required).length, 190)
  const [honest, more] = await Promise.all([
    Promise.all(Array.from({ length: 20 }, async () => report(await solved()))),
    Promise.all(Array.from({ length: 200 }, () => report())),
  ])
  t.strictSame(new Set(honest), new Set(['201']))
  t.strictSame(new Set(more), new Set([required]))
  t.ok(challenges.isWanted('report'))
  t.notOk(challenges.isWanted('mailbox'), 'nobody is kept from a mailbox by a flood of reports')
})

t.test(
  'the challenge lasts as long as the flood, gets harder by what is served, and ends without flapping',
  async (t) => {
    let time = Date.now()
    const clock = () => new Date(time)
    const { report, challenges, challenge } = await instance(t, { mode: 'adaptive', threshold: 10, clock })
    const after = (seconds: number) => {
      time += seconds * 1_000
    }
    for (let i = 0; i < 10; i++) t.equal(await report(), '201')
    for (let minute = 0; minute < 5; minute++) {
      for (let i = 0; i < 12; i++) {
        t.equal(await report(), required)
        after(5)
      }
    }
    after(20)
    t.ok(
      challenges.isWanted('report'),
      'eight in the last minute: fewer than asked it to begin, more than half',
    )
    after(30)
    t.notOk(challenges.isWanted('report'))
    t.equal((await challenge()).parameters.cost, effort.cost)
    const pressure = pressureOf(10, clock)
    for (let i = 0; i < 80; i++) pressure.countServed()
    t.equal(pressure.doublings(), 3)
    t.notOk(pressure.isHigh(), 'what was served is counted apart')
    after(61)
    t.equal(pressure.doublings(), 0)
    t.strictSame(
      [0, 1, 3, 9].map((doublings) => harder(effort, doublings).tries),
      [4, 8, 32, 32],
    )
  },
)

t.test(
  'a solution is good once, whichever instance it comes to, and however many come at once',
  async (t) => {
    const [one, other] = await Promise.all([instance(t, { mode: 'always' }), instance(t, { mode: 'always' })])
    t.equal(await one.report(), required)
    const solution = await one.solved()
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? one : other).report(solution)),
    )
    t.equal(answers.filter((answer) => answer === '201').length, 1)
    t.equal(answers.filter((answer) => answer === spent).length, 19)
    t.equal(await other.mailbox('good', solution), spent)
    t.equal(await one.mailbox('good', await other.solved()), '200')
  },
)

t.test('only a 2xx spends a solution, and only while one is wanted', async (t) => {
  const { report, mailbox, solved } = await instance(t, { mode: 'always' })
  const solution = await solved()
  t.equal(await report(solution, { status: 'x' }), '400 validation')
  t.equal(await report(solution, { status: 503 }), '503 overloaded')
  t.equal(await report(solution, { status: 409 }), '409')
  t.equal(await mailbox('wrong', solution), '401 unauthorized')
  t.equal(await report(solution), '201')
  t.equal(await report(solution), spent)

  const calm = await instance(t, { mode: 'adaptive' })
  const unused = await calm.solved()
  t.equal(await calm.report(unused), '201')
  t.equal(await calm.report('anything'), '201')
  t.equal(await report(unused), '201', 'still good where one is wanted')
})

t.test('what is forged, altered, unsolved, ended or no solution at all is refused', async (t) => {
  let time = Date.now()
  const { report, challenge } = await instance(t, { mode: 'always', clock: () => new Date(time) })
  const pack = (value: unknown) => btoa(JSON.stringify(value))
  const asked = await challenge()
  const solution = await solveChallenge({ challenge: asked, deriveKey })
  const { parameters, signature } = asked
  const forged = [
    'x',
    '{}',
    '%%%',
    pack(null),
    pack([]),
    pack('text'),
    pack({}),
    pack({ challenge: null, solution }),
    pack({ challenge: { parameters: {} }, solution: {} }),
    pack({ challenge: { parameters: { ...parameters, nonce: [] }, signature }, solution }),
    pack({ challenge: { parameters }, solution }),
    pack({ challenge: { parameters, signature: 1 }, solution }),
    pack({ challenge: { parameters, signature: signature.replace(/./g, '0') }, solution }),
    pack({
      challenge: { parameters: { ...parameters, expiresAt: parameters.expiresAt + 600 }, signature },
      solution,
    }),
    pack({ challenge: { parameters: { ...parameters, keyPrefix: '00' }, signature }, solution }),
    pack({ challenge: { parameters: { ...parameters, keySignature: undefined }, signature }, solution }),
    pack({ challenge: asked, solution: { counter: 0, derivedKey: parameters.keyPrefix.padEnd(64, '0') } }),
    pack({ challenge: asked, solution: { counter: 'x', derivedKey: {} } }),
    'A'.repeat(9_000),
  ]
  for (const one of forged) t.equal(await report(one), failed, one.slice(0, 40))
  time = parameters.expiresAt * 1_000
  t.equal(await report(pack({ challenge: asked, solution })), failed, 'ended')
  time -= 1_000
  t.equal(await report(pack({ challenge: asked, solution })), '201')
})

t.test('receipts cannot be tried for free, nor many with one solution', async (t) => {
  const { mailbox, solved, challenges } = await instance(t, { mode: 'adaptive', mailboxThreshold: 3 })
  for (let i = 0; i < 3; i++) t.equal(await mailbox('wrong'), '401 unauthorized')
  t.equal(await mailbox('wrong'), required)
  t.equal(await mailbox('good'), required, 'wrong and right alike')
  t.notOk(challenges.isWanted('report'))
  t.equal(await mailbox('good', await solved()), '200')
  const solution = await solved()
  for (let i = 0; i < 5; i++) t.equal(await mailbox('wrong', solution), '401 unauthorized')
  t.equal(await mailbox('good', solution), spent)
})

t.test('instances agree on the secret of the day, and mixing ends it with what it spent', async (t) => {
  const { url: own } = await cloneDatabase(t)
  const instances = await Promise.all([1, 2, 3].map(() => instance(t, { mode: 'always' }, own)))
  const solutions = await Promise.all(instances.map((one) => one.solved()))
  const [first, second, third] = instances
  t.equal(await second?.report(solutions[0]), '201')
  t.equal(await third?.report(solutions[1]), '201')
  const today = dayOf(new Date())
  await asSuperuser(own, async (client) => {
    const { rows } = await client.query('SELECT day FROM challenge_secrets')
    t.equal(rows.length, 1)
    const spentRows = await client.query('SELECT * FROM spent_challenges')
    t.equal(spentRows.rowCount, 2)
    t.strictSame(
      Object.keys(spentRows.rows[0]),
      ['parity', 'hash', 'day', 'spender'],
      'a hash and a day, no more',
    )
    const logged = await client.query(
      "SELECT relname FROM pg_class WHERE relname ~ 'challenge' AND relkind = 'r' AND relpersistence <> 'u'",
    )
    t.equal(logged.rowCount, 0, 'nothing of it is in WAL')
  })
  const triage = openPool(own, 'sotto_triage', 1)
  t.teardown(() => triage.close())
  await triage.transaction((query) => forgetChallenges(query, today, parityOf(today)))
  t.equal(await first?.report(solutions[0]), failed, 'not good twice')
  t.equal(await first?.report(solutions[2]), failed)
  t.equal(await first?.report(await first?.solved()), '201')
})

t.test(
  'behind one port, a ticket is good once at all workers, and a client has its places once',
  async (t) => {
    let time = Date.now()
    const pool = openPool(url, 'sotto_intake', 4)
    t.teardown(() => pool.close())
    const worker = (peers: Peers) =>
      createChallenges({ pool, clock: () => new Date(time), mode: 'always', threshold: 60, peers })
    let hasHeard = () => {}
    const heard = new Promise<void>((resolve) => {
      hasHeard = resolve
    })
    const ofOther: ReturnType<typeof peersBy> = peersBy(2, (message) => ofOne.receive(message))
    const ofOne: typeof ofOther = peersBy(2, (message) => {
      ofOther.receive(message)
      hasHeard()
    })
    const [one, other] = [worker(ofOne), worker(ofOther)]

    const client = { key: 'somebody', isMany: false }
    const tickets = await Promise.all(Array.from({ length: 12 }, () => one.ticketFor('report', client)))
    t.equal(tickets.filter((ticket) => ticket !== undefined).length, 10)
    await heard
    t.equal(await other.ticketFor('report', client), undefined, 'the other counts them too')
    t.type(await other.ticketFor('report', { ...client, key: 'somebody else' }), 'string')
    t.type(await other.ticketFor('mailbox', client), 'string', 'mailboxes have places of their own')

    time += 60_000
    const [first, second] = tickets
    const use = (at: typeof one, ticket: string | undefined) =>
      at.admit('report', { ticket }).then(({ settle }) => settle('done'))
    await use(other, first)
    await t.rejects(use(one, first), new Fault('challenge-spent'))
    const atOnce = await Promise.allSettled([one, other, one, other].map((at) => use(at, second)))
    t.equal(atOnce.filter(({ status }) => status === 'fulfilled').length, 1)
  },
)

t.test('intake can read neither secrets nor spent solutions, and nobody else the functions', async (t) => {
  const intake = openPool(url, 'sotto_intake', 1)
  const triage = openPool(url, 'sotto_triage', 1)
  t.teardown(() => Promise.all([intake.close(), triage.close()]))
  const denied = (pool: typeof intake | typeof triage, text: string) =>
    t.rejects(pool.query({ name: text.slice(0, 60), text, values: [] }), { message: 'storage-away' }, text)
  for (const table of ['challenge_secrets', 'spent_challenges']) {
    await denied(intake, `SELECT 1 FROM ${table}`)
    await denied(intake, `INSERT INTO ${table} DEFAULT VALUES`)
    await denied(triage, `SELECT * FROM ${table}`)
  }
  await denied(triage, 'SELECT * FROM challenge_secrets_now()')
})

t.test(
  'the same call, come twice at once with one solution, is let in twice; another call is not',
  async (t) => {
    const [one, other] = await Promise.all([instance(t, { mode: 'always' }), instance(t, { mode: 'always' })])
    const solution = await one.solved()
    const call = Buffer.alloc(32, 7)
    await one.challenges.admit('report', { solution }, call)
    const again = await other.challenges.admit('report', { solution }, call)
    await t.rejects(other.challenges.admit('report', { solution }, Buffer.alloc(32, 8)), {
      message: 'challenge-spent',
    })
    await t.rejects(other.challenges.admit('report', { solution }), { message: 'challenge-spent' })
    await again.settle('not-done')
    await t.rejects(
      other.challenges.admit('report', { solution }),
      { message: 'challenge-spent' },
      'it was not the twin’s to give back',
    )
  },
)

t.test('without a database there is no challenge, and no report is let in on an unchecked one', async (t) => {
  const away = await instance(t, { mode: 'always' }, 'postgresql://127.0.0.1:9/none')
  const response = await away.app.inject({ url: '/v1/challenges' })
  t.equal(told(response), '503 not-ready')
  t.ok(response.headers['retry-after'])
  const here = await instance(t, { mode: 'always' })
  t.equal(await away.report(await here.solved()), '503 not-ready')
  t.equal(await away.report(), required)
})

t.test('two whole services: one call repeated twenty times with one solution is one report', async (t) => {
  const environment = { CHALLENGE: 'always' }
  const one = await startTestService(t, { environment })
  const { databaseUrl, keyringFile } = one
  const other = await startTestService(t, { environment, databaseUrl, keyringFile })
  const solution = async () => solve((await (await fetch(`${one.base}/v1/challenges`)).json()) as Challenge)
  const body = JSON.stringify({
    category: 'other-serious-crime',
    narrative: 'Boxes go in at night, and nothing ever comes out.',
  })
  const json = { 'content-type': 'application/json' }
  const send = (base: string, headers: Record<string, string>) =>
    fetch(`${base}/v1/reports`, { method: 'POST', body, headers: { ...json, ...headers } })

  const call = { 'idempotency-key': crypto.randomUUID(), 'challenge-solution': await solution() }
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, i) => send((i % 2 === 0 ? one : other).base, call)),
  )
  t.strictSame(new Set(answers.map(({ status }) => status)), new Set([201]))
  const receipts = await Promise.all(answers.map((answer) => answer.json() as Promise<{ receipt: string }>))
  t.equal(new Set(receipts.map(({ receipt }) => receipt)).size, 1)
  t.equal(answers.filter(({ headers }) => headers.get('idempotency-replayed') === null).length, 1)
  const { 'challenge-solution': _, ...withoutSolution } = call
  t.equal((await send(other.base, withoutSolution)).status, 201, 'a replay needs none')
  const unneeded = { 'challenge-solution': await solution() }
  t.equal(
    (await send(other.base, { ...withoutSolution, ...unneeded })).headers.get('idempotency-replayed'),
    'true',
  )
  t.equal((await send(one.base, unneeded)).status, 201, 'and spends none')
  t.equal((await send(other.base, { ...call, 'idempotency-key': crypto.randomUUID() })).status, 403)

  const read = async (receipt: string, headers: Record<string, string> = {}) =>
    (await fetch(`${other.base}/v1/mailbox`, { headers: { authorization: `Bearer ${receipt}`, ...headers } }))
      .status
  const [{ receipt } = { receipt: '' }] = receipts
  t.equal(
    await read(receipt.replace(/^./, (symbol) => (symbol === '7' ? '8' : '7'))),
    400,
    'a slip of the pen first',
  )
  t.equal(await read(receipt), 403)
  t.equal(await read(receipt, { 'challenge-solution': await solution() }), 200)
  t.strictSame(
    [...one.logLines, ...other.logLines].filter((line) => line.includes('hallenge')),
    [],
  )
})
