import {
  type BatchRecipient,
  newBatch,
  type ObjectKind,
  sealBatchKey,
  wrapDataKey,
} from '../../crypto/seal.ts'
import type { NewOwnBatch } from '../../storage/mixedBatches.ts'

/**
 * A data key under a batch of its own: whoever may open one object must not be able to open its neighbours. Undefined
 * where nothing can be sealed to the mailbox's key.
 */
export async function wrapAlone(
  dataKey: Buffer,
  kind: ObjectKind,
  objectId: string,
  to: BatchRecipient,
  mailbox?: BatchRecipient,
): Promise<{ batch: NewOwnBatch; wrappedKey: Buffer } | undefined> {
  const { batchId, batchKey, sealedKeys } = await newBatch([to], 'organisation')
  const [organisation] = sealedKeys
  if (organisation === undefined) throw new TypeError('a batch is sealed to its recipient')
  const toMailbox =
    mailbox && (await sealBatchKey(batchId, batchKey, mailbox, 'mailbox').catch(() => undefined))
  if (mailbox !== undefined && toMailbox === undefined) return undefined
  const wrappedKey = wrapDataKey(batchKey, batchId, kind, objectId, dataKey)
  batchKey.fill(0)
  return { batch: { batchId, organisation, mailbox: toMailbox }, wrappedKey }
}
