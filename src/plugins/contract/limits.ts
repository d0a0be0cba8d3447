import { type Contract, isPart, operationsOf, type Part } from './document.ts'
import { walkSchemas } from './walkSchemas.ts'

/** What parameters look like whose form is told by the call itself, in words of its own, rather than by a schema. */
const forms: Readonly<Record<string, Part>> = {
  'challenge-solution': { maxLength: 8192, pattern: '^[A-Za-z0-9+/=_-]+$' },
  'idempotency-key': { minLength: 22, maxLength: 128, pattern: '^[A-Za-z0-9_-]+$' },
  'if-match': { maxLength: 8192, pattern: '^[ -~]+$' },
  by: { pattern: '^[a-z,]+$' },
  code: { maxLength: 64, pattern: '^[a-z0-9-]+$' },
  slug: { maxLength: 64, pattern: '^[a-z0-9-]+$' },
}

const cursor = '^[A-Za-z0-9._-]+$'
const bounded = /^\^\[[^\]]+\](?:\{(?:(\d+),)?(\d+)\})\$$/

/** Says how long a text may be, and of what, where a client should know but Ajv need not say it, or says it otherwise. */
export function tellLimits(document: Contract): void {
  for (const { parameters = [] } of operationsOf(document)) {
    for (const { name, schema } of parameters) {
      const one = schema?.type === 'array' ? schema.items : schema
      if (isPart(one) && one.type === 'string') Object.assign(one, { ...forms[name], ...one })
    }
  }
  walkSchemas(document, (schema, names) => {
    if (schema.type !== 'string') return
    if (names.at(-1) === 'cursor') schema.pattern ??= cursor
    // A rule of its own would make two errors of one fault.
    const [, , longest] = bounded.exec(String(schema.pattern)) ?? []
    if (longest !== undefined) schema.maxLength ??= Number(longest)
  })
}
