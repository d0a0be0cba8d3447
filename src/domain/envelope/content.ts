import type { Ajv, ValidateFunction } from 'ajv'
import type { Static, TSchema } from 'typebox'
import { type AssociatedData, openBody, SealBroken } from '../../crypto/seal.ts'
import { compilerOfContent } from '../../schemas/compiler.ts'
import { components } from '../../schemas/component.ts'
import { excessOf } from '../../schemas/excess.ts'

/** What a seal was opened to, as the thing that it should be; undefined where it is anything else. */
export type ParseContent<T> = (opened: Uint8Array) => T | undefined

/** More than anything honest holds; what is larger is not even parsed. */
const bytesAtMost = 4 * 1024 * 1024
const atMost = { values: 12_000, depth: 20 }

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
let ajv: Ajv | undefined
let known = 0

/**
 * Reads what was sealed as what the schema says. Anybody can seal to a public key, so what a seal opens to may be
 * anything. A schema given here may be added to with what is optional; older content must go on fitting.
 */
export function contentParser<S extends TSchema>(schema: S): ParseContent<Static<S>> {
  let fits: ValidateFunction<Static<S>> | undefined
  return (opened) => {
    const value = parsed(opened)
    if (value === undefined || excessOf(value, atMost) !== undefined) return undefined
    fits ??= compilerOfAll().compile<Static<S>>(schema)
    return fits(value) ? value : undefined
  }
}

/** One for all, made at first use: then the named schemas are known, and anew where one came since. */
function compilerOfAll(): Ajv {
  if (ajv === undefined || known < components.length) {
    known = components.length
    ajv = compilerOfContent()
  }
  return ajv
}

/** Opens a sealed body as what it should be; undefined if it does not open, or holds anything else. */
export function openContent<T>(
  dataKey: Uint8Array,
  associatedData: AssociatedData,
  body: Uint8Array,
  parse: ParseContent<T>,
): T | undefined {
  let opened: Buffer
  try {
    opened = openBody(dataKey, associatedData, body)
  } catch (error) {
    if (error instanceof SealBroken) return undefined
    throw error
  }
  try {
    return parse(opened)
  } finally {
    opened.fill(0)
  }
}

function parsed(opened: Uint8Array): unknown {
  if (opened.length > bytesAtMost) return undefined
  try {
    return JSON.parse(utf8.decode(opened))
  } catch {
    return undefined
  }
}
