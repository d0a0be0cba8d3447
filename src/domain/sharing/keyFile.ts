import { publicKeyOf } from '../../crypto/publicKeys.ts'
import { newRawKeyPair } from '../../crypto/rawKeys.ts'
import type { BatchKeyPair } from '../../crypto/seal.ts'

/** What an agency that holds its own key keeps, and nobody else has. */
export interface AgencyKeyFile {
  agency: string
  publicKey: string
  privateKey: string
}

/** A new key pair for an agency. */
export function newAgencyKeyFile(agency: string): AgencyKeyFile {
  const { publicKey, privateKey } = newRawKeyPair('X25519')
  return { agency, publicKey: publicKey.toString('base64url'), privateKey: privateKey.toString('base64url') }
}

/** Reads a key file. Throws an Error of one line that quotes nothing. */
export function pairIn(text: string, kid: string): BatchKeyPair {
  const file = parsed(text)
  const [publicKey, privateKey] = [file?.publicKey, file?.privateKey].map((key) =>
    Buffer.from(String(key), 'base64url'),
  )
  if (publicKey?.length !== 32 || privateKey?.length !== 32) {
    throw new Error('the key file must hold agency, publicKey and privateKey')
  }
  return { kid, publicKey, privateKey }
}

/** The public half in a key file of this agency, whole and its own; undefined if it is anything else. */
export function keyFileOf(agency: string, text: string): Buffer | undefined {
  const file = parsed(text)
  if (file?.agency !== agency || typeof file.publicKey !== 'string' || typeof file.privateKey !== 'string') {
    return undefined
  }
  const [publicKey, privateKey] = [file.publicKey, file.privateKey].map((key) =>
    Buffer.from(key, 'base64url'),
  )
  if (privateKey?.length !== 32) return undefined
  return publicKey && publicKeyOf('X25519', privateKey).equals(publicKey) ? publicKey : undefined
}

function parsed(text: string): Partial<AgencyKeyFile> | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
