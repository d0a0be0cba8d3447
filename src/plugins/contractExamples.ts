import type { FastifySchema } from 'fastify'

interface Content {
  content?: Record<string, { example?: unknown }>
}

interface Operation {
  operationId?: string
  requestBody?: Content
  responses?: Record<string, Content>
}

/** As much of an OpenAPI document as holds examples. */
export interface Described {
  paths?: Record<string, Record<string, Operation>>
}

interface Kept {
  body: unknown
  answers: [status: string, example: unknown][]
}

/**
 * The generator drops what stands beside a `$ref`, and with it the examples of bodies and answers. Notes them as
 * each route passes, and puts them back into the finished document.
 */
export function keepExamples() {
  const kept = new Map<string, Kept>()
  return {
    note({ operationId, body, response }: FastifySchema): void {
      if (operationId === undefined) return
      const answers = Object.entries(response ?? {})
      kept.set(operationId, {
        body: exampleOf(body),
        answers: answers.map(([status, schema]) => [status, exampleOf(schema)]),
      })
    },
    restore(document: Described): void {
      for (const operation of Object.values(document.paths ?? {}).flatMap(Object.values<Operation>)) {
        const examples = kept.get(operation.operationId ?? '')
        show(operation.requestBody, examples?.body)
        for (const [status, example] of examples?.answers ?? []) show(operation.responses?.[status], example)
      }
    },
  }
}

function exampleOf(schema: unknown): unknown {
  const { examples } = (schema ?? {}) as { examples?: unknown }
  return Array.isArray(examples) ? examples[0] : undefined
}

function show(target: Content | undefined, example: unknown): void {
  if (example === undefined) return
  for (const media of Object.values(target?.content ?? {})) media.example = structuredClone(example)
}
