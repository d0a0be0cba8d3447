import { createCipheriv, createDecipheriv } from 'node:crypto'

export const nonceBytes = 12
export const tagBytes = 16

const nothing = new Uint8Array()
const pieceBytes = 1024 * 1024

/**
 * AES-GCM with a key of 32 (or, for test vectors, 16) bytes. Returns the ciphertext followed by its 16-byte tag, all
 * of it after `header`, which is not encrypted.
 */
export function encryptAesGcm(
  key: Uint8Array,
  nonce: Uint8Array,
  aad: Uint8Array,
  plaintext: Uint8Array,
  header: Uint8Array = nothing,
): Buffer {
  const cipher = createCipheriv(algorithm(key), key, nonce, { authTagLength: tagBytes })
  cipher.setAAD(aad)
  const sealed = Buffer.allocUnsafe(header.length + plaintext.length + tagBytes)
  sealed.set(header)
  // By pieces: an image at once would be in memory once more.
  for (let from = 0; from < plaintext.length; from += pieceBytes) {
    sealed.set(cipher.update(plaintext.subarray(from, from + pieceBytes)), header.length + from)
  }
  cipher.final()
  sealed.set(cipher.getAuthTag(), sealed.length - tagBytes)
  return sealed
}

/** The reverse of `encryptAesGcm`, without a header. Throws, and returns nothing, if anything was changed. */
export function decryptAesGcm(
  key: Uint8Array,
  nonce: Uint8Array,
  aad: Uint8Array,
  sealed: Uint8Array,
): Buffer {
  const end = sealed.length - tagBytes
  if (end < 0) throw new Error('shorter than its tag')
  // Without authTagLength node would accept a tag cut down to 4 bytes.
  const decipher = createDecipheriv(algorithm(key), key, nonce, { authTagLength: tagBytes })
  decipher.setAAD(aad)
  decipher.setAuthTag(sealed.subarray(end))
  const plaintext = decipher.update(sealed.subarray(0, end))
  decipher.final()
  return plaintext
}

function algorithm(key: Uint8Array): 'aes-128-gcm' | 'aes-256-gcm' {
  return key.length === 16 ? 'aes-128-gcm' : 'aes-256-gcm'
}
