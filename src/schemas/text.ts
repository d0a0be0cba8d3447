import { type Static, type TSchema, Type } from 'typebox'

/** Every character but U+0000, which Postgres text refuses, and lone surrogates, which are no characters. */
export const anyCharacters = '^[^\\u0000\\uD800-\\uDFFF]*$'

/** Text of `minLength` to `maxLength` code points, in any script. */
export function text(minLength: number, maxLength: number, description: string) {
  return Type.String({ minLength, maxLength, pattern: anyCharacters, description })
}

/** One of `values`, as a string enum. */
export function oneOf<const T extends string>(values: readonly T[], description: string) {
  return Type.Unsafe<T>({ type: 'string', enum: [...values], description })
}

/** A value that is always there, and may be null. */
export function nullable<S extends TSchema>(schema: S, description: string) {
  return Type.Unsafe<Static<S> | null>({ anyOf: [schema, { type: 'null' }], description })
}

/** A real day of the calendar, YYYY-MM-DD. */
export function day(description: string) {
  return Type.String({ format: 'date', description })
}

/** A UUID version 4. */
export function id(description: string) {
  return Type.String({ format: 'uuid', description })
}
