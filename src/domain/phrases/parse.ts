/** A phrase list as a person writes it, taken apart: named word lists, and phrases under their code. */
export type PhraseSource = {
  readonly lists: ReadonlyMap<string, readonly string[]>
  readonly phrases: readonly PhraseLine[]
}

export type PhraseLine = {
  readonly code: string
  /** Written after `not:`: what it covers is no finding of that code. */
  readonly innocent: boolean
  readonly text: string
  readonly line: number
}

/**
 * Reads the notation of docs/warnings.md: `# comment`, `{list}: word, two words, {other list}`, `[code]`,
 * a phrase a line, `not: phrase`; an indented line goes on from the one before. Throws on a line it
 * cannot read, naming its number.
 */
export function parsePhrases(source: string): PhraseSource {
  const lists = new Map<string, string[]>()
  const phrases: PhraseLine[] = []
  let code: string | undefined
  for (const { text, line } of logicalLines(source)) {
    const heading = /^\[([a-z][a-z0-9-]*)\]$/.exec(text)
    const list = /^\{([^{}]+)\}:(.*)$/.exec(text)
    if (heading?.[1] !== undefined) {
      code = heading[1]
    } else if (list?.[1] !== undefined && list[2] !== undefined) {
      if (lists.has(list[1])) throw new Error(`phrases, line ${line}: a second list {${list[1]}}`)
      lists.set(list[1], entriesOf(list[2]))
    } else if (code === undefined) {
      throw new Error(`phrases, line ${line}: a phrase before the first [code]`)
    } else {
      const innocent = text.startsWith('not:')
      phrases.push({ code, innocent, text: innocent ? text.slice(4).trim() : text, line })
    }
  }
  return { lists, phrases }
}

function entriesOf(list: string): string[] {
  return list
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
}

function logicalLines(source: string): { text: string; line: number }[] {
  const lines: { text: string; line: number }[] = []
  for (const [index, raw] of source.split('\n').entries()) {
    const text = raw.replace(/(^|\s)#.*$/, '').trim()
    if (text === '') continue
    const last = lines.at(-1)
    if (/^\s/.test(raw) && last !== undefined) last.text += ` ${text}`
    else lines.push({ text, line: index + 1 })
  }
  return lines
}
