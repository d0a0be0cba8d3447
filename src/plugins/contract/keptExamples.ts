import type { FastifySchema } from 'fastify'
import { type Answer, type Contract, operationsOf } from './document.ts'

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
    restore(document: Contract): void {
      for (const operation of operationsOf(document)) {
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

function show(target: Answer | undefined, example: unknown): void {
  if (example === undefined) return
  for (const media of Object.values(target?.content ?? {})) media.example = structuredClone(example)
}
