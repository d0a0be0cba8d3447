import { CipherSuite } from 'hpke'
import { aesGcm, dhkemX25519, hkdfSha256, privateNodeKeyOfRaw, publicNodeKeyOfRaw } from './hpkeNode.ts'
import { hybridOpen, hybridSeal } from './hybrid.ts'
import { suiteOf } from './suites.ts'

/** DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. */
export const suite = new CipherSuite(dhkemX25519(), hkdfSha256, aesGcm(256))

/**
 * Seals `plaintext` so that only the holder of the private half of `publicKeyRaw` can open it (RFC 9180, base
 * mode, single shot), in the suite of that key. It proves nothing about who sealed it.
 */
export async function sealTo(
  publicKeyRaw: Uint8Array,
  info: Uint8Array,
  aad: Uint8Array,
  plaintext: Uint8Array,
): Promise<{ enc: Uint8Array; ciphertext: Uint8Array }> {
  if (suiteOf(publicKeyRaw) === 'mlkem768-x25519') return hybridSeal(publicKeyRaw, info, aad, plaintext)
  const recipient = publicNodeKeyOfRaw(publicKeyRaw)
  const { encapsulatedSecret, ciphertext } = await suite.Seal(recipient, plaintext, { info, aad })
  return { enc: encapsulatedSecret, ciphertext }
}

/** Opens what `sealTo` sealed, with the whole key pair. Rejects if key, info, aad or a byte of it is another. */
export async function openFrom(
  pair: { publicKey: Uint8Array; privateKey: Uint8Array },
  enc: Uint8Array,
  info: Uint8Array,
  aad: Uint8Array,
  ciphertext: Uint8Array,
): Promise<Uint8Array> {
  if (suiteOf(pair.publicKey) === 'mlkem768-x25519') {
    return hybridOpen(pair.privateKey, enc, info, aad, ciphertext)
  }
  const keys = {
    publicKey: publicNodeKeyOfRaw(pair.publicKey),
    privateKey: privateNodeKeyOfRaw(pair.privateKey),
  }
  return suite.Open(keys, enc, ciphertext, { info, aad })
}

/** Whether anything can be sealed to this public key. */
export async function canSealTo(publicKey: Uint8Array): Promise<boolean> {
  const nothing = new Uint8Array()
  return sealTo(publicKey, nothing, nothing, nothing).then(
    () => true,
    () => false,
  )
}
