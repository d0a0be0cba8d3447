import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { Keyring } from '../../crypto/keyring.ts'
import {
  type BatchRecipient,
  newBatch,
  newDataKey,
  type Place,
  sealBatchKey,
  sealBody,
  wrapDataKey,
} from '../../crypto/seal.ts'
import type { Item } from '../../schemas/casework.ts'
import type { DisseminationDraft, ProductItem } from '../../schemas/sharing.ts'
import { insertBatchKeys } from '../../storage/batchKeys.ts'
import type { Query } from '../../storage/pool.ts'
import { dayOf } from '../../vocabulary/calendar.ts'
import type { Person } from '../../vocabulary/person.ts'
import { organisationRecipient } from '../envelope/organisationKeys.ts'
import { type Product, placeOfProduct, signProduct, smallestProduct } from './product.ts'

const smallestRecord = 1024

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
 * Stores their batch keys for the organisation; the agency's is the caller's to store.
 */
export async function sealDissemination(
  query: Query,
  keyring: Keyring,
  person: Person,
  draft: DisseminationDraft,
  items: readonly Item[],
  agencyKey: BatchRecipient,
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

  const organisation = organisationRecipient(keyring)
  const productBatch = await newBatch([organisation], 'organisation')
  const toAgency = await sealBatchKey(productBatch.batchId, productBatch.batchKey, agencyKey, 'agency')
  const recordBatch = await newBatch([organisation], 'organisation')
  await insertBatchKeys(query, productBatch.batchId, productBatch.sealedKeys)
  await insertBatchKeys(query, recordBatch.batchId, recordBatch.sealedKeys)

  const dataKey = newDataKey()
  const place = placeOfProduct(id, dayOf(sentAt))
  const body = sealBody(dataKey, place, Buffer.from(JSON.stringify(product)), smallestProduct)
  const recordKey = newDataKey()
  const recordPlace: Place = { ...place, column: 'record' }
  return {
    id,
    sentAt,
    agencyKey: toAgency,
    batchId: productBatch.batchId,
    wrappedKey: wrapDataKey(productBatch.batchKey, productBatch.batchId, 'dissemination', id, dataKey),
    body,
    signature: signProduct(keyring, { id, agency: draft.agency, author: person.id, body }),
    recordBatchId: recordBatch.batchId,
    recordWrappedKey: wrapDataKey(recordBatch.batchKey, recordBatch.batchId, 'dissemination', id, recordKey),
    record: sealBody(recordKey, recordPlace, Buffer.from(JSON.stringify(record)), smallestRecord),
  }
}

function productItem({ title, text, kind, grade, version }: Item, salt: Uint8Array): ProductItem {
  return {
    title,
    text,
    kind,
    grade,
    version,
    sha256: createHash('sha256').update(salt).update(text).digest('hex'),
  }
}
