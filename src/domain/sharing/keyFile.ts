import { rawKeyBytes } from '../../crypto/rawKeys.ts'
import type { BatchKeyPair } from '../../crypto/seal.ts'
import { newSealingPair, publicKeyIn } from '../../crypto/sealingPairs.ts'
import { type SuiteName, suiteOf } from '../../crypto/suites.ts'

/** What an agency that holds its own key keeps, and nobody else has. */
export interface AgencyKeyFile {
  agency: string
  publicKey: string
  privateKey: string
}

/** A new key pair for an agency. */
export function newAgencyKeyFile(agency: string, suite: SuiteName = 'x25519'): AgencyKeyFile {
  const { publicKey, privateKey } = newSealingPair(suite)
  return { agency, publicKey: publicKey.toString('base64url'), privateKey: privateKey.toString('base64url') }
}

/** Reads a key file. Throws an Error of one line that quotes nothing. */
export function pairIn(text: string, kid: string): BatchKeyPair {
  const pair = pairOf(parsed(text))
  if (pair === undefined)
    throw new Error('the key file must hold agency, publicKey and privateKey, of a known suite')
  return { kid, ...pair }
}

/** The public half in a key file of this agency, whole and its own; undefined if it is anything else. */
export function keyFileOf(agency: string, text: string): Buffer | undefined {
  const file = parsed(text)
  const pair = file?.agency === agency ? pairOf(file) : undefined
  if (pair === undefined) return undefined
  const { publicKey, privateKey } = pair
  return publicKeyIn(suiteOf(publicKey), privateKey).equals(publicKey) ? publicKey : undefined
}

/** Both halves, if they have the lengths of a suite. */
function pairOf(
  file: Partial<AgencyKeyFile> | undefined,
): { publicKey: Buffer; privateKey: Buffer } | undefined {
  if (typeof file?.publicKey !== 'string' || typeof file.privateKey !== 'string') return undefined
  const publicKey = Buffer.from(file.publicKey, 'base64url')
  const privateKey = Buffer.from(file.privateKey, 'base64url')
  try {
    suiteOf(publicKey)
  } catch {
    return undefined
  }
  return privateKey.length === rawKeyBytes ? { publicKey, privateKey } : undefined
}

function parsed(text: string): Partial<AgencyKeyFile> | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
