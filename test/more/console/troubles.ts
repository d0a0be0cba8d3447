import assert from 'node:assert/strict'
import type { Step } from '../step.ts'
import { atConsoles, deskOf, openFirst, part, sendReport } from './open.ts'

const report = {
  category: 'property-misuse',
  narrative: 'A fictional house in Marrow Close is let to far too many.',
}

export const loseTheService: Step = {
  name: 'console: while the service is away nothing typed is lost, and it goes on once it is back',
  run: () =>
    atConsoles(async (browser, { base, tokens }) => {
      const { triager = '' } = await tokens()
      await sendReport(base, report)
      const { page } = await deskOf(browser, base, triager)
      await openFirst(page)
      await part(page, 'Assessment')
      await page.fill('[name=threat]', 'Typed before it went away')
      await part(page, 'Notes')
      await page.fill('[name=note]', 'A note while it is away')
      await page.context().setOffline(true)
      await page.getByRole('button', { name: 'Add' }).click()
      await page.getByText('The service does not answer.').first().waitFor()
      await page.context().setOffline(false)
      await page.locator('.s-notes .s-text').waitFor()
      assert.equal(await page.locator('.s-notes li').count(), 1, 'it was sent once')
      await part(page, 'Assessment')
      assert.equal(await page.inputValue('[name=threat]'), 'Typed before it went away')
      await page.context().setOffline(true)
      await page.getByRole('button', { name: 'Save the assessment' }).click()
      await page.locator('.s-problem').waitFor()
      assert.equal(await page.inputValue('[name=threat]'), 'Typed before it went away')
      await page.context().setOffline(false)
      await page.getByRole('button', { name: 'Save the assessment' }).click()
      await page.getByText('Saved.').waitFor()
    }),
}

export const loseTheToken: Step = {
  name: 'console: a token that was taken back asks for another over what was typed; somebody else finds nothing of it',
  run: () =>
    atConsoles(async (browser, { base, tokens, sotto }) => {
      const { triager = '' } = await tokens()
      await sendReport(base, report)
      const { page } = await deskOf(browser, base, triager)
      await openFirst(page)
      await part(page, 'Notes')
      await page.fill('[name=note]', 'Typed with the old token')
      await sotto('staff', 'revoke', '--token', triager)
      await page.getByRole('button', { name: 'Add' }).click()
      await page.getByText('Your token has run out').waitFor()
      assert.equal(await page.getByText('Marrow').first().isVisible(), false, 'hidden meanwhile')
      const { triager: fresh = '', supervisor = '' } = await tokens()
      await page.fill('input[type=password]', fresh)
      await page.click('[data-main]')
      await page.locator('.s-notes .s-text').waitFor()

      await page.fill('[name=note]', 'Not for others')
      await sotto('staff', 'revoke', '--token', fresh)
      await page.getByRole('button', { name: 'Add' }).click()
      await page.getByText('Your token has run out').waitFor()
      await page.fill('input[type=password]', supervisor)
      await page.click('[data-main]')
      await page.getByText('The supervisor').waitFor()
      await page.locator('.s-raw .s-text').first().waitFor()
      await part(page, 'Notes')
      await page.locator('.s-notes .s-text').waitFor()
      assert.equal(await page.inputValue('[name=note]'), '')
    }),
}

export const byKeyboard: Step = {
  name: 'console: the keyboard alone signs in, finds a report, opens it and moves it, and shows where it is',
  run: () =>
    atConsoles(async (browser, { base, tokens }) => {
      const { triager = '' } = await tokens()
      for (let count = 0; count < 3; count++) await sendReport(base, report)
      const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage()
      const to = async (selector: string) => {
        for (let steps = 0; steps < 100; steps++) {
          await page.keyboard.press('Tab')
          if (await page.evaluate(`document.activeElement.matches(${JSON.stringify(selector)})`)) return
        }
        throw new Error(`cannot be reached: ${selector}`)
      }
      await page.goto(`${base}/console/`)
      await to('input[type=password]')
      await page.keyboard.insertText(triager)
      await page.keyboard.press('Enter')
      await page.locator('[data-report]').nth(2).waitFor()
      await page.keyboard.press('j')
      await page.keyboard.press('j')
      await page.keyboard.press('k')
      assert.equal(
        await page.locator('.s-list__chosen').getAttribute('data-report'),
        await page.locator('[data-report]').nth(1).getAttribute('data-report'),
      )
      await page.keyboard.press('Enter')
      await page.locator('[data-move=screening]').waitFor()
      await to('[data-move=screening] button')
      const outline =
        'getComputedStyle(document.activeElement).outlineStyle + getComputedStyle(document.activeElement).boxShadow'
      assert.doesNotMatch(String(await page.evaluate(outline)), /^nonenone$/)
      await page.keyboard.press('Enter')
      await page.locator('[data-move=sanitising]').waitFor()
    }),
}
