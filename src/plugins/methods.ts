import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ProblemCode } from '../schemas/problem.ts'
import type { Scope } from '../scope.ts'
import { Fault } from '../vocabulary/faults.ts'
import { sendProblem } from './problems.ts'

/** Shows a person a page in place of a problem; undefined where a program asks, or nobody shows pages. */
export type ShowPage = (
  request: FastifyRequest,
  reply: FastifyReply,
  code: ProblemCode,
) => Promise<FastifyReply> | undefined

/**
 * Answers what no route takes: OPTIONS of a known path with 204 and Allow, another method of a known
 * path with 405 and Allow, an unknown path with 404. Before any body is read.
 */
export function answerUnroutedMethods(app: Scope, showPage: ShowPage = () => undefined): void {
  const methodsByPath = new Map<string, Set<string>>()
  app.addHook('onRoute', ({ url, method }) => {
    if (url === '*') return
    const methods = methodsByPath.get(url) ?? new Set(['OPTIONS'])
    for (const name of [method].flat()) methods.add(name)
    // HEAD is GET without the body; the page of the docs tells of its HEAD alone.
    if (methods.has('HEAD')) methods.add('GET')
    methodsByPath.set(url, methods)
  })
  const allMethods = 'DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT'
  let paths: { matches: RegExp; allow: string }[] | undefined
  const allowedFor = (url: string): string | undefined => {
    // About the whole service (RFC 9110, section 9.3.7).
    if (url === '*') return allMethods
    // A word that stands in the place of an id has an address of its own.
    paths ??= [...methodsByPath]
      .sort(([one], [other]) => parametersIn(one) - parametersIn(other))
      .map(([path, methods]) => ({ matches: patternOf(path), allow: [...methods].sort().join(', ') }))
    const path = url.split('?', 1)[0] ?? ''
    return paths.find(({ matches }) => matches.test(path))?.allow
  }
  app.addHook('onRequest', (request, reply, done) => {
    // The CORS plugin takes OPTIONS of every path, and leaves the answer to us.
    if (!request.is404 && request.routeOptions.url !== '*') return done()
    answerUnrouted(request, reply, { allow: allowedFor(request.url), showPage }).catch(done)
  })
  app.setNotFoundHandler(() => {
    throw new Fault('not-found')
  })
}

async function answerUnrouted(
  request: FastifyRequest,
  reply: FastifyReply,
  { allow, showPage }: { allow: string | undefined; showPage: ShowPage },
): Promise<FastifyReply> {
  if (allow !== undefined) reply.header('allow', allow)
  if (allow !== undefined && request.method === 'OPTIONS') return reply.code(204).send()
  const code = allow === undefined ? 'not-found' : 'method-not-allowed'
  return showPage(request, reply, code) ?? sendProblem(reply, { code })
}

function parametersIn(path: string): number {
  return path.split('/').filter((part) => part.startsWith(':') || part === '*').length
}

function patternOf(path: string): RegExp {
  const source = path
    .split('/')
    .map((part) =>
      part.startsWith(':') ? '[^/]+' : part === '*' ? '.*' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
    )
    .join('/')
  return new RegExp(`^${source}$`)
}
