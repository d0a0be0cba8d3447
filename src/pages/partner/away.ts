import type { FastifyReply, FastifyRequest } from 'fastify'
import { shownOf } from '../../plugins/problems.ts'
import { problemTypes } from '../../schemas/problem.ts'
import { Fault } from '../../vocabulary/faults.ts'
import { refuseElsewhere } from '../frame/elsewhere.ts'
import { fieldsOf } from '../frame/forms.ts'
import { type At, type Frame, hidden, inEachLanguage, sendPage } from '../frame/frame.ts'
import { newPageKey } from '../frame/pageKey.ts'
import { rootOf } from '../frame/render.ts'
import { listAt } from '../texts/texts.ts'
import type { PartnerPagesDeps } from './deps.ts'
import type { Door } from './door.ts'
import { type AtOrganisation, returnAddress } from './organisation.ts'

/**
 * POST /partner/organisation, GET /partner/return and POST /partner/pass: to the organisation's own login and back. People go by
 * a link: a browser that follows a form's redirect holds every address on the way against `form-action`, and an organisation's
 * login may lead over several.
 */
export function goAway(
  frame: Frame,
  { clock }: PartnerPagesDeps,
  door: Door,
  organisation: AtOrganisation,
): void {
  const wordsIn = (language: string) => listAt(frame.textsOf(language), 'partner.away.words')

  async function leave(at: At, request: FastifyRequest, reply: FastifyReply) {
    refuseElsewhere(request)
    const fields = fieldsOf(request)
    const along = door.alongOf(fields)
    const words = wordsIn(at.language)
    try {
      const { address, word } = await organisation.begin(returnAddress(request), {
        language: at.language,
        words: words.length,
        isAgain: along.length > 0,
      })
      return await sendPage(frame, reply, at.language, {
        template: 'partner/away.njk',
        length: along.length > 0 ? 'typed' : 'plain',
        about: {
          ...{ address, along, host: organisation.host, word: words[word] },
          action: door.pathOf(at, fields),
          entry: newPageKey(clock()),
        },
      })
    } catch (error) {
      if (!(error instanceof Fault) || error.kind !== 'issuer-away') throw error
      const { code, retryAfter = 1 } = shownOf(error)
      reply.header('retry-after', String(retryAfter))
      return door.ask({ at, request, reply, fields }, 'issuer', problemTypes[code].status)
    }
  }

  inEachLanguage(frame, (at) => {
    const here = `${at.root}/partner`
    frame.app.post(`${here}/organisation`, hidden, (request, reply) => leave(at, request, reply))
    frame.app.get(`${here}/organisation`, hidden, (_, reply) => reply.redirect(`${here}/`, 303))
  })
  door.post('/pass', 'submissions.read', ({ at, reply, who, session }) =>
    sendPage(frame, reply, at.language, {
      template: 'partner/pass.njk',
      about: { who, pass: door.passFor(session) },
    }),
  )

  // One address, which the issuer knows, whatever the language.
  frame.app.get('/partner/return', hidden, async (request, reply) => {
    const returned = organisation.returned(new URL(request.url, 'http://localhost').search)
    const [first] = frame.site.languages
    if (typeof returned === 'string') {
      const at = { language: first, root: rootOf(first) }
      return door.ask({ at, request, reply, fields: new URLSearchParams() }, returned)
    }
    const { language, choices, isAgain, back } = returned
    const words = wordsIn(language)
    return sendPage(frame, reply, language, {
      template: 'partner/return.njk',
      about: {
        action: `${rootOf(language)}/partner/${isAgain ? 'pass' : ''}`,
        back,
        choices: choices.map((value) => ({ value, word: words[value] })),
      },
    })
  })
}
