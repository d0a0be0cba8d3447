import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import sharp from 'sharp'
import { plain } from '../../images/fixtures.ts'
import { as } from '../console/scene.ts'
import { type RunningService, withService } from '../runningService.ts'
import type { Step } from '../step.ts'
import { inChromium } from './chromium.ts'
import { fitsAcross, meetsWcag, readsInOrder } from './looks.ts'
import { type Look, press } from './states.ts'

/** What a provider's worker does at /partner/, in a browser. */

const narrative = 'Every night at ten a white van comes to the yard and drums are carried in.'

interface Place {
  browser: Browser
  service: RunningService
  /** Of somebody of a provider, who has nothing but a browser. */
  token: string
}

async function atProvider(work: (place: Place) => Promise<void>): Promise<void> {
  await inChromium((browser) =>
    withService(async (service) => {
      await service.sotto(
        'agency',
        'add',
        '--slug',
        'harbour-care',
        '--name',
        'Harbour Care',
        '--kind',
        'provider',
      )
      const who = ['--name', 'Philippa Quillfeather', '--role', 'partner', '--agency', 'harbour-care']
      const token = (await service.sotto('staff', 'add', ...who)).trim()
      await work({ browser, service, token })
    }),
  )
}

async function signIn(page: Page, base: string, token: string): Promise<void> {
  await page.goto(`${base}/partner/`)
  await page.fill('[name=token]', token)
  await press(page, '[data-main]')
}

/** Fills in the form, from the list to its check. */
async function fillIn(page: Page, text = narrative): Promise<void> {
  await press(page, '[data-main]')
  await page.check('input[name=category][value=environmental-crime]')
  await press(page, '[data-main]')
  await page.fill('[name=narrative]', text)
  await page.check('[name="source.basis"][value=told-by-a-person]')
  await page.check('[name="source.protect"][value=true]')
  await page.fill('[name="source.note"]', 'Somebody at the drop-in told me.')
  await press(page, '[data-main]')
}

/** Has triage ask something about the first of what was shared in. */
async function ask({ base, tokens }: RunningService): Promise<void> {
  const { triager = '', supervisor = '' } = await tokens()
  const { items } = await as(base, triager)('GET', '/v1/triage/reports?origin=partner')
  const [report] = items as { id: string }[]
  const path = `/v1/triage/reports/${report?.id}/messages`
  const { id } = await as(base, triager)('POST', path, { text: 'Is anybody hurt? Please say what you can.' })
  await as(base, supervisor)('POST', `${path}/${id}/approval`, { approved: true }, { 'if-match': '"1"' })
}

/** A whole life by the pages' own buttons, and a look at every state on the way. */
async function visit(
  { browser, service, token }: Place,
  options: BrowserContextOptions,
  { look, isPlain = false }: { look: Look; isPlain?: boolean },
): Promise<void> {
  const { base } = service
  const context = await browser.newContext({ acceptDownloads: false, ...options })
  context.setDefaultTimeout(30_000)
  const page = await context.newPage()
  const elsewhere: string[] = []
  page.on('request', (request) => {
    if (!request.url().startsWith(`${base}/partner/`)) elsewhere.push(request.url())
  })
  if (isPlain) await page.route('**/assets/pages.*.js', (route) => route.abort())
  const at = (state: string) => look(`partner, ${state}`, page)
  const main = () => press(page, '[data-main]')

  await page.goto(`${base}/partner/`)
  await at('sign in')
  await main()
  await at('sign in, nothing typed')
  await signIn(page, base, token)
  await at('list, empty')
  await main()
  await at('choose')
  await page.check('input[name=category][value=environmental-crime]')
  await main()
  await at('form')
  await main()
  await at('form, with errors')
  await page.goto(`${base}/partner/`)
  await signIn(page, base, token)
  await fillIn(page, `${narrative} Philippa Quillfeather saw it.`)
  await at('check, with warnings')
  await main()
  await at('sent')
  await ask(service)
  await main()
  await at('submission')
  await page.fill('[name=text]', 'Nobody that we know of.')
  await main()
  await at('submission, answered')
  const image = { name: 'a.jpg', mimeType: 'image/jpeg', buffer: await plain(40, 30).jpeg().toBuffer() }
  await page.setInputFiles('[name=image]', image)
  await press(page, 'form[enctype] button')
  assert.match((await page.textContent('main')) ?? '', /1 of 10/)
  await press(page, 'footer button')
  await at('list')
  await press(page, '[data-submission] button')
  await press(page, '.govuk-button--warning')
  await at('take back')
  await press(page, '.govuk-button--warning')
  assert.equal(await page.locator('[data-submission]').count(), 0)
  await press(page, 'button.s-exit')
  await at('left')
  assert.deepEqual(elsewhere, [], 'nothing comes from elsewhere')
  assert.deepEqual(await context.cookies(), [])
  await context.close()
}

export const shareWithoutScripts: Step = {
  name: 'partner pages: without scripts, and with, a provider shares something, answers, adds an image and takes it back',
  run: () =>
    atProvider(async (place) => {
      await visit(place, { javaScriptEnabled: false }, { look: async () => undefined })
      await visit(place, {}, { look: async () => undefined })
    }),
}

export const shareOnce: Step = {
  name: 'partner pages: a double click and the back button share once, and nothing opens once somebody has signed out',
  run: () =>
    atProvider(async ({ browser, service: { base }, token }) => {
      const count = async () =>
        ((await as(base, token)('GET', '/v1/partner/submissions')).items as unknown[]).length
      for (const [index, javaScriptEnabled] of [true, false].entries()) {
        const context = await browser.newContext({ javaScriptEnabled })
        const page = await context.newPage()
        await signIn(page, base, token)
        await fillIn(page)
        await page.locator('[data-main]').dblclick({ noWaitAfter: true })
        await page.locator('[data-sent]').waitFor()
        assert.equal(await count(), index + 1)
        // Where the browser asks whether to send it again, the page is one of its own.
        const mayAsk = (error: Error) =>
          assert.match(error.message, /ERR_CACHE_MISS|Not attached to an active page|chrome-error:/)
        await page.goBack().catch(mayAsk)
        await page.reload().catch(mayAsk)
        assert.equal(await count(), index + 1, 'after going back')
        // The page that asks may come late, over whatever this one goes to next.
        const later = await context.newPage()
        await signIn(later, base, token)
        await press(later, 'button.s-exit')
        for (const _ of [1, 2]) {
          await later.goBack().catch(mayAsk)
          await later.reload().catch(mayAsk)
          assert.equal(await later.locator('[data-submission]').count(), 0, 'signed out')
        }
        await context.close()
      }
    }),
}

export const partnerPagesForAll: Step = {
  name: 'partner pages: every state meets WCAG 2.2 AA by axe, reads in order, and fits 320 pixels and 400 %',
  run: () =>
    atProvider(async (place) => {
      const small = { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 }
      const look: Look = async (state, page) => {
        await meetsWcag(state, page)
        await readsInOrder(state, page)
        await fitsAcross(state, page)
      }
      await visit(place, { ...small, forcedColors: 'active' }, { look, isPlain: true })
      await visit(place, {}, { look: meetsWcag, isPlain: true })
    }),
}

/** What the guide shows of these pages, and by which name. */
const shownInGuide: Readonly<Record<string, string>> = {
  'partner, sign in': 'partner-sign-in',
  'partner, form': 'partner-form',
  'partner, submission, answered': 'partner-submission',
}

/** Where `GUIDE_PICTURES` names a folder (docs/pictures): the few that the guide shows, small; with `PICTURES`, all of them. */
export const takePartnerPictures: Step = {
  name: 'partner pages: the pictures of the guide (GUIDE_PICTURES, PICTURES)',
  async run() {
    const { GUIDE_PICTURES: guide, PICTURES: all } = process.env
    if (guide === undefined && all === undefined) return
    for (const folder of [guide, all]) if (folder !== undefined) mkdirSync(folder, { recursive: true })
    await atProvider((place) => {
      const look: Look = async (state, page) => {
        if (all !== undefined)
          await page.screenshot({ path: `${all}/${state.replaceAll(/[ ,]+/g, '-')}.png`, fullPage: true })
        const name = shownInGuide[state]
        if (guide === undefined || name === undefined) return
        const picture = sharp(await page.screenshot()).png({ palette: true, colours: 32, effort: 10 })
        await picture.toFile(`${guide}/${name}.png`)
      }
      return visit(place, { viewport: { width: 760, height: 860 } }, { look, isPlain: true })
    })
  },
}

export const partnerSteps: readonly Step[] = [
  shareWithoutScripts,
  shareOnce,
  partnerPagesForAll,
  takePartnerPictures,
]
