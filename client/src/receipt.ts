import { faultOf } from './errors.ts'

/** Crockford's base32: no I, L, O or U. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const symbols = 28
const checkModulus = 1021
const longestInput = 256
/** U+30FC is a dash on Japanese keyboards. */
const separators = /[\p{Punctuation}\p{Symbol}\p{Separator}\p{Control}\p{Format}\u30FC]+/u

/**
 * Reads a receipt as a person types or pastes it, by the rules of the service: dashes of any kind, spaces, quotes, case
 * and words before it ("Receipt: 7KQ2-…") play no part, O is 0, I and L are 1. Gives it in seven groups of four. Throws `receipt-malformed`, or
 * `receipt-wrong-check` for a slip of the pen, without asking the service: an answer at once, and no try of a mailbox.
 */
export function readReceipt(typed: string): string {
  const text = typed.length > longestInput ? '' : typed.normalize('NFKC')
  const values = Array.from(lastSymbols(text.split(separators)), readSymbol)
  if (values.length !== symbols || values.includes(-1)) {
    throw faultOf('receipt-malformed', 'a receipt has 28 letters and digits, in seven groups of four')
  }
  const secret = values.slice(0, -2)
  const [high = 0, low = 0] = values.slice(-2)
  if (secret.reduce((sum, value) => (sum * 32 + value) % checkModulus, 0) !== high * 32 + low) {
    throw faultOf('receipt-wrong-check', 'a letter or digit of the receipt is wrong')
  }
  const canonical = values.map((value) => alphabet[value]).join('')
  return (canonical.match(/.{4}/g) ?? []).join('-')
}

/** The pieces that make up a receipt, from the last back. */
function lastSymbols(pieces: string[]): string {
  let typed = ''
  while (typed.length < symbols && pieces.length > 0) typed = `${pieces.pop()}${typed}`
  return typed
}

function readSymbol(symbol: string): number {
  if (/^[oO]$/.test(symbol)) return 0
  if (/^[iIlL]$/.test(symbol)) return 1
  return /^[0-9a-zA-Z]$/.test(symbol) ? alphabet.indexOf(symbol.toUpperCase()) : -1
}
