import { Ajv, type KeywordDefinition, type Options } from 'ajv'
import type { DataValidationCxt } from 'ajv/dist/types/index.js'
import { isCalendarDay, isDateOrTime } from '../vocabulary/calendar.ts'
import { components } from './component.ts'

/** Bodies are taken as they are: nothing is coerced, removed or filled in. */
export const strict: Options = {
  allErrors: true,
  coerceTypes: false,
  discriminator: true,
  removeAdditional: false,
  useDefaults: false,
  // A test holds every schema against the metaschema; a start need not do it again.
  validateSchema: false,
}

/** An Ajv that knows the named schemas and Sotto's formats and keywords. */
export function compiler(options: Options = strict): Ajv {
  return withSotto(new Ajv({ ...options, strictTypes: false, allowUnionTypes: true }), keywordsOfRequests)
}

/** The same for what was accepted before: a rule that came later than a text takes nobody's text from staff. */
export function compilerOfContent(): Ajv {
  const options = { ...strict, allErrors: false, strictTypes: false, allowUnionTypes: true }
  return withSotto(new Ajv(options), keywordsOfContent)
}

function withSotto(ajv: Ajv, keywords: readonly KeywordDefinition[]): Ajv {
  // No urn: or braces, which Postgres or the audit trail would read otherwise.
  ajv.addFormat('uuid', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i)
  ajv.addFormat('date', isCalendarDay)
  ajv.addFormat('date-or-time', isDateOrTime)
  ajv.addFormat('date-time', true)
  ajv.addKeyword({ keyword: 'example', schemaType: ['string', 'number', 'object', 'array', 'boolean'] })
  for (const keyword of keywords) ajv.addKeyword(keyword)
  for (const schema of components) ajv.addSchema(schema)
  return ajv
}

const ofVisible = { keyword: 'x-visible', type: 'string', schemaType: 'number' } as const
const ofCase = { keyword: 'x-lower-case', type: 'string', schemaType: 'boolean' } as const

const keywordsOfRequests: readonly KeywordDefinition[] = [
  { ...ofVisible, validate: hasVisible },
  { ...ofCase, modifying: true, validate: lower },
]
const keywordsOfContent: readonly KeywordDefinition[] = [ofVisible, ofCase]

/** A character that leaves a mark: no white space, no control or format character, none that fonts leave out. */
const eachVisible = /[^\p{White_Space}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu

function hasVisible(least: number, text: string): boolean {
  let seen = 0
  for (let at = 0; seen < least && at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    // What is no ASCII goes by the pattern, which makes something of each that it finds.
    if (code >= 0x7f) return hasVisibleFrom(text, at, least - seen)
    if (code > 0x20) seen += 1
  }
  return seen >= least
}

function hasVisibleFrom(text: string, from: number, least: number): boolean {
  let seen = 0
  for (const _ of text.slice(from).matchAll(eachVisible)) {
    seen += 1
    if (seen >= least) return true
  }
  return false
}

/** Apple's systems write UUIDs in capitals; ids are compared as text, and so have one spelling inside. */
function lower(_isSet: boolean, text: string, _schema: unknown, at?: DataValidationCxt): boolean {
  // A bare value has no parent, and none reads it.
  const parent: Record<string | number, unknown> | undefined = at?.parentData
  if (at !== undefined && parent !== undefined) parent[at.parentDataProperty] = text.toLowerCase()
  return true
}
