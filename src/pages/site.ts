import { type Static, Type } from 'typebox'
import { compiler } from '../schemas/compiler.ts'
import { contrastWithWhite } from './style/contrast.ts'

/** What a deployment says of itself on its pages: SITE_FILE, with what is usual where it is silent. */

const closed = { additionalProperties: false } as const
const line = (maxLength: number) =>
  Type.String({ minLength: 1, maxLength, pattern: '^[^\\p{C}]*\\S[^\\p{C}]*$' })
const colour = Type.String({ pattern: '^#[0-9a-fA-F]{6}$' })

const SiteFile = Type.Object(
  {
    /** What the service is called at the top of each page. */
    name: Type.Optional(line(80)),
    /** Who runs it. */
    organisation: Type.Optional(line(120)),
    /** The title of every page in the browser, where it must not tell what the page is. */
    title: Type.Optional(line(80)),
    /** Where "Exit this page" leads. */
    exit: Type.Optional(Type.String({ maxLength: 500, pattern: '^https://[^\\s"<>]+$' })),
    /** The languages that are offered, the usual one first. */
    languages: Type.Optional(
      Type.Array(Type.String({ pattern: '^[a-z]{2,3}$' }), { minItems: 1, maxItems: 20, uniqueItems: true }),
    ),
    colours: Type.Optional(
      Type.Object({ main: Type.Optional(colour), button: Type.Optional(colour) }, closed),
    ),
    /** Words of one's own, by language and by their place in the file of that language: `{"en": {"start.lead": "…"}}`. */
    texts: Type.Optional(
      Type.Record(
        Type.String({ pattern: '^[a-z]{2,3}$' }),
        Type.Record(
          Type.String({ pattern: '^[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*$' }),
          Type.String({ maxLength: 4_000 }),
        ),
      ),
    ),
    /** The same pages as an onion service: told to Tor Browser. */
    onion: Type.Optional(Type.String({ pattern: '^http://[a-z2-7]{56}\\.onion$' })),
  },
  closed,
)
type SiteFile = Static<typeof SiteFile>

export interface Site {
  readonly name: string | undefined
  readonly organisation: string | undefined
  readonly title: string | undefined
  readonly exit: string
  readonly languages: readonly [string, ...string[]]
  readonly colours: { readonly main: string; readonly button: string }
  readonly texts: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly onion: string | undefined
}

const usual = {
  exit: 'https://www.bbc.co.uk/weather',
  languages: ['en', 'cy'],
  colours: { main: '#1d3557', button: '#14613f' },
} as const

/** As WCAG 2.2 asks of text. */
const leastContrast = 4.5

/** Reads SITE_FILE's text. Throws an Error of one line that names the place and the rule, never the value. */
export function parseSite(text: string | undefined, known: readonly string[]): Site {
  const file = text === undefined ? {} : readFile(text)
  const [first, ...others] = file.languages ?? usual.languages
  if (first === undefined) throw new Error('/languages must name one')
  const strange = [first, ...others, ...Object.keys(file.texts ?? {})].some((one) => !known.includes(one))
  if (strange) throw new Error(`/languages and /texts may only name ${known.join(', ')}`)
  const colours = { ...usual.colours, ...file.colours }
  for (const [name, value] of Object.entries(colours)) {
    if (contrastWithWhite(value) < leastContrast) {
      throw new Error(`/colours/${name} must have a contrast of at least 4.5 to white`)
    }
  }
  return {
    name: file.name,
    organisation: file.organisation,
    title: file.title,
    exit: file.exit ?? usual.exit,
    languages: [first, ...others],
    colours,
    texts: file.texts ?? {},
    onion: file.onion,
  }
}

function readFile(text: string): SiteFile {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // The parser's own message quotes the text.
    throw new Error('must be valid JSON')
  }
  const check = compiler().compile<SiteFile>(SiteFile)
  if (check(value)) return value
  const [first] = check.errors ?? []
  throw new Error(`${first?.instancePath || '/'} ${first?.message ?? 'must follow docs/form.md'}`)
}
