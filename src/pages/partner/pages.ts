import type { ShowPage } from '../../plugins/methods.ts'
import type { Scope } from '../../scope.ts'
import { serveAssets } from '../assets/assets.ts'
import { refuseElsewhere } from '../frame/elsewhere.ts'
import { answerWithPages } from '../frame/faults.ts'
import { fieldsOf, readForms } from '../frame/forms.ts'
import { type Frame, hidden, inEachLanguage, sendPage } from '../frame/frame.ts'
import { setPageHeaders } from '../frame/headers.ts'
import { renderer } from '../frame/render.ts'
import { goAway } from './away.ts'
import type { PartnerPagesDeps } from './deps.ts'
import { doorOf } from './door.ts'
import { followUp } from './follow.ts'
import { atOrganisation } from './organisation.ts'
import { shareIn } from './shareIn.ts'
import { partnerLanguages, partnerTexts } from './texts.ts'

/**
 * `/partner/…`: the community partnership form and what follows from it, for people of partner agencies and providers, on
 * pages that need no script, no cookie and no storage: every page by hand, on one screen.
 */
export async function servePartnerPages(app: Scope, deps: PartnerPagesDeps): Promise<ShowPage> {
  const [first = 'en', ...others] = partnerLanguages(deps.site.languages)
  // Staff come by the address that they are given: the onion service is the public's.
  const site = { ...deps.site, languages: [first, ...others] as const, onion: undefined }
  const texts = new Map(site.languages.map((one) => [one, partnerTexts(one)]))
  setPageHeaders(app, site)
  const assets = serveAssets(app, site, '/partner')
  const render = await renderer(app, site, assets, texts, { base: '/partner', layout: 'partner/layout.njk' })
  const frame: Frame = { app, site, render, textsOf: (language) => texts.get(language) ?? {} }
  const showPage = answerWithPages(frame)
  await readForms(app)

  const organisation = deps.organisation && atOrganisation(deps.organisation, deps)
  const door = doorOf(frame, deps, organisation)
  followUp(frame, deps, door)
  shareIn(frame, deps, door)
  if (organisation !== undefined) goAway(frame, deps, door, organisation)
  inEachLanguage(frame, (at) => {
    const here = `${at.root}/partner`
    app.get(here, hidden, (_, reply) => reply.redirect(`${here}/`, 303))
    app.get(`${here}/`, hidden, (request, reply) =>
      door.ask({ at, request, reply, fields: new URLSearchParams() }),
    )
    app.get(`${here}/sign-out`, hidden, (_, reply) => reply.redirect(`${here}/`, 303))
    app.post(`${here}/sign-out`, hidden, async (request, reply) => {
      refuseElsewhere(request)
      await door.leave(fieldsOf(request))
      reply.header('clear-site-data', '"cache"')
      return sendPage(frame, reply, at.language, {
        template: 'partner/left.njk',
        about: { organisation: organisation?.host },
      })
    })
  })
  return (request, reply, code) =>
    /^(\/[a-z]{2,3})?\/partner(?:[/?]|$)/.test(request.url) ? showPage(request, reply, code) : undefined
}
