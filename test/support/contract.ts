import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

type ProblemBody = {
  status: number
  code: string
  type: string
  detail?: string
  errors?: { pointer: string }[]
}

/** An answer, however it came. */
export interface Answer {
  method: string
  /** Path and query. */
  url: string
  status: number
  headers: Readonly<Record<string, unknown>>
  body: string
}

interface Operation {
  responses: Record<string, { content?: Record<string, object> }>
}

/** The parts of an OpenAPI document that are looked at. */
export interface ApiDocument {
  paths?: Record<string, unknown> | undefined
}

/** Problems that any address may answer with, whatever its operation declares. */
const everywhere = [
  'method-not-allowed',
  'request-timeout',
  'headers-too-large',
  'overloaded',
  'rate-limited',
]
const neverSent = ['server', 'x-powered-by', 'x-request-id', 'request-id', 'set-cookie', 'x-ratelimit-limit']

/** Codes that say little by themselves: a person must be told which state is in the way, and what to do. */
const explained = ['conflict', 'invalid-transition', 'gone', 'limit-reached']

/** What each kind of problem must carry besides. */
const companions: Record<number, string> = {
  401: 'www-authenticate',
  405: 'allow',
  429: 'retry-after',
  503: 'retry-after',
}

/**
 * Holds answers against the contract: every body against its schema in the OpenAPI document, every error against
 * RFC 9457 and the contract's section 1. Throws at the first breach, and names it. The document is made at the first.
 */
export function contractCheck(documentOf: () => ApiDocument): (answer: Answer) => void {
  let check: ((answer: Answer) => void) | undefined
  return (answer) => {
    check ??= checkBy(documentOf())
    check(answer)
  }
}

function checkBy(document: ApiDocument): (answer: Answer) => void {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false })
  addFormats.default(ajv, ['date', 'date-time', 'uuid'])
  ajv.addFormat('date-or-time', true)
  ajv.addSchema(document, 'contract')
  const known = new Map<string, ValidateFunction>()
  const operations = Object.entries(document.paths ?? {}).map(([path, item]) => ({
    path,
    matches: new RegExp(`^${path.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`),
    item: item as Record<string, Operation>,
  }))

  function validate(pointer: string, value: unknown): void {
    const check = known.get(pointer) ?? ajv.compile({ $ref: `contract#${pointer}` })
    known.set(pointer, check)
    if (!check(value)) throw new Error(`breaks ${pointer}: ${ajv.errorsText(check.errors)}`)
  }

  function operationOf(verb: string, path: string) {
    return operations.find(({ matches, item }) => matches.test(path) && item[verb] !== undefined)
  }

  return (answer) => {
    const path = answer.url.split('?', 1)[0] ?? ''
    const verb = answer.method === 'HEAD' ? 'get' : answer.method.toLowerCase()
    const found = operationOf(verb, path)
    const declared = found?.item[verb]?.responses[answer.status]
    const tell = (what: string | false) => {
      if (what) throw new Error(`${answer.method} ${path} ${answer.status} ${what}`)
    }
    tell(wrongHeaders(answer))
    if (answer.status >= 400) {
      tell(wrongProblem(answer, found === undefined || declared !== undefined))
      if (answer.method !== 'HEAD') validate('/components/schemas/Problem', JSON.parse(answer.body))
    } else if (found !== undefined) {
      const type = mediaTypeOf(answer)
      tell(undeclared(answer, declared))
      const at = ['paths', found.path, verb, 'responses', String(answer.status), 'content', type, 'schema']
      if (!isEmpty(answer) && type === 'application/json') validate(pointerTo(at), JSON.parse(answer.body))
    }
  }
}

function undeclared(answer: Answer, declared: Operation['responses'][string] | undefined): string | false {
  if (declared === undefined) return 'is not declared in the contract'
  const type = mediaTypeOf(answer)
  return (
    !isEmpty(answer) && declared.content?.[type] === undefined && `has the undeclared content type ${type}`
  )
}

function wrongHeaders({ method, url, status, headers, body }: Answer): string | false {
  const extra = neverSent.find((name) => headers[name] !== undefined)
  if (extra !== undefined) return `has the header ${extra}`
  if (method === 'HEAD' && body !== '') return 'has a body'
  const mayBeStored = headers['cache-control'] !== 'no-store'
  return mayBeStored && (status >= 400 || isPersonal(method, url)) && 'may be stored'
}

function isPersonal(method: string, url: string): boolean {
  return /^\/v1\/(triage|partner|mailbox)/.test(url) || method === 'POST'
}

function wrongProblem(answer: Answer, isDeclared: boolean): string | false {
  const { method, status, headers, body } = answer
  const companion = companions[status]
  if (companion !== undefined && headers[companion] === undefined) return `has no ${companion}`
  if (mediaTypeOf(answer) !== 'application/problem+json') return 'is no problem'
  if (method === 'HEAD') return false
  const problem = JSON.parse(body) as ProblemBody
  if (problem.code === 'internal') return 'is a fault of the service'
  if (problem.status !== status) return 'says another status in its body'
  if (problem.type !== `/problems/${problem.code}`) return 'has a type that is not its code'
  const strayed = misplaced(answer, problem)
  if (strayed) return strayed
  if (explained.includes(problem.code) && !problem.detail)
    return `does not say in words why (${problem.code})`
  return !isDeclared && !everywhere.includes(problem.code) && `is not declared (${problem.code})`
}

/** What has no body has no place in it. */
function misplaced({ method, status }: Answer, { errors = [] }: ProblemBody): string | false {
  const isInBody = ({ pointer }: { pointer: string }) => pointer === '' || pointer.startsWith('/')
  return method === 'GET' && status === 400 && errors.some(isInBody) && 'points into a body that there is not'
}

function isEmpty({ method, status }: Answer): boolean {
  return method === 'HEAD' || status === 204 || status === 304
}

function mediaTypeOf({ headers }: Answer): string {
  return String(headers['content-type'] ?? '').split(';')[0] ?? ''
}

function pointerTo(path: readonly string[]): string {
  return path
    .map((part) => `/${encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))}`)
    .join('')
}
