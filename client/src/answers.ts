import type { components } from './contract.ts'
import { faultOf, problemOf, type SottoError } from './errors.ts'

type ProblemBody = components['schemas']['Problem']

/** An answer that was read to its end, or the head of a stream. */
export interface Received {
  response: Response
  bytes: ArrayBuffer
}

/** The body of a good answer, whose shape the contract promises. Throws `unexpected-answer` for a page of a proxy. */
export function jsonOf<T>({ response, bytes }: Received): T {
  const isJson = (response.headers.get('content-type') ?? '').startsWith('application/json')
  const body = isJson ? parsed(new TextDecoder().decode(bytes)) : undefined
  if (body === undefined) throw strangerAnswered(response)
  return body as T
}

/** The error that an answer other than 2xx stands for. */
export function refusalOf(response: Response, text: string): SottoError {
  const body = isProblem(response) ? parsed(text) : undefined
  if (isProblemBody(body)) return problemOf(body, secondsOf(response))
  return strangerAnswered(response)
}

function strangerAnswered({ status }: Response) {
  return faultOf('unexpected-answer', `what answered (${status}) is not Sotto`, { status })
}

/** Retry-After (RFC 9110) in seconds, whether it is a number or a date. */
export function secondsOf({ headers }: Response): number | undefined {
  const text = headers.get('retry-after')
  if (text === null) return undefined
  const seconds = /^\d+$/.test(text.trim()) ? Number(text) : (Date.parse(text) - Date.now()) / 1_000
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds)
}

/** Whether the service itself answered, and not a proxy before it. */
export function isProblem({ headers }: Response): boolean {
  return (headers.get('content-type') ?? '').startsWith('application/problem+json')
}

function isProblemBody(body: unknown): body is ProblemBody {
  return typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string'
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
