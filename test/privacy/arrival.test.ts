import { randomInt } from 'node:crypto'
import { diceOf } from '../simulation/dice.ts'
import { t } from '../support/suite.ts'
import { countedBefore, lookedIntoBefore } from './counters.ts'
import { dayOf, planOf } from './dayPlan.ts'
import { live } from './twoDays.ts'

t.setTimeout(600_000)
const seed = Number(process.env.SEED ?? randomInt(1, 1_000_000))
t.comment(`SEED=${seed}`)

/** The acts of staff, drawn once; the arrivals in any order, anywhere between them. */
const dice = diceOf(seed)
const plan = planOf(dice)
const one = dayOf(plan, dice)
const other = dayOf(plan, dice)
t.comment(`${plan.map(({ name }) => name).join(', ')}`)
const days = [await live(t, plan, one), await live(t, plan, other)] as const
const planted = ['planted', 'sequence planted_ids']

t.test('nothing that is stored or counted after the mixing tells two orders of arrival apart', (t) => {
  const [first, second] = days.map(({ left }) => left)
  t.same(Object.keys(first ?? {}), Object.keys(second ?? {}))
  for (const [name, value] of Object.entries(first ?? {})) {
    if (!planted.includes(name)) t.same(value, second?.[name], name)
  }
  t.end()
})

t.test('nor is anything of the day left in what the whole server counts', (t) => {
  for (const { looks } of days) {
    t.ok(looks.since.length >= 3)
    t.same(countedBefore(looks), [])
  }
  t.end()
})

t.test('nor when anybody last looked for anything', (t) => {
  for (const { looks } of days) t.same(lookedIntoBefore(looks), [])
  t.end()
})

t.test(
  'what the trail and the events once held, a count at each act and a number that arrivals take, would tell',
  (t) => {
    const [first, second] = days.map(({ left }) => JSON.stringify(left.planted))
    t.not(first, second)
    t.end()
  },
)

t.end()
