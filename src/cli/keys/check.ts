import { resolve } from 'node:path'
import { loadConfig } from '../../config.ts'
import { hasPrivateKeys } from '../../crypto/keyring.ts'
import { lackedKeys, sayLacked } from '../../domain/retention/lackedKeys.ts'
import { readGivenKeyring } from '../../start/keyringSource.ts'
import { pastTheirDay } from '../../start/pastTheirDay.ts'
import { dayOf } from '../../vocabulary/calendar.ts'
import { command, Refusal } from '../command.ts'
import { insistOnDatabase, withTriagePool } from '../deployment.ts'

/** `sotto keys check`: whether a keyring opens what there is. */
export const checkKeys = command({
  name: 'keys check',
  about: 'Say whether a keyring has every key that live reports are sealed to.',
  more: `A start refuses a keyring that lacks one. With --keyring it looks at another file, say an offline copy: do so before you rely
on it, and before \`sotto keys destroy\`. Exits 1 if a key is lacked.`,
  parameters: { keyring: { value: 'FILE', about: 'the keyring to check, instead of that of the settings' } },
  example: 'sotto keys check --keyring /media/safe/keyring.json',
  async run({ keyring: file }) {
    const config = loadConfig()
    insistOnDatabase(config)
    const keyring = await readGivenKeyring(file === undefined ? config : fileAt(resolve(file)))
    if (!hasPrivateKeys(keyring)) throw new Refusal('this keyring holds public keys only: it opens nothing')
    const lacked = await withTriagePool(config, (pool) => lackedKeys(pool, keyring))
    const said = sayLacked(lacked)
    return {
      text: `${said ?? 'the keyring has every key that live reports are sealed to'}\n`,
      note: pastTheirDay(keyring, dayOf(new Date()))
        .map((line) => `${line}\n`)
        .join(''),
      json: { complete: said === undefined, lacked },
      ...(said === undefined ? {} : { failed: true as const }),
    }
  },
})

function fileAt(keyringFile: string) {
  return { keyringFile, keyringFrom: 'file', keyringCommand: undefined } as const
}
