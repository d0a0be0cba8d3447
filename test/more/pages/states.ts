import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { plain } from '../../images/fixtures.ts'

/** Looks at one state of one page. */
export type Look = (state: string, page: Page) => Promise<void>

const narrative = 'Every night at ten a white van comes to the yard and drums are carried in.'
/** A text that gives the reporter away, in a script that runs from right to left, with a part that runs the other way. */
const risky =
  'أعيش مقابل الساحة. I live opposite, and only I know that my brother keeps drums of acid in the yard.'

export interface Visit {
  page: Page
  base: string
  /** Nothing for English, `/cy` for Welsh. */
  language: string
  look: Look
}

/** Goes through a reporter's whole life by the pages' own buttons, and looks at every state on the way. */
export async function visitAll({ page, base, language, look }: Visit): Promise<void> {
  const go = async (path: string) => void (await page.goto(`${base}${language}${path}`))
  const main = async () => press(page, '[data-main]')
  const at = (state: string) => look(state, page)

  for (const path of ['/', '/signs', '/privacy', '/accessibility', '/mailbox', '/report']) {
    await go(path)
    await at(path === '/' ? 'start' : path.slice(1))
  }
  await main()
  await at('report, nothing chosen')
  await page.check('input[name=category][value=environmental-crime]')
  await main()
  await at('form')
  await openAll(page)
  await page.fill('[name=narrative]', 'Too short')
  await page.fill('[name="when.from"]', 'soon')
  await press(page, '[name=add][value=vehicle]')
  await openAll(page)
  await at('form, one more vehicle')
  await main()
  await openAll(page)
  await at('form, with errors')
  await page.fill('[name=narrative]', risky)
  await page.fill('[name="when.from"]', '2026-03')
  await main()
  await at('check, with warnings')
  await openAll(page)
  await page.fill('[name=narrative]', narrative)
  await press(page, '.s-card [name=step][value=check]')
  await at('check')
  await main()
  await at('sent')
  const receipt = (await page.textContent('#receipt')) ?? ''
  assert.match(receipt, /^([0-9A-Z]{4}-){6}[0-9A-Z]{4}$/)
  await mailbox(page, receipt, { go, at })
}

async function mailbox(
  page: Page,
  receipt: string,
  { go, at }: { go: (path: string) => Promise<void>; at: (state: string) => Promise<void> },
): Promise<void> {
  await go('/mailbox')
  await page.fill('[name=receipt]', 'ABC')
  await press(page, '[data-main]')
  await at('mailbox, a slip of the pen')
  await page.fill('[name=receipt]', receipt)
  await press(page, '[data-main]')
  await at('mailbox, open')
  await press(page, '[data-main]')
  await at('mailbox, empty reply')
  await page.fill('[name=text]', risky)
  await press(page, '[data-main]')
  await at('mailbox, replied')
  const image = { name: 'a.jpg', mimeType: 'image/jpeg', buffer: await plain(40, 30).jpeg().toBuffer() }
  await page.setInputFiles('[name=image]', image)
  await press(page, 'form[enctype] button')
  await at('mailbox, photo added')
  await press(page, '.govuk-button--warning')
  await at('mailbox, ended')
}

/** Presses, and waits for the page that comes, whether it is loaded or swapped in. */
export async function press(page: Page, selector: string): Promise<void> {
  await page.evaluate("void (document.body.dataset.old = '')")
  await page.locator(selector).first().click()
  await page.locator('body:not([data-old])').waitFor({ state: 'attached', timeout: 60_000 })
  await page.waitForLoadState()
}

export async function openAll(page: Page): Promise<void> {
  const closed = page.locator('details:not([open]) > summary')
  while ((await closed.count()) > 0) await closed.first().click()
}
