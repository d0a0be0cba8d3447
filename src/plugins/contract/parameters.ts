import { type Contract, isPart, operationsOf, type Parameter } from './document.ts'

/** Examples of parameters whose schema does not give a good one, by name. */
const examples: Readonly<Record<string, unknown>> = {
  'accept-language': 'cy',
  actor: ['c3b1f0de-9a57-4d0e-8c34-2f6f5a1d7b90'],
  after: 4711,
  agency: ['housing'],
  'audit-reason': 'First reading',
  by: ['category', 'month'],
  'challenge-solution': 'eyJhbGdvcml0aG0iOiJQQktERjIvU0hBLTI1NiJ9',
  code: 'validation',
  cursor: 'eyJhZnRlciI6IjIwMjYtMTEtMjUifQ',
  eventId: '4711',
  from: '2026-11-01',
  'idempotency-key': '3f1c2b9e-7a44-4a55-9b0d-5f0a1e6c7d82',
  'if-match': '"3"',
  'last-event-id': '4711',
  limit: 50,
  live: false,
  originAgency: ['housing'],
  slug: 'housing',
  target: ['report/7d9f6a52-0f5e-4a6b-9a3e-1c2d3e4f5a6b'],
  to: '2026-11-30',
}

/** Gives each parameter an example, and says that If-Match must be there where its absence is 428. */
export function completeParameters(document: Contract): void {
  for (const operation of operationsOf(document)) {
    const needsMatch = operation.responses?.['428'] !== undefined
    if (operation.parameters === undefined) continue
    operation.parameters = operation.parameters.map((parameter) => {
      const { name, in: place, required, description, schema, ...others } = parameter
      return {
        name,
        in: place,
        required: required === true || (needsMatch && name === 'if-match'),
        description,
        schema,
        example: exampleOf(parameter, document),
        ...others,
      }
    })
  }
}

function exampleOf({ name, schema, description = '' }: Parameter, document: Contract): unknown {
  // Both agencies and categories are known by their slug.
  if (name === 'slug' && /category/i.test(description)) return 'property-misuse'
  return examples[name] ?? fromSchema(schema, document)
}

function fromSchema(schema: unknown, document: Contract): unknown {
  if (!isPart(schema)) return undefined
  if (typeof schema.$ref === 'string') {
    return fromSchema(document.components.schemas[schema.$ref.split('/').at(-1) ?? ''], document)
  }
  if (Array.isArray(schema.examples)) return schema.examples[0]
  if (Array.isArray(schema.enum)) return schema.enum[0]
  if (Array.isArray(schema.anyOf)) return fromSchema(schema.anyOf[0], document)
  if (schema.const !== undefined) return schema.const
  if (schema.type === 'boolean') return true
  if (schema.format === 'uuid') return '7d9f6a52-0f5e-4a6b-9a3e-1c2d3e4f5a6b'
  if (schema.format === 'date') return '2026-11-25'
  if (schema.type !== 'array') return undefined
  const item = fromSchema(schema.items, document)
  return item === undefined ? undefined : [item]
}
