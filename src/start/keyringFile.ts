import { existsSync } from 'node:fs'
import { type Config, ConfigError } from '../config.ts'
import { hasPrivateKeys, type Keyring, readKeyringFile, writeKeyringFile } from '../crypto/keyring.ts'
import { dayOf } from '../vocabulary/calendar.ts'
import { newKeyring } from './newKeyring.ts'

/**
 * The keyring of this deployment. A first start on the embedded database makes one; with DATABASE_URL it must
 * be given, since a keyring made silently would seal reports to keys that nobody keeps.
 */
export function provideKeyring(config: Config, embedded: boolean): Keyring {
  if (!existsSync(config.keyringFile)) {
    if (!embedded) {
      throw new ConfigError(
        'KEYRING_FILE: there is no keyring; make one with `sotto keys init`, keep it safe, and name it',
      )
    }
    makeKeyringFile(config.keyringFile)
  }
  const keyring = readGivenKeyring(config)
  if (config.role === 'intake' && hasPrivateKeys(keyring)) {
    throw new ConfigError(
      'KEYRING_FILE: ROLE=intake takes only a keyring without private keys (`sotto keys public`)',
    )
  }
  if (config.role !== 'intake' && !hasPrivateKeys(keyring)) {
    throw new ConfigError(
      `KEYRING_FILE: ROLE=${config.role} needs the private keys; one with public keys alone is for ROLE=intake`,
    )
  }
  return keyring
}

/** Another process that starts at the same moment may be first: its keyring is the one. */
function makeKeyringFile(file: string): void {
  try {
    writeKeyringFile(file, newKeyring(dayOf(new Date())))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'EEXIST') throw new ConfigError(`KEYRING_FILE: ${file} cannot be written (${code})`)
  }
}

/** The keyring as it stands in its file. */
export function readGivenKeyring(config: Config): Keyring {
  try {
    return readKeyringFile(config.keyringFile)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const reason = code === undefined ? message : `${config.keyringFile} cannot be read (${code})`
    throw new ConfigError(`KEYRING_FILE: ${reason}`)
  }
}
