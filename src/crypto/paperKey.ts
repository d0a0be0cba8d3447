import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39'
import { wordlist } from '@scure/bip39/wordlists/english.js'
import { encodeQR } from 'qr'

/** A private key on paper: 32 bytes as 24 words of the BIP 39 list, which have a checksum of eight bits among them. */

const wordCount = 24
/** Generous to numbers, commas and line ends; what is longer is not read. */
const longestInput = 4_096

/** What was typed is no paper key. Its message says where, and quotes nothing. */
export class PaperKeyUnread extends Error {}

/** The words for a raw private key. */
export function wordsOf(privateKey: Uint8Array): string {
  return entropyToMnemonic(privateKey, wordlist)
}

/** Reads words as a person types or scans them, in any case, with numbers and commas between. Throws PaperKeyUnread. */
export function privateKeyIn(typed: string): Buffer {
  if (typed.length > longestInput) throw new PaperKeyUnread(`a paper key has ${wordCount} words`)
  const words = wordsIn(typed)
  const unknown = words.findIndex((word) => !wordlist.includes(word))
  if (unknown !== -1)
    throw new PaperKeyUnread(`word ${unknown + 1} is none of the list: look at its spelling`)
  if (!isWhole(words)) throw new PaperKeyUnread(`a paper key has ${wordCount} words, not ${words.length}`)
  try {
    return Buffer.from(mnemonicToEntropy(words.join(' '), wordlist))
  } catch {
    throw new PaperKeyUnread('the words do not fit together: one is another, or two changed places')
  }
}

/** Whether this is as many words as a paper key has. */
export function isWhole(words: readonly string[]): boolean {
  return words.length === wordCount
}

/** The words in a text, and nothing else of it. */
export function wordsIn(typed: string): string[] {
  return (
    typed
      .normalize('NFKC')
      .toLowerCase()
      .match(/[a-z]+/g) ?? []
  )
}

/** The words as a QR code for a terminal. In capitals it is smaller; reading them again minds no case. */
export function qrCodeOf(words: string): string {
  return encodeQR(words.toUpperCase(), 'ascii', { ecc: 'medium' })
}
