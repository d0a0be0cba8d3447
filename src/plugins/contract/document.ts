/** As much of an OpenAPI document as is shaped after the generator has made it. */

/** A schema, or any other part that is looked at without knowing it whole. */
export type Part = Record<string, unknown>

export interface Media {
  schema?: Part
  example?: unknown
  examples?: Record<string, Part>
}

export interface Answer {
  description?: string
  headers?: Record<string, Part>
  content?: Record<string, Media>
}

export interface Parameter {
  in: string
  name: string
  required?: boolean
  description?: string | undefined
  schema?: Part | undefined
  example?: unknown
}

export interface Operation {
  operationId?: string | undefined
  summary?: string | undefined
  tags?: string[]
  parameters?: Parameter[]
  requestBody?: Answer
  responses?: Record<string, Answer>
}

export interface Contract {
  tags?: { name: string; description: string }[]
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Part> } & Record<string, Record<string, unknown>>
}

/** Every call, in the order of the document. */
export function operationsOf({ paths }: Contract): Operation[] {
  return Object.values(paths).flatMap((methods) => Object.values(methods))
}

/** Every body that is sent or answered with, by its media type. */
export function mediaOf(operation: Operation): [type: string, media: Media][] {
  const bodies = [operation.requestBody, ...Object.values(operation.responses ?? {})]
  return bodies.flatMap((body) => Object.entries(body?.content ?? {}))
}

export function isPart(value: unknown): value is Part {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** `audit-reason` as AuditReason, and `reviewGroup` as ReviewGroup. */
export function inPascalCase(name: string): string {
  return name
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
}

/** The same, sorted by name. */
export function byName<T>(things: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(things).sort(([one], [other]) => (one < other ? -1 : 1)))
}
