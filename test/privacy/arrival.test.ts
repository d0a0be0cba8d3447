import { randomInt } from 'node:crypto'
import { t } from '../support/suite.ts'
import { actCount, arrivalCount, live, type Step } from './twoDays.ts'

t.setTimeout(600_000)
const seed = Number(process.env.SEED ?? randomInt(1, 1_000_000))
t.comment(`SEED=${seed}`)

/** A small generator of random numbers that a seed repeats. */
function randomOf(start: number) {
  let state = start
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** The acts in their order, each at its time; the arrivals in any order, anywhere between them; the hours. */
function dayOf(random: (below: number) => number): Step[] {
  const steps: Step[] = []
  for (let act = 0; act < actCount; act += 1) {
    steps.push({ act })
    if (act % 2 === 1) steps.push({ hour: 10 + (act - 1) / 2 })
  }
  for (let arrival = 0; arrival < arrivalCount; arrival += 1) {
    steps.splice(random(steps.length + 1), 0, { arrival })
  }
  return steps
}

const random = randomOf(seed)
const one = dayOf(random)
const other = dayOf(random)
const days = [await live(t, one), await live(t, other)] as const
const planted = ['planted', 'sequence planted_ids']

t.test('nothing that is stored after the mixing tells two orders of arrival apart', (t) => {
  const [first, second] = days
  t.same(Object.keys(first), Object.keys(second))
  for (const name of Object.keys(first).filter((name) => !planted.includes(name))) {
    t.same(first[name], second[name], name)
  }
  t.end()
})

t.test(
  'what the trail and the events once held, a count at each act and a number that arrivals take, would tell',
  (t) => {
    const [first, second] = days.map((day) => JSON.stringify(day.planted))
    t.not(first, second)
    t.end()
  },
)

t.end()
