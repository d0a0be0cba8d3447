import { createPrivateKey, createPublicKey, diffieHellman, type KeyObject, randomBytes } from 'node:crypto'

export type Curve = 'X25519' | 'Ed25519'
export type RawKeyPair = { publicKey: Buffer; privateKey: Buffer }

export const rawKeyBytes = 32

/*
 * Keys go in and out as JWK: on Node 20 importing a private key from PKCS8 DER costs 300 µs and exporting a public
 * one as SPKI 56 µs; as JWK they cost 24 and 2. Node works the public half out of `d` and does not read `x` of a
 * private key, but wants it to be there.
 */
const unreadX = 'A'.repeat(43)

/** Imports a raw 32-byte private key (for Ed25519: the seed). Throws if its length is wrong. */
export function privateKeyFromRaw(curve: Curve, raw: Uint8Array): KeyObject {
  return createPrivateKey({ key: { kty: 'OKP', crv: curve, d: base64url(raw), x: unreadX }, format: 'jwk' })
}

/** Imports a raw 32-byte public key. Throws if its length is wrong. */
export function publicKeyFromRaw(curve: Curve, raw: Uint8Array): KeyObject {
  return createPublicKey({ key: { kty: 'OKP', crv: curve, x: base64url(raw) }, format: 'jwk' })
}

/** Whether anything can be sealed to this X25519 key: no agreement comes of a point of low order. */
export function canAgreeWith(publicKey: Uint8Array): boolean {
  const { privateKey } = newKey('X25519')
  try {
    diffieHellman({ privateKey, publicKey: publicKeyFromRaw('X25519', publicKey) })
    return true
  } catch {
    return false
  }
}

/** The raw public key of a public key, or of a private one. */
export function rawPublicKey(key: KeyObject): Buffer {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key
  return Buffer.from(publicKey.export({ format: 'jwk' }).x as string, 'base64url')
}

/** The raw private key (for Ed25519: the seed). */
export function rawPrivateKey(key: KeyObject): Buffer {
  return Buffer.from(key.export({ format: 'jwk' }).d as string, 'base64url')
}

/** A fresh random key pair, raw. */
export function newRawKeyPair(curve: Curve): RawKeyPair {
  const { raw, privateKey } = newKey(curve)
  return { publicKey: rawPublicKey(privateKey), privateKey: raw }
}

/**
 * A private key of either curve is any 32 random bytes (RFC 7748, 5; RFC 8032, 5.1.5). Node's generator is not asked for one: what
 * made a key shares its lock, and is freed whenever garbage is collected, so that a process that just exports that key may wait
 * for itself for ever.
 */
function newKey(curve: Curve): { raw: Buffer; privateKey: KeyObject } {
  const raw = randomBytes(rawKeyBytes)
  return { raw, privateKey: privateKeyFromRaw(curve, raw) }
}

function base64url(raw: Uint8Array): string {
  if (raw.length !== rawKeyBytes) throw new TypeError(`a raw key has ${rawKeyBytes} bytes`)
  return Buffer.from(raw.buffer, raw.byteOffset, raw.length).toString('base64url')
}
