import {
  type BatchRecipient,
  newBatch,
  type SealedBatchKey,
  sealBatchKey,
  wrapDataKey,
} from '../../crypto/seal.ts'
import type { NewBatch } from '../../storage/batchKeys.ts'
import { type SealedKindName, sealedKind } from '../../vocabulary/sealedKinds.ts'

/** To whom something is sealed: the organisation, and perhaps one mailbox or one agency. A mailbox's kid is its id. */
export interface Recipients {
  organisation: readonly BatchRecipient[]
  mailbox?: BatchRecipient | undefined
  agency?: (BatchRecipient & { slug: string }) | undefined
}

/** A batch under way: its key is known here only, and to nobody once it has ended. */
export interface Batch {
  /** Its key, as sealed to each recipient. */
  keys: NewBatch
  /** Puts an object's data key under the batch key. */
  wrap: (name: SealedKindName, id: string, dataKey: Uint8Array) => Buffer
  /** Whether this is the batch's key. */
  isKey: (key: Uint8Array) => boolean
  /** Overwrites the key. */
  end: () => void
}

/** Begins a batch. Rejects where nothing can be sealed to a recipient's key. */
export function beginBatch(to: Recipients): Promise<Batch> {
  return begin(to, (sealed) => sealed)
}

/** The same, but leaves out a mailbox or agency to whose key nothing can be sealed: it may be anything. */
export function beginBatchAsFarAsCan(to: Recipients): Promise<Batch> {
  return begin(to, (sealed) => sealed.catch(() => undefined))
}

async function begin(
  { organisation, mailbox, agency }: Recipients,
  perhaps: (sealed: Promise<SealedBatchKey>) => Promise<SealedBatchKey | undefined>,
): Promise<Batch> {
  const { batchId, batchKey, sealedKeys } = await newBatch(organisation, 'organisation')
  try {
    const toMailbox = mailbox && (await perhaps(sealBatchKey(batchId, batchKey, mailbox, 'mailbox')))
    const toAgency = agency && (await perhaps(sealBatchKey(batchId, batchKey, agency, 'agency')))
    return {
      keys: {
        batchId,
        organisation: sealedKeys,
        mailbox: toMailbox,
        agency: agency && toAgency && { ...toAgency, slug: agency.slug },
      },
      wrap: (name, id, dataKey) => wrapDataKey(batchKey, batchId, sealedKind(name).kind, id, dataKey),
      isKey: (key) => batchKey.equals(key),
      end: () => void batchKey.fill(0),
    }
  } catch (error) {
    batchKey.fill(0)
    throw error
  }
}
