import { createRequire } from 'node:module'

/** As much of libsodium as is used here, from the package `sodium-native`, which comes without types. */
export interface Sodium {
  /** Writes the X25519 public key of a private one. */
  crypto_scalarmult_base(publicKey: Uint8Array, privateKey: Uint8Array): void
  /** Writes what the private X25519 key and a public one agree on; throws at a point of low order. */
  crypto_scalarmult(shared: Uint8Array, privateKey: Uint8Array, publicKey: Uint8Array): void
  /** Writes the Ed25519 key pair of a seed; the secret key is the seed and the public key. */
  crypto_sign_seed_keypair(publicKey: Uint8Array, secretKey: Uint8Array, seed: Uint8Array): void
}

/** libsodium, where its binary loads; undefined elsewhere, where node:crypto does the same, slower. */
export const sodium = load()

function load(): Sodium | undefined {
  try {
    const loaded: unknown = createRequire(import.meta.url)('sodium-native')
    return isSodium(loaded) ? loaded : undefined
  } catch {
    return undefined
  }
}

function isSodium(loaded: unknown): loaded is Sodium {
  if (typeof loaded !== 'object' || loaded === null) return false
  return ['crypto_scalarmult_base', 'crypto_scalarmult', 'crypto_sign_seed_keypair'].every(
    (name) => typeof Reflect.get(loaded, name) === 'function',
  )
}
