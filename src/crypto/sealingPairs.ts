import { randomBytes } from 'node:crypto'
import { hybridPublicKeyOf } from './hybrid.ts'
import { publicKeyOf } from './publicKeys.ts'
import { newRawKeyPair, type RawKeyPair, rawKeyBytes } from './rawKeys.ts'
import type { SuiteName } from './suites.ts'

/** A fresh random key pair that things are sealed to, raw. In either suite the private half has 32 bytes. */
export function newSealingPair(suite: SuiteName): RawKeyPair {
  if (suite === 'x25519') return newRawKeyPair('X25519')
  const privateKey = randomBytes(rawKeyBytes)
  return { publicKey: hybridPublicKeyOf(privateKey), privateKey }
}

/** The public half that belongs to a raw private key of this suite. */
export function publicKeyIn(suite: SuiteName, privateKey: Uint8Array): Buffer {
  return suite === 'x25519' ? publicKeyOf('X25519', privateKey) : hybridPublicKeyOf(privateKey)
}
