import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

/** Where bytes came from, and the bytes. */
export interface Haystack {
  name: string
  bytes: Buffer
}

export interface Finding {
  canary: string
  form: string
  where: string
}

/** Canaries with this much in common are looked for together. */
const stemLength = 6

/**
 * Looks for canaries (by name) in every form in which a careless program might leave them: as they are, in another
 * case, as UTF-16, hexadecimal, base64 at any offset, percent-encoded, escaped, or as a list of bytes. Names each
 * that it finds and where; what begins like a canary and goes on otherwise is found as well.
 */
export function scanner(canaries: Readonly<Record<string, string>>): (haystack: Haystack) => Finding[] {
  const all = Object.entries(canaries)
  const stems = [...new Set(all.map(([, text]) => text.slice(0, stemLength)))]
  const searches = stems.flatMap((stem) => {
    const group = all.filter(([, text]) => text.startsWith(stem))
    return [...formsOf(stem)].map(([form, needle]) => ({
      form,
      needle,
      whole: group.map(([name, text]) => ({ name, bytes: formsOf(text).get(form) ?? needle })),
    }))
  })
  return ({ name: where, bytes }) =>
    searches.flatMap(({ form, needle, whole }) => {
      const found = new Set<string>()
      for (let at = bytes.indexOf(needle); at >= 0; at = bytes.indexOf(needle, at + 1)) {
        const known = whole.filter((one) => one.bytes.equals(bytes.subarray(at, at + one.bytes.length)))
        for (const { name } of known) found.add(name)
        if (known.length === 0) found.add('the beginning of a canary')
      }
      return [...found].map((canary) => ({ canary, form, where }))
    })
}

/** Every form of a text. One that is a stretch of a longer encoding leaves out what its neighbours would change. */
export function formsOf(text: string): Map<string, Buffer> {
  const bytes = Buffer.from(text)
  const forms: [string, Buffer | string][] = [
    ['as it is', text],
    ['lower case', text.toLowerCase()],
    ['upper case', text.toUpperCase()],
    ['UTF-16LE', Buffer.from(text, 'utf16le')],
    ['UTF-16BE', Buffer.from(text, 'utf16le').swap16()],
    ['hexadecimal', bytes.toString('hex')],
    ['hexadecimal, upper case', bytes.toString('hex').toUpperCase()],
    ['percent-encoded', [...bytes].map((byte) => `%${hex(byte, 2).toUpperCase()}`).join('')],
    ['percent-encoded, lower case', [...bytes].map((byte) => `%${hex(byte, 2)}`).join('')],
    ['escaped', [...text].map((one) => `\\u${hex(one.charCodeAt(0), 4)}`).join('')],
    ['a list of bytes', [...bytes].join(',')],
    ...[0, 1, 2].flatMap((offset): [string, string][] => {
      const base64 = base64Within(bytes, offset)
      const base64url = base64.replaceAll('+', '-').replaceAll('/', '_')
      return [
        [`base64 at offset ${offset}`, base64],
        [`base64url at offset ${offset}`, base64url],
      ]
    }),
  ]
  const different = forms.map(([form, needle]) => [form, Buffer.from(needle)] as const)
  return new Map(
    different.filter(([, needle], i) => different.findIndex(([, other]) => other.equals(needle)) === i),
  )
}

/** The characters of base64 that stand for `bytes` alone, where they begin `offset` bytes into what is encoded. */
function base64Within(bytes: Buffer, offset: number): string {
  const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64')
  return encoded.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6))
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0')
}

/** Every file under a folder, and every name; what goes away meanwhile, and sockets, are passed over. */
export function* filesUnder(folder: string): Generator<Haystack> {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name)
    const name = relative(folder, path)
    yield { name: `the name of ${name}`, bytes: Buffer.from(entry.name) }
    if (entry.isFile()) yield { name, bytes: readIfThere(path) }
  }
}

function readIfThere(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0)
    throw error
  }
}
