import fc from 'fast-check'
import { components } from '../../src/schemas/component.ts'

/** As much of JSON Schema as the project's schemas use. */
export interface Schema {
  $ref?: string
  type?: string
  const?: unknown
  enum?: readonly unknown[]
  anyOf?: readonly Schema[]
  oneOf?: readonly Schema[]
  properties?: Record<string, Schema>
  required?: readonly string[]
  items?: Schema
  uniqueItems?: boolean
  pattern?: string
  format?: string
  minLength?: number
  'x-visible'?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  minimum?: number
  maximum?: number
}

/**
 * Whatever a schema allows, up to its own limits: any script, astral characters, lists and texts that are just as long
 * as they may be.
 */
export function anyValue(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.$ref !== undefined) return anyValue(componentOf(schema.$ref))
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  const variants = schema.oneOf ?? schema.anyOf
  if (variants !== undefined) return fc.oneof(...variants.map(anyValue))
  return byType(schema)
}

function byType(schema: Schema): fc.Arbitrary<unknown> {
  const { minimum = 0, maximum = 1e15 } = schema
  switch (schema.type) {
    case 'object':
      return objectOf(schema)
    case 'array':
      return listOf(schema)
    case 'string':
      return textOf(schema)
    case 'boolean':
      return fc.boolean()
    case 'integer':
      return fc.integer({ min: minimum, max: maximum })
    case 'number':
      return fc.double({ min: minimum, max: maximum, noNaN: true }).map((value) => (value === 0 ? 0 : value))
    case 'null':
      return fc.constant(null)
    case undefined:
      return fc.jsonValue()
    default:
      throw new TypeError(`a schema of type ${schema.type} is new here`)
  }
}

function componentOf(ref: string): Schema {
  const name = ref.replace('#/components/schemas/', '').replace(/#$/, '')
  const found = components.find((one) => (one as { $id?: string }).$id === name)
  if (found === undefined) throw new TypeError(`no schema ${ref}`)
  return found as Schema
}

function objectOf({ properties = {}, required = [] }: Schema): fc.Arbitrary<unknown> {
  const fields = Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, anyValue(schema)]),
  )
  return fc.record(fields, { requiredKeys: [...required], noNullPrototype: true })
}

/** Mostly short; now and then as long as may be, of small things. */
function listOf({
  items = {},
  minItems = 0,
  maxItems = 10,
  uniqueItems = false,
}: Schema): fc.Arbitrary<unknown> {
  const one = anyValue(items)
  if (uniqueItems) return fc.uniqueArray(one, { minLength: minItems, maxLength: Math.min(maxItems, 6) })
  const full = one.map((value) => Array(maxItems).fill(value) as unknown[])
  return fc.oneof(
    { weight: 30, arbitrary: fc.array(one, { minLength: minItems, maxLength: Math.min(maxItems, 3) }) },
    { weight: 1, arbitrary: full },
  )
}

const patterned: Record<string, fc.Arbitrary<string>> = {
  date: fc.constantFrom('2026-02-28', '1900-01-01', '2199-12-31', '2024-02-29'),
  'date-or-time': fc.constantFrom(
    '2026-02-28',
    '2026-02-28T23:59',
    '2026-02-28T23:59:59.123456789+14:00',
    '2024-02-29T00:00Z',
    '1999-12-31T12:00:00-23:59',
  ),
}

function textOf(schema: Schema): fc.Arbitrary<string> {
  const { pattern, format, minLength = 0, maxLength: limit } = schema
  const maxLength = limit ?? minLength + 40
  if (format === 'uuid') return fc.uuid({ version: 4 })
  if (format !== undefined && patterned[format] !== undefined) return patterned[format]
  if (pattern !== undefined && !pattern.includes('\\u0000'))
    return fc
      .stringMatching(new RegExp(pattern))
      .filter((text) => text.length <= (limit ?? Number.POSITIVE_INFINITY))
  if (pattern?.startsWith('^[Hh]')) return address.filter((url) => url.length <= maxLength)
  const short = fc.array(character, { minLength, maxLength: Math.min(maxLength, minLength + 30) })
  const long = fc
    .tuple(character, character)
    .map(([one, other]) => Array(maxLength).fill(one).with(-1, other))
  return fc
    .oneof({ weight: 12, arbitrary: short }, { weight: 1, arbitrary: long })
    .map((characters) => seen(characters, schema['x-visible'] ?? 0).join(''))
}

/** As many of them visible as the schema asks for. */
function seen(characters: readonly string[], least: number): string[] {
  return characters.map((one, at) => (at < least && !/[\p{L}\p{N}]/u.test(one) ? 'x' : one))
}

/** Any code point but U+0000 and surrogates, the odd ones often. */
const character = fc.oneof(
  fc.integer({ min: 1, max: 0x10ffff }).map((code) => {
    const isSurrogate = code >= 0xd800 && code <= 0xdfff
    return String.fromCodePoint(isSurrogate ? code + 0x1000 : code)
  }),
  fc.constantFrom(
    'a',
    'é',
    'ß',
    'İ',
    'ا',
    'ह',
    '語',
    'ẁ',
    '😀',
    '🇬',
    '\u200d',
    '\u202e',
    '\ufeff',
    '\u0001',
    '\u2028',
  ),
  fc.constantFrom('"', '\\', '/', "'", ';', '<', '%', '$', '\n', '\t', '{', '\u007f', '\uffff', '\u{10ffff}'),
)

const address = fc
  .tuple(
    fc.constantFrom('http://', 'https://', 'HTTPS://'),
    fc.array(character, { minLength: 1, maxLength: 30 }),
  )
  .map(([scheme, rest]) => `${scheme}${rest.filter((one) => one > ' ' && !/\s/.test(one)).join('')}x`)
