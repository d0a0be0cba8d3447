import { type Keyring, keyByKid } from '../../crypto/keyring.ts'
import { type BatchKeyPair, SealBroken, type SealedBatchKey } from '../../crypto/seal.ts'
import { ProductContent } from '../../schemas/sealed.ts'
import type { Dissemination, SealedProduct } from '../../schemas/sharing.ts'
import type { ProductRow } from '../../storage/disseminations.ts'
import { dayOf } from '../../vocabulary/calendar.ts'
import { contentParser } from '../envelope/content.ts'
import { openWith } from '../envelope/open.ts'
import { rawPair } from '../envelope/organisationKeys.ts'
import { isGenuine, signSealed } from '../envelope/signing.ts'

/** What goes to an agency: the least that lets it act. The format is told in docs/sealed-format.md. */
export type Product = ProductContent

/** What a product was sealed as; undefined where it is none. */
export const parseProduct = contentParser(ProductContent)

export const sealedFormat = 1

/** Every product carries this (domain.md, section 4). */
export const caveat =
  'Unconfirmed information, not evidence. Corroborate before overt or enforcement action. Do not reveal that a report exists.'

type Signed = Pick<ProductRow, 'id' | 'agency' | 'author' | 'body'>

export function signProduct(keyring: Keyring, product: Signed): Buffer {
  return signSealed(keyring, 'product', statedOf(product))
}

/** Whether the service itself sent this product to this agency. */
export function isGenuineProduct(keyring: Keyring, row: ProductRow): boolean {
  return isGenuine(keyring, 'product', { ...statedOf(row), signature: row.signature })
}

function statedOf({ id, agency, author, body }: Signed) {
  return { id, version: 1, author, decision: agency, body }
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
  const pair = rawPair(keyByKid(keyring, sealedKey.kid))
  if (pair === undefined) return { sealed: sealedProduct(row, sealedKey) }
  try {
    return { product: await openProduct(pair, row.id, sealedProduct(row, sealedKey)) }
  } catch (error) {
    if (error instanceof SealBroken) return undefined
    throw error
  }
}

/** Opens a sealed product with the agency's key pair, offline as in the service. Throws SealBroken, also where it holds no product. */
export async function openProduct(pair: BatchKeyPair, id: string, sealed: SealedProduct): Promise<Product> {
  const raw = (text: string) => Buffer.from(text, 'base64url')
  const row = {
    id,
    sentAt: sealed.sentOn,
    batchId: sealed.batchId,
    wrappedKey: raw(sealed.wrappedKey),
    body: raw(sealed.body),
    kid: sealed.kid,
    enc: raw(sealed.enc),
    ciphertext: raw(sealed.batchKey),
  }
  const product = await openWith(pair, 'agency', 'product', row, parseProduct)
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
