import { activeKey, type Keyring, keyByKid } from '../../crypto/keyring.ts'
import type { KeyringKey } from '../../crypto/keyringKey.ts'
import type { BatchKeyPair, BatchRecipient } from '../../crypto/seal.ts'
import { findBatchKeys } from '../../storage/batchKeys.ts'
import { Fault, refusal } from '../../vocabulary/faults.ts'
import type { Work } from './work.ts'

/** Whom triage seals to: the organisation's active key. */
export function organisationRecipient(keyring: Keyring): BatchRecipient {
  const { kid, publicKey = '' } = activeKey(keyring, 'organisation')
  return { kid, publicKey: Buffer.from(publicKey, 'base64url') }
}

/** Whether nothing opens a batch ever again: its keys were destroyed, or whatever they were sealed to. */
export async function isKeyGone(work: Work, batchId: string): Promise<boolean> {
  const sealedKeys = await findBatchKeys(work.query, batchId)
  return sealedKeys.every(({ kid }) => keyByKid(work.keyring, kid)?.status === 'destroyed')
}

/**
 * Says why something does not open, if it is for want of its key. Throws `gone` once what it was sealed to is destroyed,
 * and `key-missing` where this keyring only lacks it: it may turn up, and nobody is to be told that it is gone.
 */
export async function refuseWithoutKey(work: Work, batchId: string): Promise<void> {
  const sealedKeys = await findBatchKeys(work.query, batchId)
  if (sealedKeys.length === 0 || sealedKeys.some(({ kid }) => keyByKid(work.keyring, kid)?.privateKey)) return
  const isGone = sealedKeys.every(({ kid }) => keyByKid(work.keyring, kid)?.status === 'destroyed')
  if (isGone) throw refusal('gone', 'The key of that time was destroyed: nobody can read it any more.')
  throw new Fault('key-missing')
}

/** Every key pair of the organisation that still opens something. */
export function organisationPairs({ keys }: Keyring): BatchKeyPair[] {
  return keys.filter(({ purpose }) => purpose === 'organisation').flatMap((key) => rawPair(key) ?? [])
}

/** A key of the keyring as a pair that opens; undefined where the keyring has no private half. */
export function rawPair(key: KeyringKey | undefined): BatchKeyPair | undefined {
  const { kid = '', publicKey, privateKey } = key ?? {}
  if (publicKey === undefined || privateKey === undefined) return undefined
  return {
    kid,
    publicKey: Buffer.from(publicKey, 'base64url'),
    privateKey: Buffer.from(privateKey, 'base64url'),
  }
}
