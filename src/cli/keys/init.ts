import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { loadConfig } from '../../config.ts'
import { writeKeyringFile } from '../../crypto/keyring.ts'
import { newRecoveryKey } from '../../crypto/keyTurns.ts'
import { wordsOf } from '../../crypto/paperKey.ts'
import { newKeyring, usualSuite } from '../../start/newKeyring.ts'
import { writeRecoveryFile } from '../../start/recoveryFile.ts'
import { dayOf } from '../../vocabulary/calendar.ts'
import { command, Refusal } from '../command.ts'
import { insistOnFile } from './keyring.ts'
import { shownPaperKey } from './paperKey.ts'
import { givenSuite, suiteParameter } from './suite.ts'

/** `sotto keys init`: makes the keyring of a new deployment. */
export const initKeys = command({
  name: 'keys init',
  about: 'Make a whole new keyring, in a file of its own.',
  more: `The file is KEYRING_FILE (by default keyring.json in DATA_DIR), mode 0600. One that is there is never overwritten.
With --recovery it also makes a paper key, shows it once, and seals every private key to it in a recovery file beside the
keyring: \`sotto keys recover\` brings the keyring back from the two. A keyring that is there gets one by
\`sotto keys new --purpose recovery\`.
mlkem768-x25519 is post-quantum, and what is taken if this Node has it of its own (24.7 or later); below it costs some
milliseconds a seal. Every host must run a version that knows it.`,
  parameters: {
    recovery: { value: '', flag: true, about: 'make a paper key and a recovery file too' },
    suite: suiteParameter,
  },
  example: 'KEYRING_FILE=/etc/sotto/keyring.json sotto keys init --recovery',
  async run({ recovery = false, suite }) {
    const config = loadConfig()
    insistOnFile(config)
    const { keyringFile } = config
    const today = dayOf(new Date())
    const made = newKeyring(today, givenSuite(suite) ?? (await usualSuite()))
    const { keyring, privateKey } = recovery
      ? newRecoveryKey(made, today)
      : { keyring: made, privateKey: undefined }
    try {
      mkdirSync(dirname(keyringFile), { recursive: true, mode: 0o700 })
      writeKeyringFile(keyringFile, keyring)
    } catch (error) {
      throw new Refusal(reasonFor(keyringFile, (error as NodeJS.ErrnoException).code))
    }
    const recoveryFile = await writeRecoveryFile(keyringFile, keyring)
    const paper =
      privateKey === undefined || recoveryFile === undefined
        ? undefined
        : { words: wordsOf(privateKey), recoveryFile, shown: shownPaperKey(privateKey, recoveryFile) }
    return {
      text: `${keyringFile}\n`,
      note:
        paper === undefined
          ? 'Whoever has this file reads the reports; without it nobody does. Keep a copy offline.\n'
          : `Whoever has this file reads the reports.\n${paper.shown}`,
      json: {
        file: keyringFile,
        keys: keyring.keys.map(({ kid, purpose }) => ({ kid, purpose })),
        ...(paper === undefined ? {} : { recoveryFile: paper.recoveryFile, words: paper.words }),
      },
    }
  },
})

function reasonFor(file: string, code: string | undefined): string {
  return code === 'EEXIST'
    ? `KEYRING_FILE: there is something at ${file} already, and no keyring is ever overwritten`
    : `KEYRING_FILE: ${file} cannot be written (${code})`
}
