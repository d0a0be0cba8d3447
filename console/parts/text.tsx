import { words } from '../state/words.ts'

/** A stretch of a text that is marked, and why. */
export interface Mark {
  start: number
  end: number
  kind: 'warning' | 'entity' | 'match' | 'shared' | 'lint'
  says: string
}

/** What cannot be seen, or turns the order of what can: each is shown by its name (Unicode categories Cc, Cf, and odd spaces). */
const unseen = /\p{Cc}|\p{Cf}|\p{Variation_Selector}|(?! )\p{Zs}|\p{Zl}|\p{Zp}/u
const usual = new Set(['\n', '\t'])
const known: Record<string, string> = words.unseen

/**
 * A text of somebody unknown, as text alone: nothing in it is a link or markup, what is invisible is shown, and what runs
 * from right to left stays within itself.
 */
export function Text({
  text,
  marks = [],
  isInline = false,
}: {
  text: string
  marks?: readonly Mark[]
  isInline?: boolean
}) {
  const Box = isInline ? 'span' : 'div'
  return (
    <Box class={isInline ? 's-text s-text--inline' : 's-text'} dir="auto">
      {cut(text, marks).map(({ start, end, on }) => {
        const part = shown(text.slice(start, end))
        const [first] = on
        if (first === undefined) return part
        const says = on.map((mark) => mark.says).join('; ')
        return (
          <mark key={start} class={`s-mark s-mark--${first.kind}`} title={says}>
            {part}
            <span class="govuk-visually-hidden"> ({says}) </span>
          </mark>
        )
      })}
    </Box>
  )
}

/** The text in pieces, each with the marks that lie on it. */
export function cut(text: string, marks: readonly Mark[]): { start: number; end: number; on: Mark[] }[] {
  const good = marks.filter(({ start, end }) => start >= 0 && end > start && end <= text.length)
  const edges = [...new Set([0, text.length, ...good.flatMap(({ start, end }) => [start, end])])].sort(
    (a, b) => a - b,
  )
  return edges.slice(0, -1).map((start, index) => {
    const end = edges[index + 1] ?? text.length
    return { start, end, on: good.filter((mark) => mark.start <= start && mark.end >= end) }
  })
}

function shown(text: string) {
  if (!unseen.test(text.replaceAll(/[\n\t]/g, ''))) return text
  const parts: (string | ReturnType<typeof Unseen>)[] = []
  let plain = ''
  for (const character of text) {
    if (usual.has(character) || !unseen.test(character)) {
      plain += character
      continue
    }
    parts.push(plain, <Unseen character={character} />)
    plain = ''
  }
  return [...parts, plain]
}

function Unseen({ character }: { character: string }) {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
  return (
    <span class="s-unseen" title={words.unseenTitle}>
      {known[code] ?? code}
    </span>
  )
}
