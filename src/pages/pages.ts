import type { Challenges } from '../domain/challenge/challenges.ts'
import type { Intake } from '../domain/intake/intake.ts'
import type { Taxonomy } from '../domain/intake/taxonomy.ts'
import type { Mailboxes } from '../domain/mailbox/mailbox.ts'
import type { Scope } from '../scope.ts'
import { serveAssets } from './assets/assets.ts'
import { leave } from './exit/exit.ts'
import { answerWithPages } from './frame/faults.ts'
import { readForms } from './frame/forms.ts'
import { type Frame, fixedPage } from './frame/frame.ts'
import { setPageHeaders } from './frame/headers.ts'
import { renderer } from './frame/render.ts'
import { categoriesIn } from './texts/categories.ts'
import type { Site } from './site.ts'
import { textsOf } from './texts/texts.ts'

export interface PagesDeps {
  site: Site
  intake: Intake
  mailboxes: Mailboxes
  challenges: Challenges
  taxonomy: Taxonomy
  /** Whether this call was done before: the sealed answer that was kept for its key. */
  findKeptAnswer: (keyHash: Buffer) => Promise<Buffer | undefined>
}

/** The online form, on pages that need no script (contract section 5): every page by hand, on one screen. */
export async function servePages(app: Scope, deps: PagesDeps): Promise<void> {
  const { site, taxonomy } = deps
  const texts = new Map(site.languages.map((one) => [one, textsOf(one, site.texts[one])]))
  setPageHeaders(app, site)
  const assets = serveAssets(app, site)
  const render = await renderer(app, site, assets, texts)
  const frame: Frame = { app, site, render, textsOf: (language) => texts.get(language) ?? {} }
  answerWithPages(frame)
  readForms(app)

  fixedPage(frame, '/', 'start/start.njk')
  fixedPage(frame, '/signs', 'signs/signs.njk', (language) => ({
    categories: categoriesIn(frame.textsOf(language), taxonomy),
  }))
  fixedPage(frame, '/privacy', 'privacy/privacy.njk')
  fixedPage(frame, '/accessibility', 'accessibility/accessibility.njk')
  leave(app, site)
}
