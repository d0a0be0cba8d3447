import { randomUUID } from 'node:crypto'
import { decryptAesGcm, encryptAesGcm, nonceBytes, tagBytes } from './aesGcm.ts'
import { openFrom, sealTo } from './hpke.ts'
import { lengthPrefixed, lengthPrefixedAfter } from './lengthPrefixed.ts'
import { pad, unpad } from './padding.ts'
import { randomBytesPooled } from './random.ts'

/** Where a sealed body belongs. Moved to any other place, it does not open. */
export type AssociatedData = {
  /** What kind of thing; the same in the box and in the main tables. */
  kind: string
  column: string
  objectId: string
  reportId: string
  receivedOn: string
  /** The object's own version: a report body's is always 1, whatever the report's ETag. */
  version: number
  sender: string
}

/** Whose keys may open a batch: the organisation's alone, or also a reporter's mailbox, or also an agency's. */
export type BatchPurpose = 'organisation' | 'mailbox' | 'agency'
export type BatchRecipient = { kid: string; publicKey: Uint8Array }
export type SealedBatchKey = { kid: string; enc: Buffer; ciphertext: Buffer }
export type BatchKeyPair = { kid: string; publicKey: Uint8Array; privateKey: Uint8Array }

/** Something did not open: a wrong key, another place, or changed bytes. It never says which. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken'
  constructor() {
    super('a seal did not open')
  }
}

const formatVersion = 1
const formatHeader = Uint8Array.of(formatVersion)
const keyBytes = 32
const overhead = 1 + nonceBytes + tagBytes

/** The bytes that bind a sealed body to its place: the format version, then every part with its length. */
export function encodeAssociatedData(associatedData: AssociatedData): Buffer {
  if (!Number.isSafeInteger(associatedData.version) || associatedData.version < 0) {
    throw new RangeError('the version of an object is a whole number')
  }
  return lengthPrefixedAfter(formatHeader, [
    associatedData.kind,
    associatedData.column,
    associatedData.objectId,
    associatedData.reportId,
    associatedData.receivedOn,
    String(associatedData.version),
    associatedData.sender,
  ])
}

/** A fresh random data key, for one object. */
export function newDataKey(): Buffer {
  return randomBytesPooled(keyBytes)
}

/**
 * Seals `plaintext` under its data key, padded to a power of two from `minimumSize`, bound to its place:
 * format version (1 byte) | nonce (12) | ciphertext | tag (16), AES-256-GCM.
 */
export function sealBody(
  dataKey: Uint8Array,
  associatedData: AssociatedData,
  plaintext: Uint8Array,
  minimumSize: number,
): Buffer {
  const padded = pad(plaintext, minimumSize)
  try {
    return encrypt(dataKey, encodeAssociatedData(associatedData), padded)
  } finally {
    padded.fill(0)
  }
}

/** Opens what `sealBody` sealed. Throws `SealBroken` unless key, place and every byte are the same. */
export function openBody(dataKey: Uint8Array, associatedData: AssociatedData, sealed: Uint8Array): Buffer {
  return orBroken(() => {
    const padded = decrypt(dataKey, encodeAssociatedData(associatedData), sealed)
    const opened = unpad(padded)
    // Whoever wipes what they were given has wiped all of it.
    padded.fill(0, opened.length)
    return opened
  })
}

/** Wraps an object's data key under its batch key, bound to batch and object. */
export function wrapDataKey(
  batchKey: Uint8Array,
  batchId: string,
  kind: string,
  objectId: string,
  dataKey: Uint8Array,
): Buffer {
  if (dataKey.length !== keyBytes) throw new RangeError(`a data key has ${keyBytes} bytes`)
  return encrypt(batchKey, lengthPrefixedAfter(formatHeader, [batchId, kind, objectId]), dataKey)
}

/** Unwraps a data key. Throws `SealBroken` unless batch, kind, object and every byte are the same. */
export function unwrapDataKey(
  batchKey: Uint8Array,
  batchId: string,
  kind: string,
  objectId: string,
  wrapped: Uint8Array,
): Buffer {
  if (wrapped.length !== overhead + keyBytes) throw new SealBroken()
  return orBroken(() =>
    decrypt(batchKey, lengthPrefixedAfter(formatHeader, [batchId, kind, objectId]), wrapped),
  )
}

/**
 * Begins a batch: a random id and key, the key sealed once to each recipient. The key lives for one commit and is
 * never sealed to anyone afterwards, which would let them open every object in the batch.
 */
export async function newBatch(
  recipients: readonly BatchRecipient[],
  purpose: BatchPurpose,
): Promise<{ batchId: string; batchKey: Buffer; sealedKeys: SealedBatchKey[] }> {
  if (recipients.length === 0) throw new RangeError('a batch needs a recipient')
  const batchId = randomUUID()
  const batchKey = randomBytesPooled(keyBytes)
  const sealedKeys = await Promise.all(recipients.map((to) => sealBatchKey(batchId, batchKey, to, purpose)))
  return { batchId, batchKey, sealedKeys }
}

/** Seals a batch key to one recipient by HPKE, bound to the purpose, the batch and the recipient's key id. */
export async function sealBatchKey(
  batchId: string,
  batchKey: Uint8Array,
  recipient: BatchRecipient,
  purpose: BatchPurpose,
): Promise<SealedBatchKey> {
  const aad = lengthPrefixed(batchId, recipient.kid)
  const { enc, ciphertext } = await sealTo(recipient.publicKey, batchKeyInfo(purpose), aad, batchKey)
  return { kid: recipient.kid, enc: asBuffer(enc), ciphertext: asBuffer(ciphertext) }
}

/** Opens a batch key. Rejects with `SealBroken` unless key pair, key id, batch, purpose and bytes are the same. */
export async function openBatchKey(
  pair: BatchKeyPair,
  batchId: string,
  sealed: SealedBatchKey,
  purpose: BatchPurpose,
): Promise<Buffer> {
  if (pair.kid !== sealed.kid) throw new SealBroken()
  try {
    const aad = lengthPrefixed(batchId, sealed.kid)
    const key = await openFrom(pair, sealed.enc, batchKeyInfo(purpose), aad, sealed.ciphertext)
    if (key.length === keyBytes) return asBuffer(key)
  } catch {
    // The one error below stands for all of them.
  }
  throw new SealBroken()
}

function batchKeyInfo(purpose: BatchPurpose): Buffer {
  return Buffer.from(`sotto/1/batch-key/${purpose}`)
}

function encrypt(key: Uint8Array, aad: Uint8Array, plaintext: Uint8Array): Buffer {
  if (key.length !== keyBytes) throw new RangeError(`a key has ${keyBytes} bytes`)
  const header = randomBytesPooled(1 + nonceBytes)
  header[0] = formatVersion
  return encryptAesGcm(key, header.subarray(1), aad, plaintext, header)
}

function decrypt(key: Uint8Array, aad: Uint8Array, sealed: Uint8Array): Buffer {
  const known = sealed[0] === formatVersion && sealed.length >= overhead
  if (!known || key.length !== keyBytes) throw new SealBroken()
  return decryptAesGcm(key, sealed.subarray(1, 1 + nonceBytes), aad, sealed.subarray(1 + nonceBytes))
}

function orBroken(open: () => Buffer): Buffer {
  try {
    return open()
  } catch {
    throw new SealBroken()
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
}
