import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import sharp from 'sharp'
import { meetsWcag } from '../pages/looks.ts'
import type { Step } from '../step.ts'
import { atConsoles, deskOf, part } from './open.ts'
import { setScene } from './scene.ts'

/** Looks at one state of one page. */
type Look = (state: string, page: Page) => Promise<void>

interface Visit {
  browser: Browser
  base: string
  tokens: Record<string, string>
  report: string
  options: BrowserContextOptions
  look: Look
}

/** Nothing has to be scrolled sideways but a table within its own box, and nothing is cut off. */
async function fitsAcross(state: string, page: Page): Promise<void> {
  const wide: unknown = await page.evaluate(
    `[document.documentElement.scrollWidth - document.documentElement.clientWidth,
      ...[...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && getComputedStyle(one).position !== 'absolute' && one.checkVisibility() && !one.closest('.s-scroll, .s-web')).map((one) => one.outerHTML.slice(0, 120))]`,
  )
  assert.deepEqual(wide, [0], state)
}

async function at(page: Page, name: string): Promise<void> {
  await page.locator('.s-nav a', { hasText: name }).click()
  await page.locator('h1', { hasText: name }).waitFor()
  await settled(page)
}

async function settled(page: Page): Promise<void> {
  await page.locator('.s-busy').first().waitFor({ state: 'detached' })
}

async function supervisor({ browser, base, tokens, report, options, look }: Visit): Promise<void> {
  const { page, complaints } = await deskOf(browser, base, tokens.supervisor ?? '', options)
  await page.locator('[data-report]').first().waitFor()
  await look('inbox', page)
  await page.locator('.s-filters summary').click()
  await page.locator('.s-list__tick input').first().check()
  await page.getByRole('button', { name: 'Close them …' }).click()
  await look('inbox, closing a selection', page)
  await page.getByRole('button', { name: 'Close', exact: true }).click()
  await page.evaluate(`location.hash = '#/report/${report}'`)
  await page.locator('.s-raw .s-mark').first().waitFor()
  await look('report', page)
  await page.getByRole('button', { name: 'Change …' }).click()
  await look('report, details', page)
  await page.getByRole('button', { name: 'Close', exact: true }).click()
  for (const name of [
    'Assessment',
    'Items',
    'Sharing',
    'Messages',
    'Images',
    'Links',
    'Outcomes',
    'Notes',
    'History',
    'Erasure',
  ]) {
    await part(page, name)
    await settled(page)
    await look(`report, ${name.toLowerCase()}`, page)
  }
  await part(page, 'Images')
  await page.getByRole('button', { name: 'Show it, blurred' }).click()
  await page.locator('canvas').waitFor()
  await look('report, an image', page)
  await part(page, 'Items')
  await page.getByRole('button', { name: 'Change' }).last().click()
  await look('report, item editor', page)
  await page.getByRole('button', { name: 'Back', exact: true }).click()
  await part(page, 'Sharing')
  await page.getByRole('button', { name: 'Share items' }).click()
  await look('report, sharing', page)
  await part(page, 'Links')
  await page.getByText('As a picture').click()
  await page.locator('.s-web canvas').first().waitFor()
  await look('links', page)
  for (const name of [
    'Approvals',
    'Confirmations',
    'Search',
    'Watch list',
    'Export',
    'Set aside',
    'Statistics',
  ]) {
    await at(page, name)
    await look(name.toLowerCase(), page)
  }
  await at(page, 'Search')
  await page.fill('[name=q]', 'passports')
  await page.getByRole('button', { name: 'Search', exact: true }).click()
  await page.locator('[data-found]').first().waitFor()
  await look('search, found', page)
  await page.locator(`[data-found="${report}"]`).click()
  await page.locator('.s-mark--match').first().waitFor()
  assert.deepEqual(complaints, [], 'of the supervisor')
  await page.context().close()
}

async function others({ browser, base, tokens, options, look }: Visit): Promise<void> {
  const pagesOf = {
    auditor: ['Audit trail', 'Restricted reports', 'Statistics'],
    admin: ['Agencies', 'Staff', 'Webhooks'],
  }
  for (const [role, names] of Object.entries(pagesOf)) {
    const { page, complaints } = await deskOf(browser, base, tokens[role] ?? '', options)
    const links = await page.locator('.s-nav a').allInnerTexts()
    assert.deepEqual(links, names, `${role} sees what is theirs`)
    for (const name of names) {
      await at(page, name)
      await look(`${role}, ${name.toLowerCase()}`, page)
    }
    if (role === 'auditor') {
      await at(page, 'Audit trail')
      await page.getByRole('button', { name: 'Verify' }).click()
      await page.getByText('The head is signed').waitFor()
    }
    assert.deepEqual(complaints, [], role)
    await page.context().close()
  }
  await provider({ browser, base, tokens, options, look })
}

/** Somebody at an agency shares in what they know, and finds it again. */
async function provider({ browser, base, tokens, options, look }: Omit<Visit, 'report'>): Promise<void> {
  const { page, complaints } = await deskOf(browser, base, tokens.partner ?? '', options)
  await settled(page)
  assert.deepEqual(await page.locator('.s-nav a').allInnerTexts(), ['Products', 'Shared in'])
  await look('partner, products', page)
  await at(page, 'Shared in')
  await page.getByRole('button', { name: 'Share something' }).click()
  await look('partner, sharing in', page)
  await page.selectOption('[name=category]', 'county-lines')
  await page.fill('[name=narrative]', 'My client told me that a boy of fourteen carries packets to the flat.')
  await page.getByRole('button', { name: 'Look at it once more' }).click()
  await page.getByRole('button', { name: 'Share it' }).waitFor()
  await look('partner, before it is sent', page)
  await page.getByRole('button', { name: 'Share it' }).click()
  await page.locator('[data-submission]').first().click()
  await page.getByText('Questions and answers').waitFor()
  await look('partner, shared in', page)
  assert.deepEqual(complaints, [], 'of the partner')
  await page.context().close()
}

async function visitAll(visit: Visit): Promise<void> {
  const { browser, base, options, look } = visit
  const page = await (await browser.newContext(options)).newPage()
  await page.goto(`${base}/console/`)
  await page.locator('input[type=password]').waitFor()
  await look('sign in', page)
  await page.click('[data-main]')
  await page.getByText('Enter your token.').waitFor()
  await look('sign in, empty', page)
  await page.context().close()
  await supervisor(visit)
  await others(visit)
}

/** What the guide shows of the console, and by which name. */
const shownInGuide: Readonly<Record<string, string>> = {
  inbox: 'console-inbox',
  'report, item editor': 'console-report',
  approvals: 'console-approvals',
  links: 'console-links',
}

/**
 * axe on every state; and pictures of them where `PICTURES` names a folder, and of the few that the guide shows, small, where
 * `GUIDE_PICTURES` does (docs/pictures).
 */
export const meetWcag: Step = {
  name: 'console: every state of every page meets WCAG 2.2 AA by axe, fits 1280 and 360 pixels, and shows each role its own',
  run: () =>
    atConsoles(async (browser, { base, tokens }) => {
      const all = await tokens()
      const { report } = await setScene(base, all)
      const { PICTURES: folder, GUIDE_PICTURES: guide } = process.env
      const faults: string[] = []
      for (const one of [folder, guide]) if (one !== undefined) mkdirSync(one, { recursive: true })
      for (const [width, height] of [
        [1280, 900],
        [360, 720],
      ] as const) {
        const look: Look = async (state, page) => {
          const name = `console-${width}-${state.replaceAll(/[ ,]+/g, '-')}`
          if (folder !== undefined)
            await page.screenshot({ path: `${folder}/${name}.png`, fullPage: width > 400 })
          const shown = shownInGuide[state]
          if (guide !== undefined && shown !== undefined && width > 400)
            await sharp(await page.screenshot())
              .png({ palette: true, colours: 32, effort: 10 })
              .toFile(`${guide}/${shown}.png`)
          const rule = width > 400 ? meetsWcag : fitsAcross
          await rule(state, page).catch((error: Error) => faults.push(`${width}: ${error.message}`))
        }
        await visitAll({ browser, base, tokens: all, report, options: { viewport: { width, height } }, look })
      }
      assert.equal(faults.length, 0, faults.join('\n'))
    }),
}
