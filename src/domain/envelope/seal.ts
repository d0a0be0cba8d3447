import { newDataKey, sealBody } from '../../crypto/seal.ts'
import { insertBatchKeys, type NewBatch } from '../../storage/batchKeys.ts'
import { type SealedKindName, sealedKind } from '../../vocabulary/sealedKinds.ts'
import { associatedDataOf, type RowOf } from './associatedData.ts'
import { beginBatch, type Recipients } from './batch.ts'
import type { SealedRow } from './open.ts'
import { organisationRecipient } from './organisationKeys.ts'
import type { Work } from './work.ts'

/** What is sealed: a value, written as JSON; or a text or bytes, as they are. Bytes are whoever's they were, to wipe. */
export type Content = object | string | Uint8Array

/** An object that was sealed in a batch of its own: the keys are stored with it, or it can never be opened. */
export interface Sealed {
  batch: NewBatch
  wrappedKey: Buffer
  body: Buffer
}

/**
 * Seals one object of a kind for its place, in a batch of its own: whoever may open one must not be able to open its
 * neighbours. No key outlives the call, nor what is made here of the content. Throws where the kind is not for these
 * recipients, and rejects where nothing can be sealed to one.
 */
export async function seal<Name extends SealedKindName>(
  name: Name,
  row: RowOf<Name>,
  content: Content,
  to: Recipients,
): Promise<Sealed> {
  requireRecipients(name, to)
  const { body, dataKey } = sealToBatch(name, row, content)
  try {
    const batch = await beginBatch(to)
    try {
      return { batch: batch.keys, wrappedKey: batch.wrap(name, row.id, dataKey), body }
    } finally {
      batch.end()
    }
  } finally {
    dataKey.fill(0)
  }
}

/** The same for what staff seal: to the organisation's active key and to whom else it is for, its batch keys stored. */
export async function sealStored<Name extends SealedKindName>(
  work: Work,
  name: Name,
  row: RowOf<Name>,
  content: Content,
  also: Omit<Recipients, 'organisation'> = {},
): Promise<SealedRow> {
  const organisation = [organisationRecipient(work.keyring)]
  const { batch, wrappedKey, body } = await seal(name, row, content, { organisation, ...also })
  await insertBatchKeys(work.query, [batch])
  return { batchId: batch.batchId, wrappedKey, body }
}

/** Seals one object of a batch that is still to come. Whoever asks for it wipes its data key once the batch is stored. */
export function sealToBatch<Name extends SealedKindName>(
  name: Name,
  row: RowOf<Name>,
  content: Content,
): { body: Buffer; dataKey: Buffer } {
  const dataKey = newDataKey()
  const isOurs = !(content instanceof Uint8Array)
  const plaintext = isOurs ? bytesOf(content) : content
  try {
    return {
      body: sealBody(dataKey, associatedDataOf(name, row), plaintext, sealedKind(name).smallest),
      dataKey,
    }
  } catch (error) {
    dataKey.fill(0)
    throw error
  } finally {
    if (isOurs) plaintext.fill(0)
  }
}

/** A draft sealed to its mailbox would be read before it is approved; a message that is not, never. */
function requireRecipients(name: SealedKindName, to: Recipients): void {
  const { alsoTo } = sealedKind(name)
  for (const other of ['mailbox', 'agency'] as const) {
    if ((to[other] !== undefined) !== (alsoTo === other)) {
      throw new TypeError(`${name} is sealed to ${alsoTo ?? 'no one else'} beside the organisation`)
    }
  }
}

function bytesOf(content: object | string): Buffer {
  return Buffer.from(typeof content === 'string' ? content : JSON.stringify(content))
}
