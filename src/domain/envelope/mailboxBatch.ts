import {
  type BatchRecipient,
  newBatch,
  newDataKey,
  type Place,
  sealBatchKey,
  sealBody,
  wrapDataKey,
} from '../../crypto/seal.ts'
import type { OwnBatch } from '../../storage/mailbox.ts'

export interface OwnSealed {
  batch: OwnBatch
  wrappedKey: Buffer
  body: Buffer
}

/**
 * Seals one object in a batch of its own, to the organisation and, where given, to a mailbox: whoever may
 * open one message must not be able to open its neighbours.
 */
export async function sealAlone(
  place: Place,
  plaintext: Uint8Array,
  smallest: number,
  organisation: readonly BatchRecipient[],
  mailbox: BatchRecipient | undefined,
): Promise<OwnSealed> {
  const { batchId, batchKey, sealedKeys } = await newBatch(organisation, 'organisation')
  const toMailbox = mailbox && (await sealBatchKey(batchId, batchKey, mailbox, 'mailbox'))
  const dataKey = newDataKey()
  return {
    batch: { batchId, organisation: sealedKeys, mailbox: toMailbox },
    wrappedKey: wrapDataKey(batchKey, batchId, place.kind, place.objectId, dataKey),
    body: sealBody(dataKey, place, plaintext, smallest),
  }
}
