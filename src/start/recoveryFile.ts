import { readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { placeDurably } from '../crypto/durableFile.ts'
import type { Keyring } from '../crypto/keyring.ts'
import { parseRecoveryFile, type RecoveryFile, sealForRecovery } from '../crypto/recovery.ts'

/** Where the recovery file of a keyring lies: beside it. */
export function recoveryFileOf(keyringFile: string): string {
  return join(dirname(keyringFile), `${basename(keyringFile, '.json')}.recovery.json`)
}

/**
 * Writes the recovery file of a keyring anew, where the keyring has a recovery key. Before the keyring itself: no key may
 * come into use that is not in it. Resolves to where it lies.
 */
export async function writeRecoveryFile(keyringFile: string, keyring: Keyring): Promise<string | undefined> {
  const sealed = await sealForRecovery(keyring)
  if (sealed === undefined) return undefined
  const path = recoveryFileOf(keyringFile)
  placeDurably(path, `${JSON.stringify(sealed, null, 2)}\n`)
  return path
}

/** Reads a recovery file. Throws NotRecovered where it is none, and the system's error where it cannot be read. */
export function readRecoveryFile(path: string): RecoveryFile {
  return parseRecoveryFile(readFileSync(path, 'utf8'))
}
