import { type Curve, privateKeyFromRaw, rawKeyBytes, rawPublicKey } from './rawKeys.ts'
import { type Sodium, sodium } from './sodium.ts'

type PublicKeyOf = (curve: Curve, privateKey: Uint8Array) => Buffer

export const publicKeyByNode: PublicKeyOf = (curve, privateKey) =>
  rawPublicKey(privateKeyFromRaw(curve, privateKey))

/** In two fifths of the time; undefined where libsodium is not there. */
export const publicKeyBySodium: PublicKeyOf | undefined = sodium && bySodium(sodium)

function bySodium(libsodium: Sodium): PublicKeyOf {
  return (curve, privateKey) => {
    if (privateKey.length !== rawKeyBytes) throw new TypeError(`a raw key has ${rawKeyBytes} bytes`)
    const publicKey = Buffer.alloc(rawKeyBytes)
    if (curve === 'X25519') libsodium.crypto_scalarmult_base(publicKey, privateKey)
    else {
      const secretKey = Buffer.alloc(2 * rawKeyBytes)
      libsodium.crypto_sign_seed_keypair(publicKey, secretKey, privateKey)
      secretKey.fill(0)
    }
    return publicKey
  }
}

/** The public half that belongs to a raw private key: the same bytes, whichever works it out. */
export const publicKeyOf: PublicKeyOf = publicKeyBySodium ?? publicKeyByNode
