import { activeKey, type Keyring, keyByKid } from '../../crypto/keyring.ts'
import {
  type BatchKeyPair,
  type BatchRecipient,
  type ObjectKind,
  openBatchKey,
  type SealedBatchKey,
  unwrapDataKey,
} from '../../crypto/seal.ts'
import { Fault } from '../../faults.ts'
import { findBatchKeys } from '../../storage/batchKeys.ts'
import type { Query } from '../../storage/pool.ts'

/** Whom triage seals to: the organisation's active key. */
export function organisationRecipient(keyring: Keyring): BatchRecipient {
  const { kid, publicKey = '' } = activeKey(keyring, 'organisation')
  return { kid, publicKey: Buffer.from(publicKey, 'base64url') }
}

/** The data key of an object that is sealed to the organisation. Throws `key-gone` once its period is destroyed. */
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
  throw new Fault('key-gone')
}
