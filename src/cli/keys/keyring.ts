import { loadConfig } from '../../config.ts'
import { hasPrivateKeys, type Keyring, replaceKeyringFile } from '../../crypto/keyring.ts'
import { dayOf } from '../../domain/calendar.ts'
import { readGivenKeyring } from '../../start/keyringFile.ts'
import { Refusal } from '../command.ts'

/** Changes the keyring in its file, in one step, and gives what it was and what it is. */
export function changeKeyring(change: (keyring: Keyring, today: string) => Keyring): {
  before: Keyring
  after: Keyring
} {
  const config = loadConfig()
  const before = readGivenKeyring(config)
  if (!hasPrivateKeys(before)) {
    throw new Refusal('KEYRING_FILE holds public keys only: change the whole keyring, on the triage host')
  }
  const after = refusing(() => change(before, dayOf(new Date())))
  replaceKeyringFile(config.keyringFile, after)
  return { before, after }
}

/** The keyring's own errors state a rule and quote nothing. */
function refusing<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw new Refusal(error instanceof Error ? error.message : 'the keyring cannot be changed')
  }
}
