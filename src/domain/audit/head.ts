import { createHash } from 'node:crypto'
import { type Checkpoint, type LogHead, openCheckpoint, signCheckpoint } from '../../crypto/checkpoint.ts'
import { activeKey, type Keyring } from '../../crypto/keyring.ts'
import type { KeyringKey } from '../../crypto/keyringKey.ts'
import { type NoteKey, noteKeyId, verifierKey } from '../../crypto/signedNote.ts'
import type { AuditHead } from '../../schemas/audit.ts'

/** The hash of a trail without records, as RFC 6962 has it of an empty log. */
const nothingHash = createHash('sha256').digest()

/** Where a trail ends, given its last record. */
export function headAt(last: { seq: number; hash: Buffer } | undefined): LogHead {
  return last === undefined ? { size: 0, hash: nothingHash } : { size: last.seq, hash: last.hash }
}

/** Signs the head of the trail with the keyring's `audit` key. */
export function signHead(keyring: Keyring, { size, hash }: LogHead): AuditHead {
  const key = activeKey(keyring, 'audit')
  const origin = originOf(keyring)
  const publicKey = rawKey(key)
  const seed = Buffer.from(key.privateKey ?? '', 'base64url')
  const { checkpoint, signature } = signCheckpoint({ origin, size, hash }, publicKey, seed)
  const noteKey = { name: origin, publicKey }
  return {
    size,
    hash: hash.toString('hex'),
    origin,
    keyId: noteKeyId(noteKey).toString('hex'),
    signature: signature.toString('base64'),
    verifierKey: verifierKey(noteKey),
    checkpoint,
  }
}

/**
 * Reads a head that was saved: the checkpoint's text, or the JSON of GET /audit/head. Undefined unless an `audit` key
 * of this keyring, of now or of before, signed it for this trail.
 */
export function openHead(keyring: Keyring, saved: string): Checkpoint | undefined {
  const name = originOf(keyring)
  const keys: NoteKey[] = auditKeys(keyring).map((key) => ({ name, publicKey: rawKey(key) }))
  const head = openCheckpoint(checkpointIn(saved), keys)
  return head?.origin === name ? head : undefined
}

/** The trail's name: its first key's, which stays when the key that signs is replaced. */
function originOf(keyring: Keyring): string {
  const [first] = auditKeys(keyring).toSorted((a, b) =>
    a.notBefore < b.notBefore ? -1 : Number(a.notBefore > b.notBefore),
  )
  if (first === undefined) throw new Error('the keyring has no audit key')
  return `sotto-audit/${first.kid}`
}

function auditKeys({ keys }: Keyring): KeyringKey[] {
  return keys.filter(({ purpose, status }) => purpose === 'audit' && status !== 'pending')
}

function rawKey({ publicKey = '' }: KeyringKey): Buffer {
  return Buffer.from(publicKey, 'base64url')
}

function checkpointIn(saved: string): string {
  if (!saved.trimStart().startsWith('{')) return saved
  try {
    const { checkpoint } = JSON.parse(saved) as { checkpoint?: unknown }
    return typeof checkpoint === 'string' ? checkpoint : ''
  } catch {
    return ''
  }
}
