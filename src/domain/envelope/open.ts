import { type Keyring, keyByKid } from '../../crypto/keyring.ts'
import {
  type BatchKeyPair,
  type BatchPurpose,
  openBatchKey,
  SealBroken,
  type SealedBatchKey,
  unwrapDataKey,
} from '../../crypto/seal.ts'
import { findBatchKeys, type WrappedKey } from '../../storage/batchKeys.ts'
import { type SealedKindName, sealedKind } from '../../vocabulary/sealedKinds.ts'
import { associatedDataOf, type RowOf } from './associatedData.ts'
import { openContent, type ParseContent } from './content.ts'
import { rawPair } from './organisationKeys.ts'
import type { Work } from './work.ts'

/** What is stored of a sealed object. */
export interface SealedRow extends WrappedKey {
  body: Buffer
}

/**
 * Opens what is sealed to the organisation, as what it should be. Undefined where it does not open, be it that its key is
 * gone, or holds anything else: one such thing must not stop what is done with many. No key outlives the call.
 */
export function openSealed<Name extends SealedKindName, T>(
  work: Work,
  name: Name,
  row: RowOf<Name> & SealedRow,
  parse: ParseContent<T>,
  findKeys = findBatchKeys,
): Promise<T | undefined> {
  const open = (dataKey: Buffer) => openContent(dataKey, associatedDataOf(name, row), row.body, parse)
  return withDataKey(work, name, row, open, findKeys)
}

/** Lends an object's data key, and wipes it afterwards. Undefined if it does not open. */
export async function withDataKey<T>(
  work: Work,
  name: SealedKindName,
  row: { id: string } & WrappedKey,
  use: (dataKey: Buffer) => T | Promise<T>,
  findKeys = findBatchKeys,
): Promise<T | undefined> {
  const { pair, sealed } = usableKey(work.keyring, await findKeys(work.query, row.batchId)) ?? {}
  if (pair === undefined || sealed === undefined) return undefined
  return withKeyOf(pair, 'organisation', name, { ...row, ...sealed }, use)
}

/** The same as `openSealed`, for a mailbox or an agency that has its own key pair. */
export function openWith<Name extends SealedKindName, T>(
  pair: BatchKeyPair,
  purpose: BatchPurpose,
  name: Name,
  row: RowOf<Name> & SealedRow & SealedBatchKey,
  parse: ParseContent<T>,
): Promise<T | undefined> {
  return withKeyOf(pair, purpose, name, row, (dataKey) =>
    openContent(dataKey, associatedDataOf(name, row), row.body, parse),
  )
}

async function withKeyOf<T>(
  pair: BatchKeyPair,
  purpose: BatchPurpose,
  name: SealedKindName,
  { id, batchId, wrappedKey, kid, enc, ciphertext }: { id: string } & WrappedKey & SealedBatchKey,
  use: (dataKey: Buffer) => T | Promise<T>,
): Promise<T | undefined> {
  const batchKey = await unlessBroken(() => openBatchKey(pair, batchId, { kid, enc, ciphertext }, purpose))
  if (batchKey === undefined) return undefined
  const dataKey = await unlessBroken(() =>
    unwrapDataKey(batchKey, batchId, sealedKind(name).kind, id, wrappedKey),
  ).finally(() => batchKey.fill(0))
  if (dataKey === undefined) return undefined
  try {
    return await use(dataKey)
  } finally {
    dataKey.fill(0)
  }
}

/** The first of these that this keyring has the key for. */
function usableKey(keyring: Keyring, sealedKeys: readonly SealedBatchKey[]) {
  for (const sealed of sealedKeys) {
    const pair = rawPair(keyByKid(keyring, sealed.kid))
    if (pair !== undefined) return { pair, sealed }
  }
  return undefined
}

/** Undefined where a seal did not open: it never says why. */
export async function unlessBroken<T>(open: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await open()
  } catch (error) {
    if (error instanceof SealBroken) return undefined
    throw error
  }
}
