import { qrCodeOf, wordsOf } from '../../crypto/paperKey.ts'

/** What a person is shown of a new paper key, once: its words in numbered lines, and the same as a QR code. */
export function shownPaperKey(privateKey: Uint8Array, recoveryFile: string): string {
  const words = wordsOf(privateKey).split(' ')
  const numbered = words.map((word, index) => `${String(index + 1).padStart(2)} ${word.padEnd(10)}`)
  const lines = Array.from({ length: words.length / 4 }, (_, row) =>
    numbered
      .slice(row * 4, row * 4 + 4)
      .join(' ')
      .trimEnd(),
  )
  return `
The paper key. It is shown once and stored nowhere. Write the words down, or print them where nothing keeps a copy,
and lock the paper away from the recovery file: the two together are the keyring.

${lines.join('\n')}

The same for a camera that keeps nothing:

${qrCodeOf(words.join(' '))}
The recovery file is ${recoveryFile}. Back it up anywhere, anew after each change of the keyring.
Try the paper now: sotto keys recover --check
`
}
