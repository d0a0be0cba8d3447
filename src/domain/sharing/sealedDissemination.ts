import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { DisseminationDraft, ProductItem } from '../../schemas/sharing.ts'
import type { Act } from '../calls/act.ts'
import type { Recipients } from '../envelope/batch.ts'
import { sealStored } from '../envelope/seal.ts'
import type { StoredItem } from '../triage/items.ts'
import { type Product, signProduct } from './product.ts'

/** What the organisation keeps of a dissemination, sealed to itself alone. */
interface DisseminationRecord {
  necessity: string
  proportionality: string
  reason?: string
  items: { id: string; version: number }[]
  salt: string
}

/**
 * Seals the product to organisation and agency, and the record to the organisation alone, each under keys of its own.
 * Stores their batch keys.
 */
export async function sealDissemination(
  act: Act,
  draft: DisseminationDraft,
  items: readonly StoredItem[],
  agency: NonNullable<Recipients['agency']>,
  sentAt: Date,
) {
  const id = randomUUID()
  const salt = randomBytes(32)
  const { gateway, basis, purpose, leadOrInformation, necessity, proportionality, reason } = draft
  const product: Product = {
    items: items.map((item) => productItem(item, salt)),
    gateway,
    basis,
    purpose,
    leadOrInformation,
  }
  const record: DisseminationRecord = {
    necessity,
    proportionality,
    ...(reason === undefined ? {} : { reason }),
    items: items.map((item) => ({ id: item.id, version: item.version })),
    salt: salt.toString('base64url'),
  }

  const of = { id, sentAt }
  const sealed = await sealStored(act, 'product', of, product, { agency })
  const kept = await sealStored(act, 'productRecord', of, record)
  const signed = { id, agency: draft.agency, author: act.person.id, body: sealed.body }
  return {
    ...of,
    ...sealed,
    signature: signProduct(act.keyring, signed),
    recordBatchId: kept.batchId,
    recordWrappedKey: kept.wrappedKey,
    record: kept.body,
  }
}

function productItem({ title, text, kind, grade, version }: StoredItem, salt: Uint8Array): ProductItem {
  return {
    title,
    text,
    kind,
    grade,
    version,
    sha256: createHash('sha256').update(salt).update(text).digest('hex'),
  }
}
