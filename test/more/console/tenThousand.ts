import assert from 'node:assert/strict'
import pg from 'pg'
import type { Page } from 'playwright-core'
import { urlOf } from '../../../src/embedded/connection.ts'
import { foldersOf, socketFolderOf } from '../../../src/embedded/folders.ts'
import { fillReports } from '../../support/manyReports.ts'
import type { Step } from '../step.ts'
import { atConsoles, deskOf } from './open.ts'

const total = 10_000

async function fill(dataDir: string): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(socketFolderOf(await foldersOf(dataDir))) })
  await client.connect()
  try {
    await fillReports(client, { main: total - 500, box: 500, bodyBytes: 64 })
  } finally {
    await client.end()
  }
}

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
  name: 'console: it can be used within a second; ten thousand reports pass through the inbox without a stutter; whoever comes back finds their place',
  run: () =>
    atConsoles(async (browser, { base, tokens, dataDir }) => {
      await fill(dataDir)
      const { supervisor = '' } = await tokens()
      const { page, complaints } = await deskOf(browser, base, supervisor)
      await page.locator('[data-report]').first().waitFor()
      const painted = Number(
        await page.evaluate(`performance.getEntriesByName('first-contentful-paint')[0].startTime`),
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
