import { randomBytes } from 'node:crypto'
import { signEd25519, verifyEd25519 } from './ed25519.ts'
import { hkdfExpand, hkdfExtract } from './hkdf.ts'
import { publicKeyOf } from './publicKeys.ts'
import type { Curve, RawKeyPair } from './rawKeys.ts'

/** Crockford's base32: no I, L, O or U. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const secretSymbols = 26
const checkSymbols = 2
const groupSize = 4
/** The largest prime below 32², so that two symbols hold the remainder. */
const checkModulus = 1021

const readings = new Map<string, number>([
  ...[...alphabet].flatMap((symbol, value) => [
    [symbol, value] as const,
    [symbol.toLowerCase(), value] as const,
  ]),
  ...[...'Oo'].map((symbol) => [symbol, 0] as const),
  ...[...'IiLl'].map((symbol) => [symbol, 1] as const),
])
/** Generous to separators; a longer input is not read at all. */
const longestInput = 256
/**
 * What may stand between the symbols, or around them: dashes of any kind (U+30FC is one on Japanese keyboards), spaces,
 * quotes, full stops, and what cannot be seen.
 */
const separators = /[\p{Punctuation}\p{Symbol}\p{Separator}\p{Control}\p{Format}\u30FC]+/u

const noSalt = new Uint8Array()

export type MailboxKeys = {
  /** What the service stores to find the mailbox again; it leads back to no receipt. */
  lookupId: Buffer
  x25519: RawKeyPair
  /** The private key is the seed (RFC 8032). */
  ed25519: RawKeyPair
}

/**
 * A new receipt: 26 random symbols (130 bits) and two check symbols, in seven groups of four. The random bytes come
 * straight from the system's generator, one for each symbol: 32 divides 256, so every symbol is equally likely.
 */
export function newReceipt(): string {
  return newReceiptAndSymbols().receipt
}

/** A new receipt, and its 26 secret symbols as they are read again. */
export function newReceiptAndSymbols(): { receipt: string; canonical: string } {
  const values = randomBytes(secretSymbols)
  for (const [at, byte] of values.entries()) values[at] = byte % 32
  const check = remainder(values)
  let canonical = ''
  for (const value of values) canonical += alphabet[value]
  values.fill(0)
  const symbols = `${canonical}${alphabet[check >> 5]}${alphabet[check & 31]}`
  let receipt = symbols.slice(0, groupSize)
  for (let at = groupSize; at < symbols.length; at += groupSize)
    receipt += `-${symbols.slice(at, at + groupSize)}`
  return { receipt, canonical }
}

/**
 * Reads a receipt as a person types or pastes it: after NFKC, without regard to case, to dashes, spaces, quotes and
 * punctuation of any kind, or to words before it ("Receipt: …"); O as 0, I and L as 1. `canonical` is its 26 secret symbols.
 * The check tells of a slip of the pen, never of whether the receipt exists.
 */
export function parseReceipt(input: string): { canonical: string } | { fault: 'malformed' | 'wrong-check' } {
  if (input.length > longestInput) return { fault: 'malformed' }
  const typed = lastSymbols(input.normalize('NFKC').split(separators))
  const values = Array.from(typed, (symbol) => readings.get(symbol) ?? -1)
  if (values.length !== secretSymbols + checkSymbols || values.includes(-1)) return { fault: 'malformed' }
  const secret = values.slice(0, secretSymbols)
  const [high = 0, low = 0] = values.slice(secretSymbols)
  if (remainder(secret) !== high * 32 + low) return { fault: 'wrong-check' }
  return { canonical: secret.map((value) => alphabet[value]).join('') }
}

/** The pieces that make up a receipt, from the last back: what comes before them is how it was noted down. */
function lastSymbols(pieces: string[]): string {
  let symbols = ''
  while (symbols.length < secretSymbols + checkSymbols && pieces.length > 0)
    symbols = `${pieces.pop()}${symbols}`
  return symbols
}

/**
 * What a receipt opens: HKDF-SHA256 over its canonical symbols gives, under labels of their own, the lookup id and
 * the private halves of an X25519 pair (messages are sealed to it) and an Ed25519 pair (the reporter signs with it).
 */
export function deriveMailboxKeys(canonical: string): MailboxKeys {
  const derive = derivingFrom(canonical)
  return {
    lookupId: derive('lookup'),
    x25519: pairOf('X25519', derive('x25519')),
    ed25519: pairOf('Ed25519', derive('ed25519')),
  }
}

/** The lookup id alone, for who looks at many mailboxes and opens none. */
export function deriveLookupId(canonical: string): Buffer {
  return derivingFrom(canonical)('lookup')
}

function derivingFrom(canonical: string): (label: string) => Buffer {
  if (canonical.length !== secretSymbols) throw new TypeError('a canonical receipt has 26 symbols')
  const extracted = hkdfExtract(noSalt, Buffer.from(canonical, 'ascii'))
  return (label) => hkdfExpand(extracted, Buffer.from(`sotto/1/mailbox/${label}`), 32)
}

/** Signs with a receipt's Ed25519 seed. The bytes must name what they are (see `lengthPrefixed`). */
export function signAsReporter(seed: Uint8Array, bytes: Uint8Array): Buffer {
  return signEd25519(seed, bytes)
}

/** Whether the holder of the receipt signed these bytes. */
export function verifyReporter(publicKey: Uint8Array, bytes: Uint8Array, signature: Uint8Array): boolean {
  return verifyEd25519(publicKey, bytes, signature)
}

function remainder(values: Iterable<number>): number {
  let sum = 0
  for (const value of values) sum = (sum * 32 + value) % checkModulus
  return sum
}

function pairOf(curve: Curve, privateKey: Buffer): RawKeyPair {
  return { publicKey: publicKeyOf(curve, privateKey), privateKey }
}
