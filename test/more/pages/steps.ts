import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import sharp from 'sharp'
import { withService } from '../runningService.ts'
import type { Step } from '../step.ts'
import { printWithout, sendOnce, solveOnPage, useKeyboard } from './acts.ts'
import { inChromium } from './chromium.ts'
import { liveInFirefox, scanFirefoxProfile, useFirefoxWithoutScripts } from './firefoxSteps.ts'
import { fitsAcross, meetsWcag, readsInOrder } from './looks.ts'
import { limitCircuits, verifyOnion } from './onion.ts'
import { partnerSteps } from './partner.ts'
import { scanProfile } from './profiles.ts'
import { visitErrors, visitRare, visitWaiting } from './rareStates.ts'
import { type Look, type Visit, visitAll } from './states.ts'

const withoutScripts: BrowserContextOptions = { javaScriptEnabled: false }

/** A life of a reporter in a context of its own, on a service of its own. */
async function live(
  browser: Browser,
  base: string,
  options: BrowserContextOptions,
  {
    language = '',
    look,
    isPlain = false,
    visit = visitAll,
  }: { language?: string; look: Look; isPlain?: boolean; visit?: (visit: Visit) => Promise<void> },
): Promise<void> {
  const context = await browser.newContext({ acceptDownloads: false, ...options })
  context.setDefaultTimeout(30_000)
  const page = await context.newPage()
  const elsewhere: string[] = []
  page.on('request', (request) => {
    if (!request.url().startsWith(base)) elsewhere.push(request.url())
  })
  // Axe needs scripts: ours stays away, so that the pages are those without.
  if (isPlain) await page.route('**/assets/pages.*.js', (route) => route.abort())
  await visit({ page, base, language, look })
  assert.deepEqual(elsewhere, [], 'nothing comes from elsewhere')
  await context.close()
}

export const liveWithoutScripts: Step = {
  name: 'pages: without scripts a person reports, adds a photo, comes back, replies and ends contact, in both languages',
  run: () =>
    inChromium((browser) =>
      withService(async ({ base }) => {
        for (const language of ['', '/cy']) {
          await live(browser, base, withoutScripts, { language, look: async () => undefined })
        }
      }),
    ),
}

export const liveWithScripts: Step = {
  name: 'pages: with scripts the same, at one address without a step in the history, under the policy',
  run: () =>
    inChromium((browser) =>
      withService(async ({ base }) => {
        const complaints: string[] = []
        await live(
          browser,
          base,
          {},
          {
            async look(state, page) {
              if (state === 'start')
                page.on('console', (message) => {
                  if (/Content Security Policy|Refused|TypeError/.test(message.text()))
                    complaints.push(message.text())
                })
              if (/^(form|check|sent)/.test(state)) {
                assert.equal(new URL(page.url()).pathname, '/report', state)
                assert.equal(
                  await page.evaluate('document.cookie + localStorage.length + sessionStorage.length'),
                  '00',
                )
              }
            },
          },
        )
        assert.deepEqual(complaints, [])
      }),
    ),
}

export const meetWcag: Step = {
  name: 'pages: every state of every page meets WCAG 2.2 AA by axe, and reads in order',
  run: () =>
    inChromium((browser) =>
      withService(async ({ base }) => {
        for (const language of ['', '/cy']) {
          const look: Look = async (state, page) => {
            await meetsWcag(state, page)
            await readsInOrder(state, page)
          }
          await live(browser, base, {}, { language, isPlain: true, look })
        }
      }),
    ),
}

export const meetWcagRarely: Step = {
  name: 'pages: what few people meet (problems, errors everywhere, waiting, too old, closed) meets WCAG 2.2 AA too',
  run: () =>
    inChromium(async (browser) => {
      const look: Look = async (state, page) => {
        await meetsWcag(state, page)
        await readsInOrder(state, page)
        await fitsAcross(state, page)
      }
      const small = { viewport: { width: 320, height: 640 } }
      await withService(async ({ base }) => {
        await live(browser, base, small, { isPlain: true, look, visit: visitRare })
        await live(browser, base, small, { language: '/cy', isPlain: true, look, visit: visitErrors })
      })
      await withService(
        async ({ base }) => live(browser, base, small, { isPlain: true, look, visit: visitWaiting }),
        { CHALLENGE: 'always' },
      )
    }),
}

export const fitSmall: Step = {
  name: 'pages: at 320 pixels, at 400 %, and in forced colours nothing is cut off or scrolled sideways',
  run: () =>
    inChromium((browser) =>
      withService(async ({ base }) => {
        const small = { viewport: { width: 320, height: 640 } }
        const zoomed = { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 }
        await live(browser, base, small, { isPlain: true, look: fitsAcross })
        await live(
          browser,
          base,
          { ...zoomed, forcedColors: 'active' },
          { language: '/cy', isPlain: true, look: fitsAcross },
        )
      }),
    ),
}

/** As whom the pages are looked at, by what their pictures are called. */
const onlookers: Readonly<Record<string, BrowserContextOptions>> = {
  1280: { viewport: { width: 1280, height: 800 } },
  360: { viewport: { width: 360, height: 800 } },
  forced: { viewport: { width: 360, height: 800 }, forcedColors: 'active' },
  zoomed: { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 },
}

/** Where `PICTURES` names a folder: every state as a picture, by every onlooker, in both languages, for people to look at. */
export const takePictures: Step = {
  name: 'pages: pictures of every state (PICTURES)',
  async run() {
    const folder = process.env.PICTURES
    if (folder === undefined) return
    mkdirSync(folder, { recursive: true })
    await inChromium(async (browser) => {
      const each = async (base: string, visit: (visit: Visit) => Promise<void>) => {
        for (const [who, options] of Object.entries(onlookers))
          for (const language of ['', '/cy']) {
            const look: Look = async (state, page) => {
              const name = `${who}${language.replace('/', '-')} ${state}`.replaceAll(/[ ,]+/g, '-')
              await page.screenshot({ path: `${folder}/${name}.png`, fullPage: who !== 'zoomed' })
            }
            await live(browser, base, options, { language, isPlain: true, look, visit })
          }
      }
      await withService(async ({ base }) => {
        for (const visit of [visitAll, visitRare, visitErrors]) await each(base, visit)
      })
      await withService(async ({ base }) => each(base, visitWaiting), { CHALLENGE: 'always' })
    })
  },
}

/** What the guide shows of the pages, and by which name. */
const shownInGuide: Readonly<Record<string, string>> = {
  start: 'start',
  form: 'form',
  'check, with warnings': 'check',
  sent: 'receipt',
}

/** Where `GUIDE_PICTURES` names a folder (docs/pictures): the few that the guide shows, small. */
export const takeGuidePictures: Step = {
  name: 'pages: the pictures of the guide (GUIDE_PICTURES)',
  async run() {
    const folder = process.env.GUIDE_PICTURES
    if (folder === undefined) return
    mkdirSync(folder, { recursive: true })
    await inChromium((browser) =>
      withService(async ({ base }) => {
        const look: Look = async (state, page) => {
          const name = shownInGuide[state]
          if (name === undefined) return
          const picture = sharp(await page.screenshot()).png({ palette: true, colours: 32, effort: 10 })
          await picture.toFile(`${folder}/${name}.png`)
        }
        await live(browser, base, { viewport: { width: 760, height: 860 } }, { look, isPlain: true })
      }),
    )
  },
}

export const pageSteps: readonly Step[] = [
  liveWithoutScripts,
  liveWithScripts,
  meetWcag,
  meetWcagRarely,
  fitSmall,
  sendOnce,
  useKeyboard,
  printWithout,
  solveOnPage,
  scanProfile,
  liveInFirefox,
  useFirefoxWithoutScripts,
  scanFirefoxProfile,
  verifyOnion,
  limitCircuits,
  takePictures,
  takeGuidePictures,
  ...partnerSteps,
]
