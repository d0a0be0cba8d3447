import { CipherSuite } from 'hpke'
import { aesGcm, dhkemX25519, hkdfSha256, privateNodeKey, publicNodeKey } from './hpkeNode.ts'
import { privateKeyFromRaw, publicKeyFromRaw } from './rawKeys.ts'

/** The one suite in use: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM, by their RFC 9180 numbers. */
export const suiteIds = { kem: 32, kdf: 1, aead: 2 } as const

export const suite = new CipherSuite(dhkemX25519(), hkdfSha256, aesGcm(256))

/**
 * Seals `plaintext` so that only the holder of the private half of `publicKeyRaw` can open it (RFC 9180, base
 * mode, single shot). It proves nothing about who sealed it.
 */
export async function sealTo(
  publicKeyRaw: Uint8Array,
  info: Uint8Array,
  aad: Uint8Array,
  plaintext: Uint8Array,
): Promise<{ enc: Uint8Array; ciphertext: Uint8Array }> {
  const recipient = publicNodeKey(publicKeyFromRaw('X25519', publicKeyRaw))
  const { encapsulatedSecret, ciphertext } = await suite.Seal(recipient, plaintext, { info, aad })
  return { enc: encapsulatedSecret, ciphertext }
}

/** Opens what `sealTo` sealed, with the whole key pair. Rejects if key, info, aad or a byte of it is another. */
export function openFrom(
  pair: { publicKey: Uint8Array; privateKey: Uint8Array },
  enc: Uint8Array,
  info: Uint8Array,
  aad: Uint8Array,
  ciphertext: Uint8Array,
): Promise<Uint8Array> {
  const keys = {
    publicKey: publicNodeKey(publicKeyFromRaw('X25519', pair.publicKey)),
    privateKey: privateNodeKey(privateKeyFromRaw('X25519', pair.privateKey)),
  }
  return suite.Open(keys, enc, ciphertext, { info, aad })
}
