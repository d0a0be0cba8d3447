import type { FastifyError } from 'fastify'
import { shownOf } from '../../plugins/problems.ts'
import { type ProblemCode, problemTypes } from '../../schemas/problem.ts'
import { type Frame, sendPage } from './frame.ts'
import { rootOf } from './render.ts'

/** What is said of a problem; of the others, that the page could not be read. */
const words: Partial<Record<ProblemCode, string>> = {
  'not-found': 'not-there',
  'payload-too-large': 'too-large',
  'rate-limited': 'busy',
  overloaded: 'busy',
  'not-ready': 'away',
}

/** Says on a page what went wrong, where no page of its own could. What was not foreseen is left to the service. */
export function answerWithPages(frame: Frame): void {
  frame.app.setErrorHandler(async (error: FastifyError, request, reply) => {
    const { code, retryAfter } = shownOf(error)
    if (code === 'internal') throw error
    if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter))
    if (!request.raw.complete) reply.header('connection', 'close')
    const { languages } = frame.site
    const language = languages.find((one) => rootOf(one) !== '' && request.url.startsWith(`${rootOf(one)}/`))
    reply.code(problemTypes[code].status)
    return sendPage(frame, reply, language ?? languages[0], {
      template: 'frame/problem.njk',
      about: { what: words[code] ?? 'malformed' },
    })
  })
}
