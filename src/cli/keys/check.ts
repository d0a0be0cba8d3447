import { resolve } from 'node:path'
import { loadConfig } from '../../config.ts'
import { hasPrivateKeys } from '../../crypto/keyring.ts'
import { lackedKeys, sayLacked } from '../../domain/retention/lackedKeys.ts'
import { provideDatabase } from '../../start/database.ts'
import { readGivenKeyring } from '../../start/keyringFile.ts'
import { openPool } from '../../storage/pool.ts'
import { command, Refusal } from '../command.ts'

/** `sotto keys check`: whether a keyring opens what there is. */
export const checkKeys = command({
  name: 'keys check',
  about: 'Say whether a keyring has every key that live reports are sealed to.',
  more: `A start refuses a keyring that lacks one. With --keyring it looks at another file, say an offline copy: do so before you rely
on it, and before \`sotto keys destroy\`. Exits 1 if a key is lacked.`,
  parameters: { keyring: { value: 'FILE', about: 'the keyring to check, instead of KEYRING_FILE' } },
  example: 'sotto keys check --keyring /media/safe/keyring.json',
  async run({ keyring: file }) {
    const config = loadConfig()
    const keyringFile = file === undefined ? config.keyringFile : resolve(file)
    const keyring = readGivenKeyring({ ...config, keyringFile })
    if (!hasPrivateKeys(keyring)) throw new Refusal('this keyring holds public keys only: it opens nothing')
    const database = await provideDatabase(config)
    const pool = openPool(database.url, 'sotto_triage', 1)
    try {
      const lacked = await lackedKeys(pool, keyring)
      const said = sayLacked(lacked)
      return {
        text: `${said ?? 'the keyring has every key that live reports are sealed to'}\n`,
        json: { complete: said === undefined, lacked },
        ...(said === undefined ? {} : { failed: true as const }),
      }
    } finally {
      await pool.close()
      await database.release()
    }
  },
})
