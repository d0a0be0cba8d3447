import type { ShowPage } from '../plugins/methods.ts'
import type { Scope } from '../scope.ts'
import { holdings } from '../vocabulary/holdings.ts'
import { mailboxDays } from '../vocabulary/periods.ts'
import { serveAssets } from './assets/assets.ts'
import type { PagesDeps } from './deps.ts'
import { leave } from './exit/exit.ts'
import { refuseElsewhere } from './frame/elsewhere.ts'
import { answerWithPages } from './frame/faults.ts'
import { readForms } from './frame/forms.ts'
import { type Frame, fixedPage, hidden } from './frame/frame.ts'
import { handles } from './frame/handles.ts'
import { setPageHeaders } from './frame/headers.ts'
import { renderer, rootOf } from './frame/render.ts'
import { judge as judgeMessage, showMailbox } from './mailbox/mailbox.ts'
import { fillInReport, judge as judgeReport } from './report/report.ts'
import { categoriesIn } from './texts/categories.ts'
import { textsOf } from './texts/texts.ts'

/**
 * The online form, on pages that need no script (contract section 5): every page by hand, on one screen. Gives what answers
 * people at addresses that there are not.
 */
export async function servePages(app: Scope, deps: PagesDeps): Promise<ShowPage> {
  const { site, taxonomy } = deps
  const texts = new Map(site.languages.map((one) => [one, textsOf(one, site.texts[one])]))
  setPageHeaders(app, site)
  app.addHook('onRequest', async (request) => {
    if (request.method === 'POST') refuseElsewhere(request)
  })
  const assets = serveAssets(app, site)
  const render = await renderer(app, site, assets, texts)
  const frame: Frame = { app, site, render, textsOf: (language) => texts.get(language) ?? {} }
  const showPage = answerWithPages(frame)
  await readForms(app)

  fixedPage(frame, { path: '/', template: 'start/start.njk' })
  fixedPage(frame, {
    path: '/signs',
    template: 'signs/signs.njk',
    about: (language) => ({ categories: categoriesIn(language, taxonomy) }),
  })
  fixedPage(frame, {
    path: '/privacy',
    template: 'privacy/privacy.njk',
    about: () => ({
      held: holdings.map(({ name }) => name),
      days: { days: deps.retentionDays, mailboxDays },
    }),
  })
  fixedPage(frame, { path: '/accessibility', template: 'accessibility/accessibility.njk' })
  const open = handles(Date.now, deps.peers.handleKeys)
  fillInReport(frame, deps, open)
  showMailbox(frame, deps, open)
  leave(app, site)
  // English has no root of its own: where it is not offered, the address that people type leads on.
  if (!site.languages.includes('en'))
    app.get('/', hidden, (_, reply) => reply.redirect(`${rootOf(site.languages[0])}/`, 303))
  return showPage
}

/** Compiles what reports and messages are judged by, once the service is there: the first who checks theirs need not wait for it. */
export function preparePages(): void {
  // One in a turn of the event loop.
  for (const { prepare } of [judgeReport, judgeMessage]) setImmediate(prepare)
}
