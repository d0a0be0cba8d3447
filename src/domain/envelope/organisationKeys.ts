import { activeKey, type Keyring, keyByKid } from '../../crypto/keyring.ts'
import {
  type BatchKeyPair,
  type BatchRecipient,
  type ObjectKind,
  openBatchKey,
  type Place,
  SealBroken,
  type SealedBatchKey,
  unwrapDataKey,
} from '../../crypto/seal.ts'
import { findBatchKeys } from '../../storage/batchKeys.ts'
import type { Query } from '../../storage/pool.ts'
import { Fault, isKeyAway } from '../../vocabulary/faults.ts'
import { openContent, type ParseContent } from './content.ts'

/** Whom triage seals to: the organisation's active key. */
export function organisationRecipient(keyring: Keyring): BatchRecipient {
  const { kid, publicKey = '' } = activeKey(keyring, 'organisation')
  return { kid, publicKey: Buffer.from(publicKey, 'base64url') }
}

/**
 * The data key of an object that is sealed to the organisation. Throws `key-gone` once it or its period is destroyed, and
 * `key-missing` where this keyring only lacks the key.
 */
export async function dataKeyOf(
  query: Query,
  keyring: Keyring,
  { batchId, wrappedKey }: { batchId: string; wrappedKey: Buffer },
  kind: ObjectKind,
  objectId: string,
  findKeys = findBatchKeys,
): Promise<Buffer> {
  const batchKey = await organisationBatchKey(keyring, batchId, await findKeys(query, batchId))
  return unwrapDataKey(batchKey, batchId, kind, objectId, wrappedKey)
}

/**
 * Opens what is sealed to the organisation, as what it should be. Undefined where it does not open, be it that its key is
 * gone, or holds anything else: one such thing must not stop what is done with many.
 */
export async function openSealed<T>(
  query: Query,
  keyring: Keyring,
  place: Place,
  sealed: { batchId: string; wrappedKey: Buffer; body: Buffer },
  parse: ParseContent<T>,
  findKeys = findBatchKeys,
): Promise<T | undefined> {
  const dataKey = await dataKeyIfAny(query, keyring, sealed, place, findKeys)
  return dataKey && openContent(dataKey, place, sealed.body, parse)
}

/** The data key of an object; undefined if it does not open. */
export async function dataKeyIfAny(
  query: Query,
  keyring: Keyring,
  sealed: { batchId: string; wrappedKey: Buffer },
  { kind, objectId }: Pick<Place, 'kind' | 'objectId'>,
  findKeys = findBatchKeys,
): Promise<Buffer | undefined> {
  try {
    return await dataKeyOf(query, keyring, sealed, kind, objectId, findKeys)
  } catch (error) {
    if (error instanceof SealBroken || (error instanceof Fault && isKeyAway(error))) return undefined
    throw error
  }
}

/** Whether nothing opens a batch ever again: its keys were destroyed, or whatever they were sealed to. */
export async function isKeyGone(query: Query, keyring: Keyring, batchId: string): Promise<boolean> {
  const sealedKeys = await findBatchKeys(query, batchId)
  return sealedKeys.every(({ kid }) => keyByKid(keyring, kid)?.status === 'destroyed')
}

/**
 * Says why something does not open, if it is for want of its key. Throws `key-gone` once what it was sealed to is destroyed,
 * and `key-missing` where this keyring only lacks it: it may turn up, and nobody is to be told that it is gone.
 */
export async function refuseWithoutKey(query: Query, keyring: Keyring, batchId: string): Promise<void> {
  const sealedKeys = await findBatchKeys(query, batchId)
  if (sealedKeys.length === 0 || sealedKeys.some(({ kid }) => keyByKid(keyring, kid)?.privateKey)) return
  throw new Fault(keyFaultOf(keyring, sealedKeys))
}

function keyFaultOf(keyring: Keyring, sealedKeys: readonly SealedBatchKey[]): 'key-gone' | 'key-missing' {
  const isGone = sealedKeys.every(({ kid }) => keyByKid(keyring, kid)?.status === 'destroyed')
  return isGone ? 'key-gone' : 'key-missing'
}

/** Every key pair of the organisation that still opens something. */
export function organisationPairs({ keys }: Keyring): BatchKeyPair[] {
  return keys
    .filter(({ purpose }) => purpose === 'organisation')
    .flatMap(({ kid, publicKey, privateKey }) =>
      publicKey === undefined || privateKey === undefined
        ? []
        : [
            {
              kid,
              publicKey: Buffer.from(publicKey, 'base64url'),
              privateKey: Buffer.from(privateKey, 'base64url'),
            },
          ],
    )
}

function organisationBatchKey(
  keyring: Keyring,
  batchId: string,
  sealedKeys: readonly SealedBatchKey[],
): Promise<Buffer> {
  for (const sealed of sealedKeys) {
    const key = keyByKid(keyring, sealed.kid)
    if (key?.privateKey === undefined || key.publicKey === undefined) continue
    const pair = {
      kid: key.kid,
      publicKey: Buffer.from(key.publicKey, 'base64url'),
      privateKey: Buffer.from(key.privateKey, 'base64url'),
    }
    return openBatchKey(pair, batchId, sealed, 'organisation')
  }
  throw new Fault(keyFaultOf(keyring, sealedKeys))
}
