import { components } from '../../schemas/component.ts'
import { SubmissionDraft } from '../../schemas/submissions.ts'

/** What the form needs of a place in the report's schema. */
export interface Place {
  kind: 'words' | 'line' | 'one' | 'many' | 'flag'
  /** What the report has of a line that is typed: the text, a number, or several texts with commas between them. */
  reads: 'text' | 'number' | 'list'
  /** What may be answered, where it is a choice. */
  choices: string[]
  least: number | undefined
  most: number | undefined
}

type Node = Readonly<Record<string, unknown>>

/** Characters from which on a text is given room for several lines. */
const several = 500

const known = new Map<string, Place>()

/** What may stand at a place, such as `narrative`, `when.mode`, `places.address`, `person.name` or `source.basis`. */
export function placeAt(path: string): Place {
  const place = known.get(path) ?? findPlace(path)
  known.set(path, place)
  return place
}

function findPlace(path: string): Place {
  const [first = '', ...rest] = path.split('.')
  const top = propertiesOf({ ...SubmissionDraft })[first]
  const start = top === undefined ? entityOf(first) : top
  const node = rest.reduce<Node>((at, name) => propertiesOf(itemOf(at))[name] ?? {}, resolve(start))
  return describe(resolve(node))
}

/** What may stand in a message of the mailbox. */
export function messageText(): Place {
  return describe(propertiesOf(named('MessageDraft')).text ?? {})
}

/** How many things of a kind a report may hold. */
export function mostOf(list: 'places' | 'entities' | 'links'): number {
  return Number(propertiesOf(named('ReportDraft'))[list]?.maxItems)
}

function describe(node: Node): Place {
  const own = node.type === 'array' ? itemOf(node) : node
  const choices = Array.isArray(own.enum) ? own.enum.map(String) : []
  const [text = own] = Array.isArray(own.anyOf) ? own.anyOf.filter(({ type }) => type === 'string') : []
  const most = number(text.maxLength)
  const reads = node.type === 'array' ? 'list' : node.type === 'number' ? 'number' : 'text'
  const limits = { choices, reads, least: number(text.minLength), most } as const
  if (node.type === 'boolean') return { ...limits, kind: 'flag', choices: ['true', 'false'] }
  if (node.type === 'array' && node.uniqueItems === true) return { ...limits, kind: 'many' }
  if (choices.length > 0) return { ...limits, kind: 'one' }
  return { ...limits, kind: most !== undefined && most >= several && most !== 2048 ? 'words' : 'line' }
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}

function resolve(node: Node | undefined): Node {
  if (typeof node?.$ref !== 'string') return node ?? {}
  return named(node.$ref.slice(0, -1))
}

function named(name: string): Node {
  const found = components.find((one) => (one as { $id?: string }).$id === name)
  if (found === undefined) throw new TypeError('no such schema')
  return found as Node
}

function itemOf(node: Node): Node {
  const whole = resolve(node)
  return whole.type === 'array' ? resolve(whole.items as Node) : whole
}

function propertiesOf(node: Node): Record<string, Node> {
  return (node.properties ?? {}) as Record<string, Node>
}

function entityOf(kind: string): Node {
  return named(`${kind.charAt(0).toUpperCase()}${kind.slice(1)}Entity`)
}
