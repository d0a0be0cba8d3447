import { type Config, loadConfig } from '../../config.ts'
import {
  exchangeKeyringFile,
  hasPrivateKeys,
  type Keyring,
  KeyringChanged,
  requireUnchanged,
} from '../../crypto/keyring.ts'
import { keyringSetting, readGivenKeyring } from '../../start/keyringSource.ts'
import { writeRecoveryFile } from '../../start/recoveryFile.ts'
import { takeKeyringTurn } from '../../storage/keyringTurn.ts'
import type { Pool } from '../../storage/pool.ts'
import { dayOf } from '../../vocabulary/calendar.ts'
import { Refusal } from '../command.ts'
import { namesDatabase, withTriagePool } from '../deployment.ts'

/** Changes the keyring in its file, in one step and one command at a time, and gives what it was and what it is. */
export function changeKeyring(
  change: (keyring: Keyring, today: string) => Keyring,
): Promise<{ before: Keyring; after: Keyring }> {
  const config = loadConfig()
  insistOnFile(config)
  const work = async () => {
    const before = await readGivenKeyring(config)
    if (!hasPrivateKeys(before)) {
      throw new Refusal('KEYRING_FILE holds public keys only: change the whole keyring, on the triage host')
    }
    const after = refusing(() => change(before, dayOf(new Date())))
    await replaceKeyring(config, before, after)
    return { before, after }
  }
  // Before there is a database, there is nobody to agree with.
  return namesDatabase(config) ? withTriagePool(config, (pool) => inKeyringTurn(pool, work)) : work()
}

/**
 * Does `work` while no other command changes the keyring of this database. The keyring is to be read inside: what was read
 * before may have changed. Uses one connection of the pool.
 */
export function inKeyringTurn<T>(pool: Pool<'sotto_triage'>, work: () => Promise<T>): Promise<T> {
  return pool.transaction(async (query) => {
    if (!(await takeKeyringTurn(query))) {
      throw new Refusal('another command changes the keyring: wait until it is done')
    }
    return work()
  })
}

/** Refuses where the keyring is not in a file of the operator's, which alone can be changed from here. */
export function insistOnFile({ keyringFrom }: Config): void {
  if (keyringFrom === 'file') return
  throw new Refusal(
    `${keyringSetting({ keyringFrom })} gives the keyring: change it where its file is, with KEYRING_FILE alone`,
  )
}

/** Replaces the file, unless it is no longer what `before` was read from, and the recovery file with it. */
export async function replaceKeyring(
  { keyringFile }: Pick<Config, 'keyringFile'>,
  before: Keyring,
  after: Keyring,
): Promise<void> {
  try {
    requireUnchanged(keyringFile, before)
    await writeRecoveryFile(keyringFile, after)
    exchangeKeyringFile(keyringFile, before, after)
  } catch (error) {
    if (error instanceof KeyringChanged) {
      throw new Refusal('KEYRING_FILE changed meanwhile: it was left as it is; run this again')
    }
    throw error
  }
}

/** The keyring's own errors state a rule and quote nothing. */
function refusing<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw new Refusal(error instanceof Error ? error.message : 'the keyring cannot be changed')
  }
}
