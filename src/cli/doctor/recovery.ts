import { existsSync } from 'node:fs'
import type { Keyring } from '../../crypto/keyring.ts'
import { NotRecovered } from '../../crypto/recovery.ts'
import { readRecoveryFile, recoveryFileOf } from '../../start/recoveryFile.ts'
import { type Finding, warning } from './finding.ts'

const renew = '`sotto keys new --purpose recovery` makes a paper key, and the file'

/** Whether a lost keyring would be a lost report: a recovery key, and a recovery file that holds every key of now. */
export function ofRecovery(keyring: Keyring, keyringFile: string): Finding[] {
  const active = keyring.keys.find(({ purpose, status }) => purpose === 'recovery' && status === 'active')
  if (active === undefined)
    return [warning('the keyring has no recovery key: lost, it takes every report along', renew)]
  const file = recoveryFileOf(keyringFile)
  if (!existsSync(file)) return [warning('there is no recovery file beside the keyring', renew)]
  try {
    const { kid, keys } = readRecoveryFile(file)
    const sealed = new Set(keys.flatMap((key) => (key.sealed === undefined ? [] : key.kid)))
    const lacks = keyring.keys.some(
      (key) => (key.privateKey ?? key.secret) !== undefined && !sealed.has(key.kid),
    )
    if (kid === active.kid && !lacks) return []
    return [warning('the recovery file is older than the keyring, and lacks a key of it', renew)]
  } catch (error) {
    if (error instanceof NotRecovered) return [warning(error.message, renew)]
    throw error
  }
}
