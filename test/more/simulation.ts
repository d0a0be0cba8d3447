import { fileURLToPath } from 'node:url'
import { faketime } from '../support/otherTime.ts'
import { command } from './command.ts'
import { hasPrograms } from './packages.ts'
import { skipped } from './skipped.ts'
import type { Step } from './step.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** One seed, so that what fails here is what was changed; the usual tests draw another each time. */
const seed = process.env.SIMULATION_SEED ?? '1098764272'

const simulate = (more: Record<string, string>) =>
  command(root, [process.execPath, 'build/test/simulation/simulation.test.js'], {
    SIMULATION_SEED: seed,
    TAP_TIMEOUT: '7200',
    ...more,
  })

/** The simulation of `npm test`, ten times as long. */
export const simulateLonger: Step = {
  name: 'simulation',
  kind: 'of test files',
  async run() {
    await simulate({ SIMULATION_STEPS: '2000' })
  },
}

/** The same with a service and a Postgres that live in the time of the simulation, and are killed as processes. */
export const simulateApart: Step = {
  name: 'simulation of processes that are killed',
  kind: 'of test files',
  async run() {
    if (process.getuid?.() !== 0) {
      return skipped('only root may start a Postgres of another user')
    }
    if (!(await hasPrograms({ postgresql: '/usr/bin/psql', faketime }))) return
    await simulate({ SIMULATION_STEPS: '300', SIMULATION_APART: '1' })
  },
}
