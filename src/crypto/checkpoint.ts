import { type NoteKey, openNote, signNote } from './signedNote.ts'

/** How far a log goes: how many records, and the hash that stands for all of them. */
export interface LogHead {
  size: number
  hash: Buffer
}

/** A log's head, with the name of the log. */
export interface Checkpoint extends LogHead {
  origin: string
}

const hashBytes = 32

/**
 * Writes a head as a signed note in the form of c2sp.org/tlog-checkpoint: origin, size, base64 of the hash. The
 * key's name is the origin.
 */
export function signCheckpoint(
  { origin, size, hash }: Checkpoint,
  publicKey: Uint8Array,
  seed: Uint8Array,
): { checkpoint: string; signature: Buffer } {
  const text = `${origin}\n${size}\n${hash.toString('base64')}\n`
  const { note, signature } = signNote(text, { name: origin, publicKey }, seed)
  return { checkpoint: note, signature }
}

/** Reads a checkpoint that one of these keys signed; undefined for anything else. */
export function openCheckpoint(note: string, keys: readonly NoteKey[]): Checkpoint | undefined {
  const [origin, digits, base64, ...rest] = openNote(note, keys)?.split('\n') ?? []
  if (origin === undefined || digits === undefined || base64 === undefined) return undefined
  const size = /^(0|[1-9]\d{0,15})$/.test(digits) ? Number(digits) : Number.NaN
  const hash = Buffer.from(base64, 'base64')
  // After the third line come extension lines, if any, and the end of the last line.
  const isWhole = rest.at(-1) === '' && hash.length === hashBytes && hash.toString('base64') === base64
  return isWhole && Number.isSafeInteger(size) ? { origin, size, hash } : undefined
}
