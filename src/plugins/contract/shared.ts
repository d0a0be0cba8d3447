import {
  type Answer,
  byName,
  type Contract,
  inPascalCase,
  mediaOf,
  type Operation,
  operationsOf,
} from './document.ts'

/** A place that holds something which may stand elsewhere too. */
interface Use {
  content: unknown
  /** What it is called, and what tells it from another of that name. */
  name: string
  of: string
  /** Makes the place refer to a component instead. */
  refer($ref: string, key: string): void
}

/** Shows as components, once, what stands in several places: examples, headers and parameters; and every error. */
export function shareRepeated(document: Contract): void {
  const operations = operationsOf(document)
  share(document, 'examples', operations.flatMap(examplesOf), 2)
  share(document, 'headers', operations.flatMap(headersOf), 2)
  share(document, 'responses', errorsOf(operations), 1)
  share(document, 'parameters', operations.flatMap(parametersOf), 2)
}

function share(document: Contract, kind: string, uses: readonly Use[], atLeast: number): void {
  const byContent = new Map<string, [Use, ...Use[]]>()
  for (const use of uses) {
    const content = JSON.stringify(use.content)
    const same = byContent.get(content)
    if (same === undefined) byContent.set(content, [use])
    else same.push(use)
  }
  const repeated = [...byContent.values()].filter((same) => same.length >= atLeast)
  // The most frequent takes the plain name; of equals the first, since sorting is stable.
  repeated.sort((one, other) => other.length - one.length)
  const shared: Record<string, unknown> = {}
  for (const same of repeated) {
    const [{ content, name, of }] = same
    const key = shared[name] === undefined ? name : `${name}Of${of}`
    if (shared[key] !== undefined) throw new TypeError(`two ${kind} are named ${key}`)
    shared[key] = structuredClone(content)
    for (const use of same) use.refer(`#/components/${kind}/${key}`, key)
  }
  document.components[kind] = byName(shared)
}

/** What a call is about, by its name: `listReports` is about Reports. */
function subjectOf({ operationId = '' }: Operation): string {
  return operationId.replace(/^[a-z]+/, '')
}

function examplesOf(operation: Operation): Use[] {
  const of = inPascalCase(operation.operationId ?? '')
  return mediaOf(operation).flatMap(([, media]) => {
    const several = Object.entries(media.examples ?? {}).map(([name, example]) => useOf(example, name, of))
    if (media.example === undefined) return several
    const name =
      String(media.schema?.$ref ?? subjectOf(operation))
        .split('/')
        .at(-1) ?? ''
    const refer = ($ref: string, key: string) => {
      delete media.example
      media.examples = { [key]: { $ref } }
    }
    return [...several, { content: { value: media.example }, name, of, refer }]
  })
}

function headersOf(operation: Operation): Use[] {
  return Object.values(operation.responses ?? {}).flatMap(({ headers = {} }) =>
    Object.entries(headers).map(([name, header]) => useOf(header, name, subjectOf(operation))),
  )
}

/** Errors are named after their codes, but for those that every error of that status has. */
function errorsOf(operations: readonly Operation[]): Use[] {
  const errors = operations.flatMap(({ responses = {} }) =>
    Object.entries(responses)
      .filter(([status]) => /^[45]/.test(status))
      .map(([status, answer]) => ({ status, answer, codes: codesOf(answer) })),
  )
  return errors.map(({ status, answer, codes }) => {
    const others = errors.filter((error) => error.status === status)
    const own = codes.filter((code) => !others.every((error) => error.codes.includes(code)))
    const [first = ''] = codes
    return useOf(answer, (own.length > 0 ? own : [first]).map(inPascalCase).join('Or'), status)
  })
}

function codesOf({ content = {} }: Answer): string[] {
  return Object.values(content).flatMap(({ examples = {} }) => Object.keys(examples))
}

function parametersOf(operation: Operation): Use[] {
  const { parameters = [] } = operation
  return parameters.map((parameter) => useOf(parameter, parameter.name, subjectOf(operation)))
}

function useOf(part: object, name: string, of: string): Use {
  const refer = ($ref: string) => {
    for (const key of Object.keys(part)) Reflect.deleteProperty(part, key)
    Object.assign(part, { $ref })
  }
  return { content: part, name: inPascalCase(name), of, refer }
}
