import { createHash } from 'node:crypto'
import { signEd25519, verifyEd25519 } from './ed25519.ts'

/**
 * Signed notes (c2sp.org/signed-note): a text that ends in a newline, a blank line, and signature lines
 * `— <key name> <base64 of key id and signature>`. Ed25519 alone is written and understood here.
 */

const ed25519Type = 0x01
const keyIdBytes = 4
const mostCharacters = 65_536
const mostSignatures = 100

export interface NoteKey {
  name: string
  /** Raw Ed25519 public key. */
  publicKey: Uint8Array
}

/** The key id that a signature line begins with. */
export function noteKeyId({ name, publicKey }: NoteKey): Buffer {
  return createHash('sha256')
    .update(`${name}\n`)
    .update(Uint8Array.of(ed25519Type))
    .update(publicKey)
    .digest()
    .subarray(0, keyIdBytes)
}

/** The key as verifiers of signed notes take it: name, key id in hex, and base64 of type and public key. */
export function verifierKey(key: NoteKey): string {
  const encoded = Buffer.concat([Uint8Array.of(ed25519Type), key.publicKey]).toString('base64')
  return `${key.name}+${noteKeyId(key).toString('hex')}+${encoded}`
}

/** Signs a text with a raw Ed25519 seed. Gives the whole note, and the signature by itself. */
export function signNote(text: string, key: NoteKey, seed: Uint8Array): { note: string; signature: Buffer } {
  if (!isNoteText(text))
    throw new TypeError('the text of a note ends in a newline and has no control character')
  if (!/^[^\s+]+$/u.test(key.name)) throw new TypeError('the name of a key has no spaces and no plus')
  const signature = signEd25519(seed, Buffer.from(text))
  const line = Buffer.concat([noteKeyId(key), signature]).toString('base64')
  return { note: `${text}\n— ${key.name} ${line}\n`, signature }
}

/**
 * The text of a note that one of these keys signed; undefined if it is malformed, if none of them signed it, or if
 * what claims to be a signature of one of them is none. Signatures of others are passed over.
 */
export function openNote(note: string, keys: readonly NoteKey[]): string | undefined {
  if (note.length > mostCharacters) return undefined
  const end = note.lastIndexOf('\n\n')
  const text = note.slice(0, end + 1)
  const lines = note.slice(end + 2).split('\n')
  if (end < 0 || !isNoteText(text) || lines.pop() !== '' || lines.length > mostSignatures) return undefined
  const known = new Map(keys.map((key) => [`${key.name} ${noteKeyId(key).toString('hex')}`, key.publicKey]))
  let isSigned = false
  for (const line of lines) {
    const read = readLine(line)
    if (read === undefined) return undefined
    const publicKey = known.get(`${read.name} ${read.keyId.toString('hex')}`)
    if (publicKey === undefined) continue
    if (!verifyEd25519(publicKey, Buffer.from(text), read.signature)) return undefined
    isSigned = true
  }
  return isSigned ? text : undefined
}

function readLine(line: string): { name: string; keyId: Buffer; signature: Buffer } | undefined {
  const [, name, encoded] = /^— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/u.exec(line) ?? []
  if (name === undefined || encoded === undefined) return undefined
  const bytes = Buffer.from(encoded, 'base64')
  if (bytes.length <= keyIdBytes || bytes.toString('base64') !== encoded) return undefined
  return { name, keyId: bytes.subarray(0, keyIdBytes), signature: bytes.subarray(keyIdBytes) }
}

function isNoteText(text: string): boolean {
  return text.length > 1 && text.endsWith('\n') && !/[\p{Surrogate}]|(?!\n)\p{Cc}/u.test(text)
}
