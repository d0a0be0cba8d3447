import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { loadConfig } from '../../config.ts'
import { type Keyring, writeKeyringFile } from '../../crypto/keyring.ts'
import { isWhole, PaperKeyUnread, privateKeyIn, wordsIn } from '../../crypto/paperKey.ts'
import { NotRecovered, type RecoveryFile, recoverKeyring } from '../../crypto/recovery.ts'
import { readRecoveryFile, recoveryFileOf, writeRecoveryFile } from '../../start/recoveryFile.ts'
import { command, Refusal } from '../command.ts'
import { insistOnFile } from './keyring.ts'

/** `sotto keys recover`: brings a lost keyring back. */
export const recoverKeys = command({
  name: 'keys recover',
  about: 'Bring the keyring back from its recovery file and the paper key.',
  more: `The words are read from stdin, never from the command line, which other users can see; in any case, with or without
numbers. The keyring is written to KEYRING_FILE, where there must be none. Then \`sotto keys check\`, and make a new paper key
(\`sotto keys new --purpose recovery\`): this one has been out of its safe.
With --check nothing is written: it says whether this paper opens this file, and what is in it.`,
  parameters: {
    recovery: { value: 'FILE', about: 'the recovery file, if it is not beside KEYRING_FILE' },
    words: { value: 'FILE', about: 'where the words are, such as what a scanner of the QR code gave' },
    check: { value: '', flag: true, about: 'only try it' },
  },
  example: 'KEYRING_FILE=/etc/sotto/keyring.json sotto keys recover --recovery backup/keyring.recovery.json',
  async run({ recovery, words, check = false }) {
    const config = loadConfig()
    insistOnFile(config)
    const { keyringFile } = config
    if (!check && existsSync(keyringFile)) throw new Refusal(isThere(keyringFile))
    const file = recoveryFileIn(recovery === undefined ? recoveryFileOf(keyringFile) : resolve(recovery))
    const keyring = await refusing(async () =>
      recoverKeyring(file, privateKeyIn(words === undefined ? await typed() : fileText(words))),
    )
    if (!check) await put(keyringFile, keyring)
    const kids = keyring.keys.map(({ kid, purpose, status }) => ({ kid, purpose, status }))
    return {
      text: check ? `this paper opens this file: ${kids.length} keys\n` : `${keyringFile}\n`,
      note: check ? '' : 'Now `sotto keys check`, and `sotto keys new --purpose recovery`.\n',
      json: check ? { opens: true, keys: kids } : { file: keyringFile, keys: kids },
    }
  },
})

/** Reads lines until they hold a whole paper key, or end. */
async function typed(): Promise<string> {
  if (process.stdin.isTTY) process.stderr.write('The words of the paper key, on as many lines as you like:\n')
  let text = ''
  for await (const line of createInterface({ input: process.stdin })) {
    text += `${line}\n`
    if (isWhole(wordsIn(text))) break
  }
  return text
}

async function put(keyringFile: string, keyring: Keyring): Promise<void> {
  try {
    mkdirSync(dirname(keyringFile), { recursive: true, mode: 0o700 })
    writeKeyringFile(keyringFile, keyring)
    await writeRecoveryFile(keyringFile, keyring)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    throw new Refusal(code === 'EEXIST' ? isThere(keyringFile) : `KEYRING_FILE cannot be written (${code})`)
  }
}

function isThere(file: string): string {
  return `KEYRING_FILE: there is something at ${file} already, and no keyring is ever overwritten`
}

function recoveryFileIn(path: string): RecoveryFile {
  try {
    return readRecoveryFile(path)
  } catch (error) {
    if (error instanceof NotRecovered) throw new Refusal(`--recovery: ${error.message}`)
    throw new Refusal(`--recovery: ${path} cannot be read (${(error as NodeJS.ErrnoException).code})`)
  }
}

function fileText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw new Refusal('--words cannot be read')
  }
}

/** What is wrong with paper or file states a rule and quotes nothing. */
async function refusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof PaperKeyUnread || error instanceof NotRecovered) throw new Refusal(error.message)
    throw error
  }
}
