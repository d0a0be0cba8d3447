import { diffieHellman } from 'node:crypto'
import { privateKeyFromRaw, publicKeyFromRaw, rawKeyBytes } from './rawKeys.ts'
import { type Sodium, sodium } from './sodium.ts'

/** What two X25519 keys agree on. Throws where nothing comes of it: at a wrong length, or a point of low order. */
type Agree = (privateKey: Uint8Array, publicKey: Uint8Array) => Buffer

export const agreeByNode: Agree = (privateKey, publicKey) =>
  diffieHellman({
    privateKey: privateKeyFromRaw('X25519', privateKey),
    publicKey: publicKeyFromRaw('X25519', publicKey),
  })

/** In half of the time; undefined where libsodium is not there. */
export const agreeBySodium: Agree | undefined = sodium && bySodium(sodium)

function bySodium(libsodium: Sodium): Agree {
  return (privateKey, publicKey) => {
    const shared = Buffer.alloc(rawKeyBytes)
    libsodium.crypto_scalarmult(shared, privateKey, publicKey)
    return shared
  }
}

/** The same bytes, whichever works them out. */
export const agree: Agree = agreeBySodium ?? agreeByNode
