import { fileURLToPath } from 'node:url'
import { command } from './command.ts'
import type { Step } from './step.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** One seed, so that what fails here is what was changed; the usual tests draw another each time. */
const seed = process.env.SIMULATION_SEED ?? '1098764272'

/** The simulation of `npm test`, ten times as long. */
export const simulateLonger: Step = {
  name: 'simulation',
  runsTestFiles: true,
  async run() {
    const environment = { SIMULATION_SEED: seed, SIMULATION_STEPS: '2000', TAP_TIMEOUT: '7200' }
    await command(root, [process.execPath, 'build/test/simulation/simulation.test.js'], environment)
  },
}
