import type { ErrorObject, Options, ValidateFunction } from 'ajv'
import { once } from '../concurrency/once.ts'
import { compiler, strict } from '../schemas/compiler.ts'
import { components } from '../schemas/component.ts'
import type { Scope } from '../scope.ts'

/** Findings carry the schema that was broken, which tells what it would have taken. */
const forBody: Options = { ...strict, verbose: true }

/** Query strings are text, so numbers, booleans and single values of a list are read from it. */
const forQuery: Options = { ...forBody, coerceTypes: 'array' }

/** One of each in a process, whatever apps and pages it has: a schema that was compiled is known by its identity. */
export const compilerOfBodies = once(() => compiler(forBody))
const compilerOfQueries = once(() => compiler(forQuery))

/** Checks every request against its route's schema, with all that breaks a rule told at once. */
export function validateBySchema(app: Scope): void {
  for (const schema of components) app.addSchema(schema)
  app.setValidatorCompiler(({ schema, httpPart }) =>
    atFirstUse(() => (httpPart === 'querystring' ? compilerOfQueries : compilerOfBodies)().compile(schema)),
  )
  app.setSerializerCompiler(() => (value) => JSON.stringify(value))
  app.addHook('onRoute', (route) => {
    // A call that names no query parameters takes none: what a front end adds by accident must be told.
    if (route.schema?.operationId !== undefined) route.schema.querystring ??= noParameters
  })
}

/** Made when it is first needed: a start makes hundreds otherwise, most of which nobody needs for hours. */
function atFirstUse(make: () => ValidateFunction) {
  let validate: ValidateFunction | undefined
  return (value: unknown) => {
    validate ??= make()
    return validate(value) ? { value } : { error: takeFindings(validate) }
  }
}

/** What a check found. The check keeps nothing of it: findings hold the body, which would outlive its request. */
export function takeFindings(validate: ValidateFunction): ErrorObject[] {
  const found = validate.errors ?? []
  validate.errors = null
  return found
}

const noParameters = { type: 'object', properties: {}, additionalProperties: false }
