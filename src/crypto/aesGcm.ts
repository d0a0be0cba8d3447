import { createCipheriv, createDecipheriv } from 'node:crypto'

export const nonceBytes = 12
export const tagBytes = 16

/** AES-GCM with a key of 32 (or, for test vectors, 16) bytes. Returns the ciphertext followed by its 16-byte tag. */
export function encryptAesGcm(
  key: Uint8Array,
  nonce: Uint8Array,
  aad: Uint8Array,
  plaintext: Uint8Array,
): Buffer {
  const cipher = createCipheriv(algorithm(key), key, nonce, { authTagLength: tagBytes })
  cipher.setAAD(aad)
  return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()])
}

/** The reverse of `encryptAesGcm`. Throws if anything was changed; returns nothing before the tag is checked. */
export function decryptAesGcm(
  key: Uint8Array,
  nonce: Uint8Array,
  aad: Uint8Array,
  sealed: Uint8Array,
): Buffer {
  if (sealed.length < tagBytes) throw new Error('shorter than its tag')
  // Without authTagLength node would accept a tag cut down to 4 bytes.
  const decipher = createDecipheriv(algorithm(key), key, nonce, { authTagLength: tagBytes })
  decipher.setAAD(aad)
  decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes))
  return Buffer.concat([decipher.update(sealed.subarray(0, sealed.length - tagBytes)), decipher.final()])
}

function algorithm(key: Uint8Array): 'aes-128-gcm' | 'aes-256-gcm' {
  return key.length === 16 ? 'aes-128-gcm' : 'aes-256-gcm'
}
