import { createHash } from 'node:crypto'
import { activeKey, type Keyring } from '../../crypto/keyring.ts'
import { lengthPrefixed } from '../../crypto/lengthPrefixed.ts'
import { signAsReporter, verifyReporter } from '../../crypto/receipt.ts'
import { type Attestation, signAttestation, verifyAttestation } from '../../crypto/sign.ts'
import { type SealedKindName, sealedKind } from '../../vocabulary/sealedKinds.ts'
import { associatedDataOf, type RowOf } from './associatedData.ts'

/** What staff do is signed by the service, so that a row put into the database behind its back is as if it were not there. */

/** Signs with the keyring's active sign key. */
export function signed(keyring: Keyring, attestation: Attestation): Buffer {
  const { privateKey = '' } = activeKey(keyring, 'sign')
  return signAttestation(Buffer.from(privateKey, 'base64url'), attestation)
}

/** Whether the service signed this, with the key of now or one of before. */
export function isSigned(keyring: Keyring, attestation: Attestation, signature: Uint8Array): boolean {
  return signingKeys(keyring).some((key) => verifyAttestation(key, attestation, signature))
}

/** What is signed of a sealed object, by its ciphertext. */
export interface Stated {
  id: string
  /** What kind of casework it is. */
  kind?: string
  /** Empty where its reader must learn of none. */
  reportId?: string
  version: number
  author: string
  /** What else was decided with it. */
  decision?: string
  body: Uint8Array
}

/** Signs a sealed object of a kind that the service signs. */
export function signSealed(keyring: Keyring, name: SealedKindName, stated: Stated): Buffer {
  return signed(keyring, attestationOf(name, stated))
}

/** Whether the service itself sealed this. Checked before it is shown or acted on. */
export function isGenuine(
  keyring: Keyring,
  name: SealedKindName,
  row: Stated & { signature: Uint8Array },
): boolean {
  return isGenuineBy(signingKeys(keyring), name, row)
}

/** The same, for whoever has only the public halves of the service's keys. */
export function isGenuineBy(
  keys: readonly Uint8Array[],
  name: SealedKindName,
  row: Stated & { signature: Uint8Array },
): boolean {
  const attestation = attestationOf(name, row)
  return keys.some((key) => verifyAttestation(key, attestation, row.signature))
}

/** What the service signs of a sealed object. */
export function attestationOf(
  name: SealedKindName,
  { id, kind, reportId = '', version, author, decision, body }: Stated,
): Attestation {
  const { signed: by, kind: sealed, column } = sealedKind(name)
  if (by !== 'by-service') throw new TypeError(`the service does not sign ${name}`)
  const named = typeof column === 'string' ? sealed : (kind ?? sealed)
  return { kind: named, id, reportId, version, author, decision, hash: sha256(body) }
}

/** Signs what a reporter sends, with the seed from the receipt: its place in full, and its content, of a body the ciphertext. */
export function signForReporter<Name extends SealedKindName>(
  seed: Uint8Array,
  name: Name,
  row: RowOf<Name>,
  mailboxId: string,
  content: Uint8Array,
): Buffer {
  return signAsReporter(seed, statedByReporter(name, row, mailboxId, content))
}

/** Whether the holder of the receipt signed this. */
export function isFromReporter<Name extends SealedKindName>(
  publicKey: Uint8Array,
  name: Name,
  row: RowOf<Name>,
  mailboxId: string,
  content: Uint8Array,
  signature: Uint8Array,
): boolean {
  return verifyReporter(publicKey, statedByReporter(name, row, mailboxId, content), signature)
}

function statedByReporter<Name extends SealedKindName>(
  name: Name,
  row: RowOf<Name>,
  mailboxId: string,
  content: Uint8Array,
): Buffer {
  const { kind, column, objectId, reportId, receivedOn, version } = associatedDataOf(name, row)
  return lengthPrefixed(
    'sotto/1/reporter',
    kind,
    column,
    objectId,
    reportId,
    mailboxId,
    receivedOn,
    String(version),
    sha256(content),
  )
}

function signingKeys({ keys }: Keyring): Uint8Array[] {
  return keys.flatMap(({ purpose, publicKey = '' }) =>
    purpose === 'sign' ? Buffer.from(publicKey, 'base64url') : [],
  )
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}
