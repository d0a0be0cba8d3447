import { fileURLToPath } from 'node:url'
import { command } from './command.ts'
import type { Step } from './step.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** Tests that repeat what they do (`test/support/rounds.ts`). */
const repeating = [
  'durability/kill',
  'retention/killed',
  'cli/keyring',
  'mixing/mixing',
  'http/busyCore',
  'intake/drafts',
  'domain/statistics',
]

/** The same tests as in `npm test`, with many more kills, drafts and worlds. */
export const repeatLonger: Step = {
  name: 'long forms',
  kind: 'of test files',
  async run() {
    await command(root, [process.execPath, 'build/test/support/run.js', ...repeating], { LONG: '1' })
  },
}
