import accepts from 'accepts'
import type { FastifyRequest } from 'fastify'
import type { Scope } from '../scope.ts'
import { Fault } from '../vocabulary/faults.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Media types that the route can answer with, if not JSON. */
    produces?: readonly string[]
  }
}

const usual = ['application/json'] as const

/** Answers 406 where the Accept header rules out everything that the route can give. */
export function negotiateContent(app: Scope): void {
  app.addHook('onRequest', (request: FastifyRequest, _reply, done) => done(refusalOf(request)))

  function refusalOf(request: FastifyRequest): Fault | undefined {
    // Pages for people are no part of the contract, and have types of their own.
    const isPage = request.routeOptions.schema?.hide === true
    const { accept } = request.headers
    if (request.is404 || isPage || accept === undefined || accept === '*/*') return undefined
    const produces = request.routeOptions.config.produces ?? usual
    if (preferredType(request, produces) !== undefined) return undefined
    const given = produces.map(essenceOf).join(' or ')
    return new Fault('not-acceptable', [], { detail: `Accept must allow ${given}, or be left out.` })
  }
}

/**
 * Which of `types` a request likes best, or undefined where it takes none. Types are matched by themselves and by q
 * (RFC 9110, section 12.5.1): a charset, a version or a profile that a client adds rules nothing out.
 */
export function preferredType(
  { headers: { accept } }: Pick<FastifyRequest, 'headers'>,
  types: readonly string[],
): string | undefined {
  const bare = new Map(types.map((type) => [essenceOf(type), type]))
  const request = { headers: accept === undefined ? {} : { accept: withoutParameters(accept) } }
  const chosen = accepts(request as Parameters<typeof accepts>[0]).type([...bare.keys()])
  return typeof chosen === 'string' ? bare.get(chosen) : undefined
}

function essenceOf(type: string): string {
  return (type.split(';', 1)[0] ?? '').trim()
}

/** A quoted string may hold commas and semicolons. */
function splitOutsideQuotes(text: string, separator: ',' | ';'): string[] {
  const parts = ['']
  let quoted = false
  for (const character of text) {
    if (character === '"') quoted = !quoted
    if (character === separator && !quoted) parts.push('')
    else parts[parts.length - 1] += character
  }
  return parts.map((part) => part.trim())
}

function withoutParameters(accept: string): string {
  return splitOutsideQuotes(accept, ',')
    .map((element) => {
      const [type = '', ...parameters] = splitOutsideQuotes(element, ';')
      const q = parameters.find((parameter) => /^q\s*=/i.test(parameter))
      // Programs in Java have always said so.
      const range = type === '*' ? '*/*' : type
      return q === undefined ? range : `${range};${q.toLowerCase().replace(/\s/g, '')}`
    })
    .join(',')
}
