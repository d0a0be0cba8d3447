import { type Static, type TSchema, Type } from 'typebox'

/** Every named schema, in order of definition: the components of the OpenAPI document, and what `$ref` may name. */
export const components: TSchema[] = []

/** Names a schema, so that the OpenAPI document shows it once and every use refers to it. */
export function component<S extends TSchema>(name: string, schema: S): S {
  const named = { ...schema, $id: name }
  components.push(named)
  return named
}

/** A reference to a named schema, with its type. */
export function ref<S extends TSchema>(schema: S) {
  const name = (schema as { $id?: string }).$id
  if (name === undefined) throw new TypeError('only a named schema can be referred to')
  return Type.Unsafe<Static<S>>({ $ref: `${name}#` })
}
