import { loadConfig } from '../../config.ts'
import type { Keyring } from '../../crypto/keyring.ts'
import { newKeyOf, newRecoveryKey } from '../../crypto/keyTurns.ts'
import { wordsOf } from '../../crypto/paperKey.ts'
import type { SuiteName } from '../../crypto/suites.ts'
import { recoveryFileOf } from '../../start/recoveryFile.ts'
import { command, UsageError } from '../command.ts'
import { changeKeyring } from './keyring.ts'
import { shownPaperKey } from './paperKey.ts'
import { givenSuite, suiteParameter } from './suite.ts'

/** Those that turn over by a pending key. An agency's is made by `sotto agency add`. */
const turning = ['organisation', 'index', 'token', 'sign', 'audit', 'cursor'] as const
type Turning = (typeof turning)[number]

/** `sotto keys new`: makes ready a key of the next period. */
export const newKey = command({
  name: 'keys new',
  about: 'Add a pending key to the keyring, and print its kid.',
  more: `Nothing is sealed to it, or signed with it, until \`sotto keys activate\`. What the one before signed stays good.
Without --suite it has the suite of the active organisation key. Give intake the new \`sotto keys public\` before you activate a key of the organisation or a sign key.
A key for recovery is another: a new paper key, shown once and in use at once. The one before still opens older copies of
the recovery file: destroy those, and its paper.`,
  parameters: {
    purpose: { value: 'PURPOSE', about: `${turning.join(', ')} or recovery; organisation if not said` },
    suite: suiteParameter,
  },
  example: 'KID=$(sotto keys new)',
  async run({ purpose = 'organisation', suite: named }) {
    const suite = givenSuite(named)
    if (purpose === 'recovery') return newPaperKey(suite)
    if (!isTurning(purpose)) {
      throw new UsageError(`keys new: --purpose must be one of ${[...turning, 'recovery'].join(', ')}`)
    }
    const { after } = await changeKeyring((keyring, today) => newKeyOf(keyring, purpose, today, suite))
    const kid = after.keys.at(-1)?.kid ?? ''
    return {
      text: `${kid}\n`,
      note: 'Renew the offline copy of the keyring, then `sotto keys activate` this kid when its period begins.\n',
      json: { kid, status: 'pending' },
    }
  },
})

async function newPaperKey(suite: SuiteName | undefined) {
  let paper: Uint8Array = new Uint8Array()
  const { after } = await changeKeyring((keyring: Keyring, today) => {
    const made = newRecoveryKey(keyring, today, suite)
    paper = made.privateKey
    return made.keyring
  })
  const kid = after.keys.at(-1)?.kid ?? ''
  const recoveryFile = recoveryFileOf(loadConfig().keyringFile)
  return {
    text: `${kid}\n`,
    note: shownPaperKey(paper, recoveryFile),
    json: { kid, status: 'active', recoveryFile, words: wordsOf(paper) },
  }
}

function isTurning(purpose: string): purpose is Turning {
  return turning.some((one) => one === purpose)
}
