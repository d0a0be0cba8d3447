import { type Static, type TSchema, Type } from 'typebox'
import { rule } from './rules.ts'

/** Every character but U+0000, which Postgres text refuses, and lone surrogates, which are no characters. */
export const anyCharacters = rule(
  '^[^\\u0000\\uD800-\\uDFFF]*$',
  'must hold no U+0000 and no lone surrogates',
)

/**
 * Text of `minLength` to `maxLength` code points, in any script. As many of them must be visible as must be there: white
 * space, format and control characters do not count (`x-visible`).
 */
export function text(minLength: number, maxLength: number, description: string) {
  const visible = minLength > 0 ? { 'x-visible': minLength } : {}
  return Type.String({ minLength, maxLength, ...visible, pattern: anyCharacters, description })
}

/** One of `values`, as a string enum. */
export function oneOf<const T extends string>(values: readonly T[], description: string) {
  return Type.Unsafe<T>({ type: 'string', enum: [...values], description })
}

/** A value that is always there, and may be null. */
export function nullable<S extends TSchema>(schema: S, description: string) {
  return Type.Unsafe<Static<S> | null>({ anyOf: [schema, { type: 'null' }], description })
}

/** Beside what a list shows: how many more are there and cannot be read, or are of nobody who may write them. */
export const unreadable = Type.Optional(Type.Integer({ minimum: 1 }))

/** A real day of the calendar, YYYY-MM-DD. */
export function day(description: string) {
  return Type.String({ format: 'date', description })
}

/** A UUID version 4. Read without regard to case, as RFC 9562 asks; given out in lower case (`x-lower-case`). */
export function id(description: string) {
  return Type.String({ format: 'uuid', 'x-lower-case': true, description })
}
