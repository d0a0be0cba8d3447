import { setImmediate as turnOfTheLoop } from 'node:timers/promises'
import { createSlicing, type Sliced, unsliced } from '../../src/concurrency/slicing.ts'
import { findWarnings, findWarningsInSlices } from '../../src/domain/text/warnings/find.ts'
import { createPace } from '../../src/plugins/pace.ts'
import type { Report } from '../../src/schemas/report.ts'
import { sampleReport } from '../support/reports.ts'
import { rounds } from '../support/rounds.ts'
import { startTestService } from '../support/service.ts'
import { t } from '../support/suite.ts'

const said = 'my brother told me on 24 Marrow Close that I am the only one who knows '

/** A draft as long as the contract takes. */
function longest(): Report {
  const fill = (length: number) => said.repeat(Math.ceil(length / said.length)).slice(0, length)
  return sampleReport({
    narrative: fill(10_000),
    places: Array.from({ length: 20 }, () => ({ description: fill(1_000), address: fill(500) })),
    entities: Array.from({ length: 50 }, () => ({ kind: 'person' as const, description: fill(2_000) })),
  })
}

/** Work of `steps` steps, each of which takes `clock` on by a millisecond. */
function* work<T>(steps: number, clock: { time: number }, result: T): Sliced<T> {
  for (let i = 0; i < steps; i++) {
    clock.time += 1
    yield
  }
  return result
}

t.test('much work leaves the event loop its turns, and small work does not wait for large', async (t) => {
  const clock = { time: 0 }
  const slicing = createSlicing({ slice: 8, now: () => clock.time })
  const ended: string[] = []
  const run = (name: string, steps: number) =>
    slicing.run(steps, work(steps, clock, name)).then((result) => ended.push(result))
  const large = Array.from({ length: 120 }, (_, index) => run(`large ${index}`, 50))
  await turnOfTheLoop()
  const small = run('small', 4)
  let turns = 0
  let isDone = false
  const all = Promise.all([...large, small]).then(() => {
    isDone = true
  })
  while (!isDone) {
    const before = slicing.slices()
    await turnOfTheLoop()
    t.ok(slicing.slices() - before <= 1 || isDone, 'one slice a turn')
    turns += 1
  }
  await all
  t.equal(ended[0], 'small')
  t.equal(ended.at(-1), 'large 119')
  t.ok(turns >= (120 * 50) / 8, `${turns} turns`)
})

t.test('where too much is under way, or for too long, others are told to come back', async (t) => {
  const clock = { time: 0 }
  const slicing = createSlicing({ atMost: 2, waitedAtMost: 100, now: () => clock.time })
  const both = [slicing.run(1, work(1, clock, 'one')), slicing.run(1, work(1, clock, 'two'))]
  await t.rejects(slicing.run(1, work(1, clock, 'three')), { message: 'overloaded' })
  t.same(await Promise.all(both), ['one', 'two'])
  const long = slicing.run(1, work(1_000, clock, 'long'))
  while (clock.time <= 110) await turnOfTheLoop()
  await t.rejects(slicing.run(1, work(1, clock, 'late')), { message: 'overloaded' })
  t.equal(await long, 'long')
  await t.rejects(
    slicing.run(
      1,
      (function* (): Sliced<never> {
        yield
        throw new Error('broken')
      })(),
    ),
    { message: 'broken' },
  )
})

t.test('the longest draft is interrupted often, and the same is found', (t) => {
  const draft = longest()
  let pauses = 0
  const sliced = findWarningsInSlices(draft)
  for (let step = sliced.next(); ; step = sliced.next()) {
    if (step.done) {
      t.same(step.value, findWarnings(draft))
      break
    }
    pauses += 1
  }
  t.ok(pauses > 500, `${pauses} pauses`)
  const oneSentence = { narrative: 'word '.repeat(2_000) }
  t.ok([...findWarningsInSlices(oneSentence)].length > 50, 'also where no sentence ends')
  t.same(
    unsliced(findWarningsInSlices({ narrative: 'my brother' })),
    findWarnings({ narrative: 'my brother' }),
  )
  t.end()
})

t.test('large bodies are read one in a turn', async (t) => {
  const turn = createPace()
  const order: string[] = []
  const all = [1, 2, 3].map((one) => turn().then(() => order.push(`body ${one}`)))
  for (let i = 0; i < 3; i++) {
    await turnOfTheLoop()
    order.push('others')
  }
  await Promise.all(all)
  t.same(order, ['body 1', 'others', 'body 2', 'others', 'body 3', 'others'])
})

const drafts = rounds(30, 120)

t.test(
  `a small draft that comes after ${drafts} of the longest is answered before the last of them`,
  async (t) => {
    const service = await startTestService(t)
    const check = async (body: string) => {
      const response = await fetch(`${service.base}/v1/reports/check`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      })
      await response.text()
      return response.status
    }
    const body = JSON.stringify(longest())
    t.ok(body.length > 100_000)
    t.equal(await check(body), 200, 'whatever can be sent can be checked')
    let answered = 0
    const burst = Array.from({ length: drafts }, async () => {
      const status = await check(body)
      answered += 1
      return status
    })
    t.equal(await check(JSON.stringify(sampleReport())), 200)
    t.ok(answered < drafts, `after ${answered}`)
    t.same([...new Set(await Promise.all(burst))], [200])
  },
)

t.test('while many are checked each needs a proof of work; a single one never does', async (t) => {
  const service = await startTestService(t, {
    environment: { CHALLENGE: 'adaptive', CHALLENGE_THRESHOLD: '10' },
  })
  const check = async (payload: Report) => {
    const { statusCode } = await service.app.inject({ method: 'POST', url: '/v1/reports/check', payload })
    return statusCode
  }
  const statuses = []
  for (let i = 0; i < 6; i++) statuses.push(await check(longest()))
  t.equal(statuses[0], 200)
  t.equal(statuses.at(-1), 403)
  t.equal(
    (await service.app.inject({ method: 'POST', url: '/v1/reports', payload: sampleReport() })).statusCode,
    201,
  )

  const always = await startTestService(t, { environment: { CHALLENGE: 'always' } })
  const { statusCode } = await always.app.inject({
    method: 'POST',
    url: '/v1/reports/check',
    payload: longest(),
  })
  t.equal(statusCode, 200)
})

t.end()
