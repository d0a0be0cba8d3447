import { type Contract, isPart, mediaOf, operationsOf, type Part } from './document.ts'

/** Told of each schema, with the names that lead to it: of the component or call, then of the properties. */
export type Visit = (schema: Part, names: readonly string[]) => void

/** Visits every schema of the document, outer ones first. */
export function walkSchemas(document: Contract, visit: Visit): void {
  for (const operation of operationsOf(document)) {
    const call = (operation.operationId ?? '').replace(/^[a-z]+/, '')
    for (const { name, schema } of operation.parameters ?? []) walk(schema, [call, name], visit)
    for (const [, { schema }] of mediaOf(operation)) walk(schema, [call], visit)
    for (const { headers } of Object.values(operation.responses ?? {})) {
      for (const [name, header] of Object.entries(headers ?? {})) walk(header.schema, [call, name], visit)
    }
  }
  for (const [name, schema] of Object.entries(document.components.schemas)) walk(schema, [name], visit)
}

function walk(schema: unknown, names: readonly string[], visit: Visit): void {
  if (!isPart(schema)) return
  visit(schema, names)
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    walk(property, name === 'items' ? names : [...names, name], visit)
  }
  const nested = [schema.items, schema.additionalProperties, schema.not]
  for (const union of [schema.anyOf, schema.oneOf, schema.allOf]) {
    if (Array.isArray(union)) nested.push(...union)
  }
  for (const inner of nested) walk(inner, names, visit)
}
