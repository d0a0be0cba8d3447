import { signEd25519, verifyEd25519 } from './ed25519.ts'
import { lengthPrefixed, optionalPart } from './lengthPrefixed.ts'

/**
 * What staff vouch for: a message, note, item version, approval, unlock, dissemination, agency key or webhook.
 * `hash` is the SHA-256 of its ciphertext; `reportId` is empty where there is no report.
 */
export type Attestation = {
  kind: string
  id: string
  reportId: string
  version: number
  author: string
  decision?: string | undefined
  hash: Uint8Array
}

/** Signs an attestation with the triage-only `sign` key (a raw Ed25519 seed). */
export function signAttestation(privateKeyRaw: Uint8Array, parts: Attestation): Buffer {
  return signEd25519(privateKeyRaw, encode(parts))
}

/** Whether the service's `sign` key stands behind this attestation. Checked before it is shown or acted upon. */
export function verifyAttestation(
  publicKeyRaw: Uint8Array,
  parts: Attestation,
  signature: Uint8Array,
): boolean {
  return verifyEd25519(publicKeyRaw, encode(parts), signature)
}

function encode({ kind, id, reportId, version, author, decision, hash }: Attestation): Buffer {
  if (!Number.isSafeInteger(version)) throw new RangeError('the version of an attestation is a whole number')
  const label = 'sotto/1/statement'
  return lengthPrefixed(label, kind, id, reportId, String(version), author, ...optionalPart(decision), hash)
}
