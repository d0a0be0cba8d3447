import assert from 'node:assert/strict'
import type { Step } from '../step.ts'
import { atConsoles, deskOf, part, sendReport } from './open.ts'

const report = {
  category: 'property-misuse',
  narrative:
    'My brother lives at 14 Marrow Close, Z99 1ZZ. Only I know of the \u202edoor\u202c. <b>Call</b> 07700 900417, http://x.example/a.',
}

export const readAndMove: Step = {
  name: 'console: a report is read as text alone, moved, noted on, assessed, and its history shown; the token is nowhere',
  run: () =>
    atConsoles(async (browser, { base, tokens }) => {
      const { triager = '' } = await tokens()
      await sendReport(base, report)
      const { page, complaints } = await deskOf(browser, base, triager)
      const row = page.locator('[data-report]')
      await row.waitFor()
      await page.keyboard.press('j')
      await page.keyboard.press('Enter')
      await page.locator('.s-raw .s-text').first().waitFor()
      assert.equal(await page.title(), 'Sotto console')
      assert.equal(await page.locator('.s-raw b, .s-raw a').count(), 0, 'no markup, no link')
      assert.equal(await page.locator('.s-raw .s-unseen').count(), 2, 'what cannot be seen is shown')
      await page.locator('.s-raw .s-mark--warning').first().waitFor()
      await page.locator('.s-raw .s-mark--entity').first().waitFor()

      await page.locator('[data-move=screening] button').click()
      await page.locator('[data-move=sanitising] button').click()
      const grade = page.locator('[data-move=graded]')
      await grade.waitFor()
      assert.match(await grade.innerText(), /Lacks: the assessment/)
      assert.equal(await grade.locator('button').first().isDisabled(), true)
      await part(page, 'Assessment')
      await page.fill('[name=threat]', 'Overcrowding, and fire.')
      await page.fill('[name=decision]', 'Pass it on.')
      await page.fill('[name=rationale]', 'Within the powers of the housing team.')
      await page.locator('form .govuk-button').click()
      await page.getByText('Saved.').waitFor()
      await part(page, 'Notes')
      await page.fill('[name=note]', 'Rang the housing team.')
      await page.locator('form .govuk-button').click()
      await page.locator('.s-notes .s-text').waitFor()
      await part(page, 'History')
      await page.locator('.s-timeline__item').nth(4).waitFor()

      const kept = 'document.cookie + localStorage.length + sessionStorage.length'
      assert.equal(await page.evaluate(kept), '00')
      await page.locator('.s-top button').click()
      await page.locator('input[type=password]').waitFor()
      assert.equal(await page.locator('.s-raw').count(), 0)
      assert.deepEqual(complaints, [])
    }),
}

export const leaveAlone: Step = {
  name: 'console: whoever leaves it alone is signed out, and nothing of the page stays',
  run: () =>
    atConsoles(async (browser, { base, tokens }) => {
      const { triager = '' } = await tokens()
      await sendReport(base, report)
      const { page } = await deskOf(browser, base, triager)
      await page.locator('[data-report] a').click()
      await page.locator('.s-raw .s-text').first().waitFor()
      await page.evaluate('const now = Date.now; Date.now = () => now() + 14.5 * 60000; undefined')
      await page.locator('[role=alertdialog]').waitFor()
      await page.evaluate('const then = Date.now; Date.now = () => then() + 60000; undefined')
      await page.locator('input[type=password]').waitFor()
      assert.equal(await page.getByText('Marrow').count(), 0)
    }),
}
