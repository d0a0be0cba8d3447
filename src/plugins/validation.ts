import type { Options } from 'ajv'
import type { Violation } from '../faults.ts'
import { compiler, strict } from '../schemas/compiler.ts'
import { components } from '../schemas/component.ts'
import { anyCharacters } from '../schemas/text.ts'
import type { Scope } from '../scope.ts'

/** Query strings are text, so numbers, booleans and single values of a list are read from it. */
const lenient: Options = { ...strict, coerceTypes: 'array' }

/** Checks every request against its route's schema, with all that breaks a rule told at once. */
export function validateBySchema(app: Scope): void {
  for (const schema of components) app.addSchema(schema)
  const forBodies = compiler(strict)
  const forQueries = compiler(lenient)
  app.setValidatorCompiler(({ schema, httpPart }) =>
    (httpPart === 'querystring' ? forQueries : forBodies).compile(schema),
  )
  app.setSerializerCompiler(() => (value) => JSON.stringify(value))
  app.addHook('onRoute', (route) => {
    // A call that names no query parameters takes none: what a front end adds by accident must be told.
    if (route.schema?.operationId !== undefined) route.schema.querystring ??= noParameters
  })
}

const noParameters = { type: 'object', properties: {}, additionalProperties: false }

const violationsAtMost = 50

/** As much of Ajv's findings as is told; Fastify hands them on in this form. */
interface Finding {
  keyword: string
  instancePath: string
  params: Record<string, unknown>
  message?: string | undefined
}

/** Ajv's findings as places and rules. Names of unknown properties are input, and so are not told. */
export function violations(errors: readonly Finding[]): Violation[] {
  return errors.slice(0, violationsAtMost).map((error) => ({
    pointer:
      error.keyword === 'required'
        ? `${error.instancePath}/${error.params.missingProperty}`
        : error.instancePath,
    code: codes[error.keyword] ?? error.keyword,
    message: messageOf(error),
  }))
}

const codes: Record<string, string> = {
  additionalProperties: 'unknown-property',
  anyOf: 'no-variant',
  enum: 'not-listed',
  const: 'not-listed',
  discriminator: 'unknown-kind',
  maxItems: 'too-many',
  minItems: 'too-few',
  maxLength: 'too-long',
  minLength: 'too-short',
  maximum: 'too-large',
  minimum: 'too-small',
  minProperties: 'empty',
  uniqueItems: 'not-unique',
}

function messageOf({ keyword, params, message }: Finding): string {
  switch (keyword) {
    case 'additionalProperties':
      return 'must have no properties but those of the contract'
    case 'enum':
      return `must be one of: ${[params.allowedValues].flat().join(', ')}`
    case 'discriminator':
      return `must have a known ${params.tag}`
    case 'required':
      return 'must be present'
    case 'maxLength':
      return `must be at most ${params.limit} characters long`
    case 'minLength':
      return `must be at least ${params.limit} characters long`
    case 'pattern':
      return params.pattern === anyCharacters
        ? 'must hold no U+0000 and no lone surrogates'
        : `must match ${params.pattern}`
    case 'format':
      return formats[String(params.format)] ?? `must be a ${params.format}`
    default:
      return message ?? 'must follow the contract'
  }
}

const formats: Record<string, string> = {
  date: 'must be a day that exists, written YYYY-MM-DD',
  'date-or-time': 'must be an ISO 8601 date or date-time that exists',
  uuid: 'must be a UUID in lower case',
}
