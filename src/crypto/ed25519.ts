import { sign, verify } from 'node:crypto'
import { privateKeyFromRaw, publicKeyFromRaw, rawKeyBytes } from './rawKeys.ts'

const signatureBytes = 64

/** Signs `bytes` with a raw Ed25519 seed (RFC 8032). */
export function signEd25519(seed: Uint8Array, bytes: Uint8Array): Buffer {
  return sign(null, bytes, privateKeyFromRaw('Ed25519', seed))
}

/** Whether `signature` is over `bytes` by the holder of `publicKey`. False, never an error, for what is malformed. */
export function verifyEd25519(publicKey: Uint8Array, bytes: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== rawKeyBytes || signature.length !== signatureBytes) return false
  return verify(null, bytes, publicKeyFromRaw('Ed25519', publicKey), signature)
}
