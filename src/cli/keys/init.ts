import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { loadConfig } from '../../config.ts'
import { writeKeyringFile } from '../../crypto/keyring.ts'
import { newKeyring } from '../../start/newKeyring.ts'
import { dayOf } from '../../vocabulary/calendar.ts'
import { command, Refusal } from '../command.ts'

/** `sotto keys init`: makes the keyring of a new deployment. */
export const initKeys = command({
  name: 'keys init',
  about: 'Make a whole new keyring, in a file of its own.',
  more: 'The file is KEYRING_FILE (by default keyring.json in DATA_DIR), mode 0600. One that is there is never overwritten.',
  parameters: {},
  example: 'KEYRING_FILE=/etc/sotto/keyring.json sotto keys init',
  async run() {
    const { keyringFile } = loadConfig()
    const keyring = newKeyring(dayOf(new Date()))
    try {
      mkdirSync(dirname(keyringFile), { recursive: true, mode: 0o700 })
      writeKeyringFile(keyringFile, keyring)
    } catch (error) {
      throw new Refusal(reasonFor(keyringFile, (error as NodeJS.ErrnoException).code))
    }
    return {
      text: `${keyringFile}\n`,
      note: 'Whoever has this file reads the reports; without it nobody does. Keep a copy offline.\n',
      json: { file: keyringFile, keys: keyring.keys.map(({ kid, purpose }) => ({ kid, purpose })) },
    }
  },
})

function reasonFor(file: string, code: string | undefined): string {
  return code === 'EEXIST'
    ? `KEYRING_FILE: there is something at ${file} already, and no keyring is ever overwritten`
    : `KEYRING_FILE: ${file} cannot be written (${code})`
}
