import { wrap } from '../wrap.ts'

/** How wide the page is: as the terminal, as far as that reads well. */
export const width = Math.min(process.stdout.columns || 100, 100)

/** A heading over its lines, none of which is empty. */
export function section(heading: string, lines: readonly string[]): string {
  const said = lines.filter((line) => line.trim() !== '')
  return said.length === 0 ? '' : `${heading}\n${said.map((line) => wrap(line, width, 2)).join('\n')}\n\n`
}

export function title(text: string): string {
  return `${text}\n${'─'.repeat(Math.min(text.length, width))}\n`
}

/** What is there of `parts`, with commas between. */
export function listed(...parts: readonly (string | number | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(', ')
}

/** A slug or flag in words: `child-at-risk` becomes "child at risk", `threatToLife` "threat to life". */
export function inWords(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replaceAll('-', ' ')
}
