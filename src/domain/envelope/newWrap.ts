import {
  type BatchRecipient,
  newBatch,
  type ObjectKind,
  sealBatchKey,
  wrapDataKey,
} from '../../crypto/seal.ts'
import { insertAgencyBatchKey } from '../../storage/disseminations.ts'
import { insertOwnBatches } from '../../storage/mixedBatches.ts'
import type { Query } from '../../storage/pool.ts'

export interface Recipients {
  organisation: BatchRecipient
  mailbox: BatchRecipient | undefined
  agency: (BatchRecipient & { slug: string }) | undefined
}

export type NewAlone = Awaited<ReturnType<typeof wrapAnew>>

/** A data key under a new batch key of its own. A recipient whose key nothing can be sealed to is left out. */
export async function wrapAnew(
  dataKey: Buffer,
  kind: ObjectKind,
  objectId: string,
  { organisation, mailbox, agency }: Recipients,
) {
  const { batchId, batchKey, sealedKeys } = await newBatch([organisation], 'organisation')
  const [toOrganisation] = sealedKeys
  if (toOrganisation === undefined) throw new TypeError('a batch is sealed to its recipient')
  const sealTo = (to: BatchRecipient, purpose: 'mailbox' | 'agency') =>
    sealBatchKey(batchId, batchKey, to, purpose).catch(() => undefined)
  const toMailbox = mailbox && (await sealTo(mailbox, 'mailbox'))
  const toAgency = agency && (await sealTo(agency, 'agency'))
  const wrappedKey = wrapDataKey(batchKey, batchId, kind, objectId, dataKey)
  batchKey.fill(0)
  return {
    batch: { batchId, organisation: toOrganisation, mailbox: toMailbox },
    agency: agency && toAgency && { slug: agency.slug, sealed: toAgency },
    wrappedKey,
  }
}

export async function insertAnew(query: Query, wraps: readonly NewAlone[]): Promise<void> {
  await insertOwnBatches(
    query,
    wraps.map(({ batch }) => batch),
  )
  for (const { batch, agency } of wraps) {
    if (agency) await insertAgencyBatchKey(query, batch.batchId, agency.slug, agency.sealed)
  }
}
