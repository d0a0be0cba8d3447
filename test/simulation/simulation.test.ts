import { randomInt } from 'node:crypto'
import { t } from '../support/suite.ts'
import { simulate } from './simulate.ts'

/**
 * Random acts of everybody, against the service and against a small model of what should be. A run is repeated by
 * `SIMULATION_SEED`; `SIMULATION_STEPS=100000` is for a night, by this file alone.
 */

const steps = Number(process.env.SIMULATION_STEPS ?? 200)
const seed = Number(process.env.SIMULATION_SEED ?? randomInt(2 ** 32))
/** A world grows slow as it fills: long simulations are many of these. */
const stepsOfOneWorld = 2_000
t.setTimeout(120_000 + steps * 2_000)

t.test('what should be readable is, by whom it should be, and nothing else', async (t) => {
  for (let done = 0, round = 0; done < steps; done += stepsOfOneWorld, round++) {
    const some = Math.min(stepsOfOneWorld, steps - done)
    t.comment(`SIMULATION_SEED=${seed + round} SIMULATION_STEPS=${some}`)
    await t.test(`with seed ${seed + round}`, (t) => simulate(t, seed + round, some))
  }
})

t.end()
