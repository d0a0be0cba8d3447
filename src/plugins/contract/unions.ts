import { type Contract, isPart, type Part } from './document.ts'
import { walkSchemas } from './walkSchemas.ts'

/**
 * Says of every union whose members a property tells apart which value means which: Ajv knows no `mapping`, and
 * without it generators take the names of the components for the values.
 */
export function mapUnions(document: Contract): void {
  const { schemas } = document.components
  walkSchemas(document, (schema) => {
    const members = referredIn(schema.oneOf ?? schema.anyOf, schemas)
    if (members.length < 2) return
    const propertyName = Object.keys(members[0]?.properties ?? {}).find((name) => tells(name, members))
    if (propertyName === undefined) return
    const mapping = Object.fromEntries(
      members.map((member) => [constantOf(member, propertyName), member.$ref]),
    )
    schema.discriminator = { propertyName, mapping }
  })
}

/** The components that it names, with where they stand; none if it has other members too. */
function referredIn(union: unknown, schemas: Readonly<Record<string, Part>>): Part[] {
  if (!Array.isArray(union)) return []
  const members = union.map(({ $ref }: Part) => ({ ...schemas[String($ref).split('/').at(-1) ?? ''], $ref }))
  return members.every(({ properties }: Part) => isPart(properties)) ? members : []
}

/** Whether every member must have the property, each with a text of its own. */
function tells(name: string, members: readonly Part[]): boolean {
  const required = members.every((member) => Array.isArray(member.required) && member.required.includes(name))
  const values = new Set(members.map((member) => constantOf(member, name)))
  return required && values.size === members.length && !values.has(undefined)
}

function constantOf(member: Part, name: string): string | undefined {
  const property = isPart(member.properties) ? member.properties[name] : undefined
  return isPart(property) && typeof property.const === 'string' ? property.const : undefined
}
