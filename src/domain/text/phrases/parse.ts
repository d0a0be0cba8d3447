/** A phrase list as a person writes it, taken apart: named word lists, and phrases under their code. */
export type PhraseSource = {
  readonly lists: ReadonlyMap<string, readonly string[]>
  readonly phrases: readonly PhraseLine[]
}

/** What a phrase does: it finds; it finds if nothing else does there; or what it covers is no finding. */
export type Force = 'finds' | 'otherwise' | 'not'

export type PhraseLine = {
  readonly code: string
  readonly force: Force
  readonly text: string
  readonly line: number
}

/**
 * Reads the notation of docs/warnings.md: `# comment`, `{list}: word, two words, {other list}`, `[code]`,
 * a phrase a line, `otherwise: phrase`, `not: phrase`; an indented line goes on from the one before. Throws on a line it
 * cannot read, naming its number.
 */
export function parsePhrases(source: string): PhraseSource {
  const lists = new Map<string, string[]>()
  const phrases: PhraseLine[] = []
  let code: string | undefined
  for (const { text, line } of logicalLines(source)) {
    const heading = /^\[([a-z][a-z0-9-]*)\]$/.exec(text)?.[1]
    const [, name, entries = ''] = /^\{([^{}]+)\}:(.*)$/.exec(text) ?? []
    if (heading !== undefined) code = heading
    else if (name === undefined) phrases.push(phraseOf(text, code, line))
    else if (lists.has(name)) throw new Error(`phrases, line ${line}: a second list {${name}}`)
    else lists.set(name, entriesOf(entries))
  }
  return { lists, phrases }
}

function phraseOf(text: string, code: string | undefined, line: number): PhraseLine {
  if (code === undefined) throw new Error(`phrases, line ${line}: a phrase before the first [code]`)
  const [, mark, phrase = ''] = /^(?:(not|otherwise):)?(.*)$/.exec(text) ?? []
  return { code, force: mark === 'not' || mark === 'otherwise' ? mark : 'finds', text: phrase.trim(), line }
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
