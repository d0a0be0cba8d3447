import { activeKey, type Keyring, keyByKid } from '../../crypto/keyring.ts'
import { type BatchRecipient, type ObjectKind, openBatchKey, unwrapDataKey } from '../../crypto/seal.ts'
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
): Promise<Buffer> {
  const batchKey = await organisationBatchKey(query, keyring, batchId)
  return unwrapDataKey(batchKey, batchId, kind, objectId, wrappedKey)
}

async function organisationBatchKey(query: Query, keyring: Keyring, batchId: string): Promise<Buffer> {
  for (const sealed of await findBatchKeys(query, batchId)) {
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
