import { type TSchema, Type } from 'typebox'
import { ref } from './component.ts'
import { exampleMoves } from './examples.ts'
import { Problem, type ProblemCode, problemCodes, problemTypes } from './problem.ts'

/** What any call refuses: a request that HTTP forbids, a query parameter that it does not know, and too many requests. */
const always = ['bad-request', 'validation', 'rate-limited'] as const

/** The problems that a call may answer with, by status, each with an example, for a route's schema. */
export function problems(...more: ProblemCode[]): Record<number, unknown> {
  const given = new Set<ProblemCode>([...always, ...more])
  const codes = problemCodes.filter((code) => given.has(code))
  const statuses = new Set(codes.map((code) => problemTypes[code].status))
  return Object.fromEntries(
    [...statuses].map((status) => [
      status,
      problemResponse(codes.filter((code) => problemTypes[code].status === status)),
    ]),
  )
}

function problemResponse(codes: ProblemCode[]) {
  return {
    description: codes.map((code) => `\`${code}\`: ${problemTypes[code].title}.`).join(' '),
    ...headersOf(codes),
    content: {
      'application/problem+json': {
        schema: ref(Problem),
        examples: Object.fromEntries(codes.map((code) => [code, { value: exampleOf(code) }])),
      },
    },
  }
}

const retryAfter = Type.Integer({ minimum: 0, description: 'Seconds after which trying again makes sense' })
const headersByStatus: Partial<Record<number, Record<string, TSchema>>> = {
  401: { 'WWW-Authenticate': Type.String({ description: '`Bearer`' }) },
  429: { 'Retry-After': retryAfter },
  503: { 'Retry-After': retryAfter },
}

function headersOf([code]: ProblemCode[]) {
  const headers = code === undefined ? undefined : headersByStatus[problemTypes[code].status]
  return headers === undefined ? {} : { headers }
}

function exampleOf(code: ProblemCode) {
  const { status, title } = problemTypes[code]
  const broken = [
    { pointer: '/narrative', code: 'too-short', message: 'must be at least 20 characters long' },
  ]
  return {
    type: `/problems/${code}`,
    title,
    status,
    code,
    ...(code === 'validation' ? { errors: broken } : {}),
    ...(code === 'invalid-transition' ? { moves: exampleMoves } : {}),
  }
}

/** A schema with an example that the contract shows. */
export function withExample<S extends TSchema>(schema: S, example: unknown): S {
  return { ...schema, examples: [example] }
}

/** A schema of an answer that carries these headers. */
export function withHeaders<S extends TSchema>(schema: S, headers: Record<string, TSchema>): S {
  return { ...schema, headers }
}

/** A body that is no JSON. */
export function mediaType(type: string, description: string) {
  return { description, content: { [type]: { schema: Type.String() } } }
}

/** An answer without a body. */
export function nothing(description: string) {
  return Type.Unsafe<undefined>({ type: 'null', description })
}
