import { existsSync } from 'node:fs'
import type { Config } from '../config.ts'
import { hasPrivateKeys, type Keyring, writeKeyringFile } from '../crypto/keyring.ts'
import type { SuiteName } from '../crypto/suites.ts'
import { ConfigError } from '../settings.ts'
import { dayOf } from '../vocabulary/calendar.ts'
import { keyringSetting, readGivenKeyring } from './keyringSource.ts'
import { newKeyring, usualSuite } from './newKeyring.ts'

/**
 * The keyring of this deployment. A first start on the embedded database makes one; with DATABASE_URL it must
 * be given, since a keyring made silently would seal reports to keys that nobody keeps.
 */
export async function provideKeyring(config: Config, embedded: boolean): Promise<Keyring> {
  if (config.keyringFrom === 'file' && !existsSync(config.keyringFile)) {
    if (!embedded) {
      throw new ConfigError(
        'KEYRING_FILE: there is no keyring; make one with `sotto keys init`, keep it safe, and name it',
      )
    }
    makeKeyringFile(config.keyringFile, await usualSuite())
  }
  const keyring = await readGivenKeyring(config)
  requireRoleOf(config, keyring)
  return keyring
}

/** Throws a ConfigError where this role must not have these keys, or cannot do with them. */
export function requireRoleOf(config: Pick<Config, 'role' | 'keyringFrom'>, keyring: Keyring): void {
  const setting = keyringSetting(config)
  if (config.role === 'intake' && hasPrivateKeys(keyring)) {
    throw new ConfigError(
      `${setting}: ROLE=intake takes only a keyring without private keys (\`sotto keys public\`)`,
    )
  }
  if (config.role !== 'intake' && !hasPrivateKeys(keyring)) {
    throw new ConfigError(
      `${setting}: ROLE=${config.role} needs the private keys; one with public keys alone is for ROLE=intake`,
    )
  }
}

/** Another process that starts at the same moment may be first: its keyring is the one. */
function makeKeyringFile(file: string, suite: SuiteName): void {
  try {
    writeKeyringFile(file, newKeyring(dayOf(new Date()), suite))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'EEXIST') throw new ConfigError(`KEYRING_FILE: ${file} cannot be written (${code})`)
  }
}
