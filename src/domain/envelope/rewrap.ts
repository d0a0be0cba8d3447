import { insertBatchKeys, type NewBatch, type WrappedKey } from '../../storage/batchKeys.ts'
import type { Query } from '../../storage/pool.ts'
import type { SealedKindName } from '../../vocabulary/sealedKinds.ts'
import { type Batch, beginBatchAsFarAsCan, type Recipients } from './batch.ts'
import type { BatchKeys } from './batchKeys.ts'

/** A data key under a new batch key; the batch's keys are still to be stored. */
export interface Rewrapped {
  batch: NewBatch
  wrappedKey: Buffer
}

/**
 * Puts an object's data key under a batch of its own; the body stays as it is. A mailbox or agency to whose key nothing can
 * be sealed is left out: whoever asked decides whether that will do.
 */
export async function rewrap(
  name: SealedKindName,
  id: string,
  dataKey: Uint8Array,
  to: Recipients,
): Promise<Rewrapped> {
  const batch = await beginBatchAsFarAsCan(to)
  try {
    return { batch: batch.keys, wrappedKey: batch.wrap(name, id, dataKey) }
  } finally {
    batch.end()
  }
}

/** What is stored of it beside the object. */
export function wrapOf({ batch: { batchId }, wrappedKey }: Rewrapped): WrappedKey {
  return { batchId, wrappedKey }
}

/**
 * Stores the keys of a batch that many objects will depend on. It is opened from where it now lies before anything is put
 * under it.
 */
export async function storeCommon(query: Query, batchKeys: BatchKeys, { keys, isKey }: Batch): Promise<void> {
  await insertBatchKeys(query, [keys])
  await batchKeys.open([keys.batchId])
  const opened = batchKeys.of(keys.batchId)
  if (opened === undefined || !isKey(opened)) throw new TypeError('the new batch key does not open')
}
