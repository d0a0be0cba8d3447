import { fileURLToPath } from 'node:url'
import { command } from './command.ts'
import type { Step } from './step.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** The simulation of `npm test`, ten times as long. */
export const simulateLonger: Step = {
  name: 'simulation',
  async run() {
    const environment = { SIMULATION_STEPS: '2000', TAP_TIMEOUT: '7200' }
    await command(root, [process.execPath, 'build/test/simulation/simulation.test.js'], environment)
  },
}
