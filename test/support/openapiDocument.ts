import { describeService } from '../../src/start/describe.ts'

/** The contract that the code has, in the forms in which tests look at it. */

export type Part = Record<string, unknown>

export interface Media {
  schema: Part
  example?: unknown
  examples?: Record<string, { value: unknown }>
}

export interface Answer {
  description: string
  content?: Record<string, Media>
}

export interface Parameter {
  in: string
  name: string
  required: boolean
  description?: string
  schema: Part
  example?: unknown
}

export interface Operation {
  operationId?: string
  summary?: string
  description?: string
  tags?: string[]
  security?: Record<string, unknown>[]
  parameters?: Parameter[]
  requestBody?: Answer
  responses: Record<string, Answer>
}

export const { yaml, document } = await describeService()
export const { paths, tags, components } = document as unknown as {
  paths: Record<string, Record<string, Part>>
  tags: { name: string; description: string }[]
  components: Record<string, Record<string, Part>>
}

/** The part with what it refers to put in its place, but for schemas with schemas in them. */
function follow(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(follow)
  if (typeof part !== 'object' || part === null) return part
  const { $ref } = part as { $ref?: unknown }
  if (typeof $ref === 'string') {
    const whole = referred($ref) as Part
    return $ref.startsWith('#/components/schemas/') && whole.enum === undefined ? part : follow(whole)
  }
  return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, follow(value)]))
}

export function referred(reference: string): unknown {
  const [, , kind = '', name = ''] = reference.split('/')
  return components[kind]?.[name]
}

/** Every call, as it stands there. */
export const asWritten = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    call: `${method} ${path}`,
    method,
    path,
    operation,
  })),
)

/** Every call, with what it refers to. */
export const operations = asWritten.map(({ operation, ...call }) => ({
  ...call,
  ...(follow(operation) as Operation),
}))

export function propertyOf(schema: Part | undefined, name: string): Part | undefined {
  return (schema?.properties as Record<string, Part> | undefined)?.[name]
}

export function examplesOf({ example, examples = {} }: Media): unknown[] {
  return example === undefined ? Object.values(examples).map(({ value }) => value) : [example]
}

export function repeated(texts: readonly string[]): string[] {
  return texts.filter((text, at) => texts.indexOf(text) !== at)
}

/** Every object outside of examples, with where it stands. */
export function eachSchema(part: unknown, visit: (schema: Part, at: string) => void, at = ''): void {
  if (typeof part !== 'object' || part === null) return
  if (!Array.isArray(part)) visit(part as Part, at)
  for (const [name, inner] of Object.entries(part)) {
    if (name !== 'example' && name !== 'examples') eachSchema(inner, visit, `${at}/${name}`)
  }
}
