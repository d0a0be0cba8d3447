import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { fillReports } from '../../support/manyReports.ts'
import type { Step } from '../step.ts'
import { atConsoles, deskOf, inDatabase } from './open.ts'

const total = 10_000

/** As after some years; and of twenty that are worked on, somebody should have looked three days ago. */
const fill = (dataDir: string) =>
  inDatabase(dataDir, async (client) => {
    await fillReports(client, { main: total - 500, box: 500, bodyBytes: 64 })
    await client.query(`UPDATE reports SET attention_by = current_date - 3
                         WHERE id IN (SELECT id FROM reports WHERE status = 'development' AND NOT restricted LIMIT 20)`)
  })

interface Passage {
  frames: number
  /** Milliseconds of each frame over 50, as the browser itself tells: what it had to do, and not what it waited for. */
  long: number[]
  /** The most rows that were drawn at a time. */
  drawn: number
}

/** Goes down the whole list as fast as it comes, a third of a window a frame, and tells what the browser had to do. */
function goDown(page: Page): Promise<Passage> {
  return page.evaluate(`new Promise((resolve) => {
    const long = []
    if (!PerformanceObserver.supportedEntryTypes.includes('long-animation-frame')) throw new Error('it tells of no frames')
    const observer = new PerformanceObserver((list) => long.push(...list.getEntries().map(({ duration }) => Math.round(duration))))
    observer.observe({ type: 'long-animation-frame' })
    let frames = 0
    let drawn = 0
    function step() {
      frames += 1
      scrollBy(0, 300)
      if (frames % 20 === 0) drawn = Math.max(drawn, document.querySelectorAll('[data-report]').length)
      const isAtEnd = document.querySelector('.s-list__end').textContent.includes('That is all')
      if (isAtEnd && scrollY + innerHeight >= document.documentElement.scrollHeight - 2) {
        observer.disconnect()
        resolve({ frames, long, drawn })
      } else requestAnimationFrame(step)
    }
    requestAnimationFrame(step)
  })`)
}

export const tenThousand: Step = {
  isMeasured: true,
  name: 'console: it can be used within a second; what is overdue comes first; ten thousand reports pass through the inbox without a stutter; whoever comes back finds their place',
  run: () =>
    atConsoles(async (browser, { base, tokens, dataDir }) => {
      await fill(dataDir)
      const { supervisor = '' } = await tokens()
      const { page, complaints } = await deskOf(browser, base, supervisor)
      await page.locator('[data-report]').first().waitFor()
      const painted = Number(
        await page.evaluate(`performance.getEntriesByName('first-contentful-paint')[0].startTime`),
      )
      // What is overdue comes first, all of it, and once: the end of the list counts every report.
      const overdue = Number(await page.locator('.s-tile--red strong').first().textContent())
      assert.ok(overdue >= 20, `${overdue} are overdue`)
      await page.locator('[data-overdue] .s-list__section').waitFor()
      assert.equal(await page.locator('[data-overdue] [data-report]').count(), overdue)
      assert.equal(
        await page.locator('[data-report]').first().locator('.s-badge--red', { hasText: 'Overdue' }).count(),
        1,
      )
      const { frames, long, drawn } = await goDown(page)
      process.stdout.write(
        `first paint of the console ${Math.round(painted)} ms; ${total} reports in ${frames} frames, of which ${long.length} over 50 ms (${long.join(', ')}); ${drawn} rows drawn at most\n`,
      )
      assert.ok(painted < 1000, `${painted} ms until it can be used`)
      assert.ok(drawn < 500, `${drawn} rows are drawn at once`)
      assert.ok(long.length <= frames / 50, `${long.length} of ${frames} frames took over 50 ms`)
      await page.getByText(`That is all: ${total.toLocaleString('en-GB')}.`).waitFor()

      // The keys go on from where one looks, and whoever comes back from a report is there again.
      await page.keyboard.press('k')
      const row = page.locator('.s-list__chosen')
      const id = await row.getAttribute('data-report')
      await row.locator('a').click()
      await page.locator('.s-problem, .s-both').first().waitFor()
      await page.locator('.s-back a').click()
      await page.locator(`.s-list__chosen[data-report="${id}"]`).waitFor()
      assert.ok(Number(await page.evaluate('scrollY')) > 10_000, 'not at the top again')
      assert.deepEqual(complaints, [])
    }),
}
