import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { withService } from '../runningService.ts'
import type { Step } from '../step.ts'
import { inChromium } from './chromium.ts'
import { press } from './states.ts'

const narrative = 'Every night at ten a white van comes to the yard and drums are carried in.'

async function checked(page: Page, base: string): Promise<void> {
  await page.goto(`${base}/report`)
  await page.check('input[name=category][value=environmental-crime]')
  await press(page, '[data-main]')
  await page.fill('[name=narrative]', narrative)
  await press(page, '[data-main]')
}

/** How many reports there are. */
async function count(base: string, token: string): Promise<number> {
  const headers = { authorization: `Bearer ${token}` }
  const answer = await fetch(`${base}/v1/triage/reports?limit=200`, { headers })
  const { items } = (await answer.json()) as { items: unknown[] }
  return items.length
}

export const sendOnce: Step = {
  name: 'pages: a double click and the back button send one report, with scripts and without',
  run: () =>
    inChromium((browser) =>
      withService(async ({ base, tokens }) => {
        const { supervisor = '' } = await tokens()
        for (const [index, javaScriptEnabled] of [true, false].entries()) {
          const page = await (await browser.newContext({ javaScriptEnabled })).newPage()
          await checked(page, base)
          await page.locator('[data-main]').dblclick({ noWaitAfter: true })
          await page.locator('#receipt').waitFor()
          assert.equal(await count(base, supervisor), index + 1)
          // What was posted is not kept: the browser either asks whether to send it again, or shows a page before. Where it
          // asks, the page is one of its own, which may not be ready to be loaded again.
          const mayAsk = (error: Error) =>
            assert.match(error.message, /ERR_CACHE_MISS|Not attached to an active page/)
          await page.goBack().catch(mayAsk)
          await page.reload().catch(mayAsk)
          assert.equal(await count(base, supervisor), index + 1, 'after going back')
          await page.context().close()
        }
      }),
    ),
}

export const useKeyboard: Step = {
  name: 'pages: the keyboard alone reports, and each step shows where it is',
  run: () =>
    inChromium((browser) =>
      withService(async ({ base }) => {
        const page = await browser.newPage()
        const to = async (selector: string) => {
          for (let steps = 0; steps < 200; steps++) {
            await page.keyboard.press('Tab')
            if (await page.evaluate(`document.activeElement.matches(${JSON.stringify(selector)})`)) return
          }
          throw new Error(`cannot be reached: ${selector}`)
        }
        await page.goto(`${base}/report`)
        await page.keyboard.press('Tab')
        assert.equal(
          await page.evaluate("document.activeElement.getAttribute('href')"),
          '#main',
          'skips the top',
        )
        await to('[data-exit]')
        await to('input[name=category]')
        await page.keyboard.press('Space')
        await page.keyboard.press('ArrowDown')
        await to('[data-main]')
        const outline =
          'getComputedStyle(document.activeElement).outlineStyle + getComputedStyle(document.activeElement).boxShadow'
        assert.doesNotMatch(String(await page.evaluate(outline)), /^nonenone$/)
        await page.keyboard.press('Enter')
        await page.locator('[name=narrative]').waitFor()
        await to('[name=narrative]')
        await page.keyboard.type(narrative)
        await to('summary')
        await page.keyboard.press('Enter')
        await to('[name=immediateDanger]')
        await to('[data-main]')
        await page.keyboard.press('Enter')
        await page.locator('form[action$="/report/send"]').waitFor()
        await to('[data-main]')
        await page.keyboard.press('Enter')
        await page.locator('#receipt').waitFor()
        await page.keyboard.press('Shift')
        await page.keyboard.press('Shift')
        const left = page.waitForRequest((request) => request.url().endsWith('/exit'))
        await page.keyboard.press('Shift')
        await left
      }),
    ),
}

export const printWithout: Step = {
  name: 'pages: the receipt is printed only where that is asked for, and signs as a poster for each category',
  run: () =>
    inChromium((browser) =>
      withService(async ({ base }) => {
        const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage()
        await checked(page, base)
        await press(page, '[data-main]')
        await page.emulateMedia({ media: 'print' })
        assert.equal(await page.locator('#receipt').isVisible(), false)
        await page.emulateMedia({ media: 'screen' })
        await page.check('#print')
        await page.emulateMedia({ media: 'print' })
        assert.equal(await page.locator('#receipt').isVisible(), true)
        await page.goto(`${base}/signs`)
        const posters = await page.locator('.s-poster:visible').count()
        const pdf = (await page.pdf({ format: 'A4' })).toString('latin1')
        const pages = pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0
        assert.equal(pages, posters, 'one sheet each')
      }),
    ),
}

export const solveOnPage: Step = {
  name: 'pages: under load a script solves on the page and the report goes at once; without, it waits its turn',
  run: () =>
    inChromium((browser) =>
      withService(
        async ({ base }) => {
          const complaints: string[] = []
          const page = await browser.newPage()
          page.on('console', (message) => {
            if (message.type() === 'error') complaints.push(message.text())
          })
          await checked(page, base)
          await press(page, '[data-main]')
          assert.match((await page.textContent('#receipt')) ?? '', /-/)
          assert.deepEqual(complaints, [], 'under the policy')

          const plain = await (await browser.newContext({ javaScriptEnabled: false })).newPage()
          await checked(plain, base)
          await press(plain, '[data-main]')
          const told = (await plain.locator('[role=alert]:visible').textContent()) ?? ''
          const seconds = Number(/Wait (\d+) seconds/.exec(told)?.[1] ?? 0)
          await plain.waitForTimeout(seconds * 1_000)
          await press(plain, '[data-main]')
          assert.match((await plain.textContent('#receipt')) ?? '', /-/)
        },
        { CHALLENGE: 'always' },
      ),
    ),
}
