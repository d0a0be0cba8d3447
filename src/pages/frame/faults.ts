import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { preferredType } from '../../plugins/contentNegotiation.ts'
import type { ShowPage } from '../../plugins/methods.ts'
import { hasBody, shownOf } from '../../plugins/problems.ts'
import { type ProblemCode, problemTypes } from '../../schemas/problem.ts'
import { type Frame, html, keptPages } from './frame.ts'
import { setHeadersOfPage } from './headers.ts'
import { rootOf } from './render.ts'

/** What is said of a problem; of the others, that the page could not be read. */
const words: Partial<Record<ProblemCode, string>> = {
  'not-found': 'not-there',
  'method-not-allowed': 'not-there',
  'payload-too-large': 'too-large',
  'rate-limited': 'busy',
  overloaded: 'busy',
  'not-ready': 'away',
}

/**
 * Says on a page what went wrong, where no page of its own could. What was not foreseen is left to the service. Gives what
 * answers people at addresses that there are not.
 */
export function answerWithPages(frame: Frame): ShowPage {
  const pageIn = keptPages(frame, 'frame/problem.njk', (_language, what) => ({ what }))

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    code: ProblemCode,
  ): Promise<FastifyReply> {
    const what = words[code] ?? 'malformed'
    if (hasBody(request.raw) && !request.raw.complete) reply.header('connection', 'close')
    reply.code(problemTypes[code].status)
    return reply.type(html).send(await pageIn(languageAt(frame, request.url), what))
  }

  frame.app.setErrorHandler(async (error: FastifyError, request, reply) => {
    const { code, retryAfter } = shownOf(error)
    if (code === 'internal') throw error
    if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter))
    return show(request, reply, code)
  })

  return (request, reply, code) => {
    if (!isForPerson(request)) return undefined
    setHeadersOfPage(reply, frame.site)
    return show(request, reply, code)
  }
}

function languageAt({ site: { languages } }: Frame, url: string): string {
  return languages.find((one) => rootOf(one) !== '' && url.startsWith(`${rootOf(one)}/`)) ?? languages[0]
}

/** A browser asks for HTML by name; a program that takes anything is told as the API tells. */
function isForPerson(request: FastifyRequest): boolean {
  const isCall = /^\/v1(?:[/?]|$)/.test(request.url)
  return !isCall && preferredType(request, ['application/problem+json', 'text/html']) === 'text/html'
}
