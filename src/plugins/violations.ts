import { components } from '../schemas/component.ts'
import { ruleInWords } from '../schemas/rules.ts'
import type { Violation } from '../vocabulary/faults.ts'

/** What Ajv found, as places and rules that a person can go by. Nothing of what was sent is told. */

const violationsAtMost = 50

/** As much of Ajv's findings as is told; Fastify hands them on in this form. */
export interface Finding {
  keyword: string
  instancePath: string
  params: Record<string, unknown>
  message?: string | undefined
  /** The schema that was broken, and what was sent: the latter decides what is told, and is never told itself. */
  parentSchema?: Record<string, unknown> | undefined
  data?: unknown
}

/** Which part of a request a schema is of, as Fastify names it. */
export type RequestPart = 'body' | 'headers' | 'params' | 'querystring'

/**
 * One violation for one fault: of a union only what fits best is told, and of one place only its first broken rule.
 * Pointers are JSON Pointers into the body, or `header:<name>`, `query:<name>`, `path:<name>`.
 */
export function violations(findings: readonly Finding[], part: RequestPart = 'body'): Violation[] {
  const byPointer = new Map<string, Violation>()
  for (const finding of withoutBranches(findings)) {
    const pointer = pointerOf(finding, part)
    if (!byPointer.has(pointer)) byPointer.set(pointer, violationOf(finding, pointer))
  }
  return [...byPointer.values()].slice(0, violationsAtMost)
}

function violationOf(finding: Finding, pointer: string): Violation {
  const allowed = allowedOf(finding)
  return {
    pointer,
    code: codes[finding.keyword] ?? finding.keyword,
    message: messageOf(finding),
    ...(allowed === undefined ? {} : { allowed }),
  }
}

/**
 * Ajv tells each branch of a union before the union itself. Of these, what tells more than "another type" stays, and the
 * union goes; if nothing does, the union stays, with the types that it takes.
 */
function withoutBranches(findings: readonly Finding[]): Finding[] {
  let kept: Finding[] = []
  for (const finding of findings) {
    if (finding.keyword !== 'anyOf' && finding.keyword !== 'oneOf') {
      kept.push(finding)
      continue
    }
    const isBranch = ({ instancePath }: Finding) =>
      instancePath === finding.instancePath || instancePath.startsWith(`${finding.instancePath}/`)
    const isOtherType = ({ keyword, instancePath }: Finding) =>
      keyword === 'type' && instancePath === finding.instancePath
    const branches = kept.filter(isBranch)
    const telling = branches.filter((branch) => !isOtherType(branch) && typeFits(branch))
    const types = branches.filter(isOtherType).map(({ params }) => params.type)
    const others = kept.filter((one) => !isBranch(one))
    kept = [...others, ...(telling.length > 0 ? telling : [{ ...finding, params: { types } }])]
  }
  return kept
}

/** A value of another type breaks an enum too, which tells nothing more. */
function typeFits({ keyword, parentSchema, data }: Finding): boolean {
  return keyword !== 'enum' || typeof data === 'string' || parentSchema?.type !== 'string'
}

function pointerOf({ keyword, instancePath, params }: Finding, part: RequestPart): string {
  const path = keyword === 'required' ? `${instancePath}/${escaped(params.missingProperty)}` : instancePath
  if (part === 'body') return path
  const [, name = ''] = path.split('/')
  return `${prefixes[part]}${name}`
}

const prefixes = { headers: 'header:', params: 'path:', querystring: 'query:' }

function escaped(name: unknown): string {
  return String(name).replaceAll('~', '~0').replaceAll('/', '~1')
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
  'x-visible': 'too-short',
  maximum: 'too-large',
  minimum: 'too-small',
  minProperties: 'empty',
  uniqueItems: 'not-unique',
}

/** What the contract knows in that place; from the schema, never from what was sent. */
function allowedOf({ keyword, params, parentSchema = {} }: Finding): string[] | undefined {
  if (keyword === 'enum') return [params.allowedValues].flat().map(String)
  if (keyword === 'additionalProperties') return Object.keys(parentSchema.properties ?? {})
  if (keyword === 'discriminator') return kindsOf(parentSchema.oneOf, String(params.tag))
  return undefined
}

/** The kinds of a union whose branches are named schemas. */
function kindsOf(branches: unknown, tag: string): string[] {
  return [branches].flat().flatMap((branch) => {
    const { $ref = '' } = branch as { $ref?: string }
    const schema = components.find((one) => `${(one as { $id?: string }).$id}#` === $ref)
    const { properties = {} } = (schema ?? {}) as { properties?: Record<string, { const?: string }> }
    return properties[tag]?.const ?? []
  })
}

function messageOf({ keyword, params, message, parentSchema = {} }: Finding): string {
  switch (keyword) {
    case 'additionalProperties':
      return 'must have no properties but those of the contract'
    case 'anyOf':
      return `must be ${[params.types].flat().map(inWords).join(' or ')}`
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
    case 'x-visible':
      return `must have at least ${parentSchema['x-visible']} visible characters: spaces do not count`
    case 'minItems':
      return `must have at least ${entries(params.limit)}`
    case 'maxItems':
      return `must have at most ${entries(params.limit)}`
    case 'minProperties':
      return 'must name at least one property'
    case 'minimum':
      return `must be ${params.limit} or more`
    case 'maximum':
      return `must be ${params.limit} or less`
    case 'type':
      return `must be ${[params.type].flat().map(inWords).join(' or ')}`
    case 'uniqueItems':
      return 'must not hold the same twice'
    case 'pattern':
      return ruleInWords(String(params.pattern)) ?? 'must have the form that the contract states'
    case 'format':
      return formats[String(params.format)] ?? `must be a ${params.format}`
    default:
      return message ?? 'must follow the contract'
  }
}

function entries(limit: unknown): string {
  return `${limit} ${limit === 1 ? 'entry' : 'entries'}`
}

function inWords(type: unknown): string {
  return typeNames[String(type)] ?? String(type)
}

const typeNames: Record<string, string> = {
  array: 'a list',
  boolean: 'true or false',
  integer: 'a whole number',
  null: 'null',
  number: 'a number',
  object: 'an object',
  string: 'a text',
}

const formats: Record<string, string> = {
  date: 'must be a day that exists, written YYYY-MM-DD',
  'date-or-time': 'must be an ISO 8601 month, date or date-time that exists',
  uuid: 'must be a UUID',
}
