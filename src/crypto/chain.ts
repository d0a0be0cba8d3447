import { createHash } from 'node:crypto'
import { lengthPrefixed } from './lengthPrefixed.ts'

const hashBytes = 32

/**
 * Writes JSON in the one form of RFC 8785: no spaces, keys sorted by UTF-16 code units. Takes texts, safe integers,
 * booleans, null, arrays and plain objects; throws on all else, so that no two records can look alike by rounding
 * or by a key left out.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return canonicalText(value)
  if (typeof value === 'number' && Number.isSafeInteger(value)) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${Array.from(value, canonicalJson).join(',')}]`
  if (isPlainObject(value)) {
    const members = Object.keys(value)
      .sort()
      .map((key) => `${canonicalText(key)}:${canonicalJson(value[key])}`)
    return `{${members.join(',')}}`
  }
  throw new TypeError('canonical JSON takes texts, safe integers, booleans, null, arrays and plain objects')
}

/** The hash of an audit record, over the hash of the record before it (null for the very first). */
export function chainHash(previous: Uint8Array | null, record: object): Buffer {
  if (previous && previous.length !== hashBytes) throw new RangeError(`a chain hash has ${hashBytes} bytes`)
  return createHash('sha256')
    .update(lengthPrefixed('sotto/1/audit', previous ?? new Uint8Array(), canonicalJson(record)))
    .digest()
}

/** The canonical JSON of a record whose `seq` is not known yet: what stands before that number, and after it. */
export function canonicalAroundSeq(record: object): [before: string, after: string] {
  const mark = '"seq":'
  const whole = canonicalJson({ ...record, seq: 0 })
  // In a text of it, a quotation mark would have a backslash before it.
  const at = whole.indexOf(mark) + mark.length
  return [whole.slice(0, at), whole.slice(at + 1)]
}

function canonicalText(text: string): string {
  if (/\p{Surrogate}/u.test(text)) throw new TypeError('canonical JSON takes well-formed Unicode only')
  return JSON.stringify(text)
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
