import { createHash } from 'node:crypto'
import { type Keyring, keyByKid } from '../../crypto/keyring.ts'
import {
  type BatchKeyPair,
  openBatchKey,
  type Place,
  SealBroken,
  type SealedBatchKey,
  unwrapDataKey,
} from '../../crypto/seal.ts'
import type { Statement } from '../../crypto/sign.ts'
import { ProductContent } from '../../schemas/sealed.ts'
import type { Dissemination, SealedProduct } from '../../schemas/sharing.ts'
import type { ProductRow } from '../../storage/disseminations.ts'
import { dayOf } from '../../vocabulary/calendar.ts'
import { contentParser, openContent } from '../envelope/content.ts'
import { isSigned, signed } from '../envelope/signing.ts'

/** What goes to an agency: the least that lets it act. The format is told in docs/sealed-format.md. */
export type Product = ProductContent

/** What a product was sealed as; undefined where it is none. */
export const parseProduct = contentParser(ProductContent)

export const sealedFormat = 1
export const smallestProduct = 4096

/** Every product carries this (domain.md, section 4). */
export const caveat =
  'Unconfirmed information, not evidence. Corroborate before overt or enforcement action. Do not reveal that a report exists.'

/** A product's place names no report: its agency must be able to open it without knowing of one. */
export function placeOfProduct(id: string, sentOn: string): Place {
  return {
    kind: 'dissemination',
    column: 'body',
    objectId: id,
    reportId: '',
    receivedOn: sentOn,
    version: 1,
    sender: 'staff',
  }
}

type Signed = Pick<ProductRow, 'id' | 'agency' | 'author' | 'body'>

export function signProduct(keyring: Keyring, product: Signed): Buffer {
  return signed(keyring, statementOf(product))
}

/** Whether the service itself sent this product to this agency. */
export function isGenuineProduct(keyring: Keyring, row: ProductRow): boolean {
  return isSigned(keyring, statementOf(row), row.signature)
}

function statementOf({ id, agency, author, body }: Signed): Statement {
  const hash = createHash('sha256').update(body).digest()
  return { kind: 'dissemination', id, reportId: '', version: 1, author, decision: agency, hash }
}

/** What the bearer sees of a product: its content, or the sealed product where the service cannot open it. */
export function productView(
  row: ProductRow,
  content: { product: Product } | { sealed: SealedProduct },
): Dissemination {
  const { id, agency, due, status, sentAt } = row
  return {
    id,
    agency,
    ...('product' in content ? content.product : { sealed: content.sealed }),
    ...(due === null ? {} : { due }),
    caveat,
    status,
    sentOn: dayOf(sentAt),
  }
}

/**
 * Opens a product with the agency's key, if the service holds it; otherwise hands it over as it is sealed. Undefined
 * where it does not open, or holds no product.
 */
export async function openForAgency(
  keyring: Keyring,
  row: ProductRow,
  sealedKey: SealedBatchKey,
): Promise<{ product: Product } | { sealed: SealedProduct } | undefined> {
  const key = keyByKid(keyring, sealedKey.kid)
  if (key?.privateKey === undefined || key.publicKey === undefined)
    return { sealed: sealedProduct(row, sealedKey) }
  const pair = {
    kid: key.kid,
    publicKey: Buffer.from(key.publicKey, 'base64url'),
    privateKey: Buffer.from(key.privateKey, 'base64url'),
  }
  try {
    return { product: await openProduct(pair, row.id, sealedProduct(row, sealedKey)) }
  } catch (error) {
    if (error instanceof SealBroken) return undefined
    throw error
  }
}

/** Opens a sealed product with the agency's key pair, offline as in the service. Throws SealBroken, also where it holds no product. */
export async function openProduct(pair: BatchKeyPair, id: string, sealed: SealedProduct): Promise<Product> {
  const { batchId, kid } = sealed
  const batchKey = await openBatchKey(
    pair,
    batchId,
    { kid, enc: Buffer.from(sealed.enc, 'base64url'), ciphertext: Buffer.from(sealed.batchKey, 'base64url') },
    'agency',
  )
  const dataKey = unwrapDataKey(
    batchKey,
    batchId,
    'dissemination',
    id,
    Buffer.from(sealed.wrappedKey, 'base64url'),
  )
  const place = placeOfProduct(id, sealed.sentOn)
  const product = openContent(dataKey, place, Buffer.from(sealed.body, 'base64url'), parseProduct)
  if (product === undefined) throw new SealBroken()
  return product
}

function sealedProduct(row: ProductRow, { kid, enc, ciphertext }: SealedBatchKey): SealedProduct {
  return {
    format: sealedFormat,
    batchId: row.batchId,
    kid,
    enc: enc.toString('base64url'),
    batchKey: ciphertext.toString('base64url'),
    wrappedKey: row.wrappedKey.toString('base64url'),
    sentOn: dayOf(row.sentAt),
    body: row.body.toString('base64url'),
  }
}
