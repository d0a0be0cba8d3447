import assert from 'node:assert/strict'
import type { Browser, Page } from 'playwright-core'
import { fillReports, madeUp } from '../../support/manyReports.ts'
import type { Step } from '../step.ts'
import { atConsoles, deskOf, inDatabase } from './open.ts'

const total = 10_000

const kinds = madeUp.categories
/** Twenty of the oldest, at which somebody should have looked three days ago. */
const late = `status = 'development' AND attention_by < current_date AND received_on < current_date - 900`

/** As after some years. Before those that are overdue stand two thousand newer ones like them, of which nobody is late. */
const fill = (dataDir: string) =>
  inDatabase(dataDir, async (client) => {
    await fillReports(client, { main: total - 500, box: 500, bodyBytes: 64 })
    const open = (attention: string, which: string) =>
      client.query(
        `UPDATE reports SET status = 'development', priority = 3, attention_by = ${attention}
          WHERE id IN (SELECT id FROM reports WHERE status = 'closed' AND NOT restricted AND ${which})`,
      )
    await open('NULL', 'received_on > current_date - 500 ORDER BY id LIMIT 2000')
    await open('current_date - 3', 'received_on < current_date - 900 ORDER BY id LIMIT 20')
    await client.query(`UPDATE reports SET category = $1 WHERE ${late}`, [kinds.at(-1)])
  })

interface Passage {
  /** Milliseconds of processor time that the page took for each frame. */
  frames: number[]
  /** The most rows that were drawn at a time. */
  drawn: number
}

/**
 * Goes down the whole list as fast as it comes, a third of a window a frame, and tells what each frame cost the page. By
 * the clock a busy machine makes frames long that cost nothing; the processor time of the page's thread is its own.
 */
async function goDown(browser: Browser, page: Page): Promise<Passage> {
  await browser.startTracing(page, { categories: ['toplevel', 'blink.user_timing'] })
  const drawn = Number(
    await page.evaluate(`new Promise((resolve) => {
      let frames = 0
      let drawn = 0
      function step() {
        performance.mark('frame')
        frames += 1
        scrollBy(0, 300)
        if (frames % 20 === 0) drawn = Math.max(drawn, document.querySelectorAll('[data-report]').length)
        const isAtEnd = document.querySelector('.s-list__end').textContent.includes('That is all')
        if (isAtEnd && scrollY + innerHeight >= document.documentElement.scrollHeight - 2) resolve(drawn)
        else requestAnimationFrame(step)
      }
      requestAnimationFrame(step)
    })`),
  )
  return { frames: framesOf(String(await browser.stopTracing())), drawn }
}

interface Traced {
  name: string
  pid: number
  tid: number
  /** Microseconds: when it began, and its processor time; of a task that was cut off by the end nothing is told. */
  ts: number
  tdur?: number
}

/** What the page's thread did up to each mark of a frame, and in the task of that mark. */
function framesOf(trace: string): number[] {
  const { traceEvents } = JSON.parse(trace) as { traceEvents: Traced[] }
  const marks = traceEvents.filter(({ name }) => name === 'frame').sort((one, other) => one.ts - other.ts)
  const [first] = marks
  const tasks = traceEvents
    .filter(({ name }) => name === 'ThreadControllerImpl::RunTask')
    .filter(({ pid, tid }) => pid === first?.pid && tid === first.tid)
    .sort((one, other) => one.ts - other.ts)
  let at = 0
  return marks.map((mark) => {
    let took = 0
    for (let task = tasks[at]; task !== undefined && task.ts <= mark.ts; at += 1, task = tasks[at]) {
      took += (task.tdur ?? 0) / 1_000
    }
    return took
  })
}

/** Where the overdue are of every kind, nobody can read far enough to find them: it says how many there are, and a filter shows them. */
async function lookForHidden(page: Page, dataDir: string, overdue: number): Promise<void> {
  await inDatabase(dataDir, (client) =>
    client.query(
      `UPDATE reports SET category = ($1::text[])[1 + n % $2], lead_agency = ($3::text[])[1 + n % $4]
         FROM (SELECT id AS late, row_number() OVER ()::int AS n FROM reports WHERE ${late}) l WHERE id = late`,
      [kinds, kinds.length, madeUp.agencies, madeUp.agencies.length],
    ),
  )
  await page.getByRole('button', { name: 'Refresh' }).first().click()
  const section = page.locator('[data-overdue] .s-list__section')
  await section.getByText('20 more of them are further down: narrow the list').waitFor()
  assert.equal(await page.locator('[data-overdue] [data-report]').count(), overdue - 20)
  await page.locator('.s-filters summary').click()
  await page.getByLabel('Status', { exact: true }).selectOption('development')
  const category = page.getByLabel('Category', { exact: true })
  await category.selectOption(kinds.at(-1) ?? '')
  await section.getByText('further down').waitFor({ state: 'detached' })
  // Until the second filter is answered, rows of all kinds stand there.
  const hasNotText = (await category.locator('option:checked').textContent()) ?? ''
  await page
    .locator('[data-overdue] [data-report]')
    .filter({ hasNotText })
    .first()
    .waitFor({ state: 'detached' })
  // Whoever worked on one finds it among the others, as it is by then.
  const id = await page.locator('[data-overdue] [data-report]').first().getAttribute('data-report')
  await page.locator(`[data-report="${id}"] a`).click()
  await page.locator('.s-problem, .s-both').first().waitFor()
  // The others of its status stand behind it, so that it is among the first of them, which are read again.
  await inDatabase(dataDir, async (client) => {
    await client.query("UPDATE reports SET priority = 1 WHERE status = 'development'")
    await client.query('UPDATE reports SET attention_by = NULL, priority = 2 WHERE id = $1', [id])
  })
  await page.locator('.s-back a').click()
  await page.locator(`tbody:not([data-overdue]) [data-report="${id}"]`, { hasText: 'Medium' }).waitFor()
}

export const tenThousand: Step = {
  isMeasured: true,
  name: 'console: what is overdue comes first; ten thousand reports pass through the inbox without a stutter; whoever comes back finds their place',
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
      const { frames, drawn } = await goDown(browser, page)
      const long = frames.filter((took) => took > 50)
      const all = frames.reduce((sum, took) => sum + took, 0)
      process.stdout.write(
        `first paint of the console ${Math.round(painted)} ms; ${total} reports in ${frames.length} frames of ${(all / frames.length).toFixed(1)} ms of processor time, ${Math.round(Math.max(...frames))} at most; ${drawn} rows drawn at most\n`,
      )
      assert.ok(drawn < 500, `${drawn} rows are drawn at once`)
      assert.ok(
        frames.length > 500 && all > 500,
        `${frames.length} frames were told of, of ${all} ms of processor time`,
      )
      assert.ok(
        long.length <= frames.length / 100,
        `${long.length} of ${frames.length} frames cost over 50 ms`,
      )
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
      await lookForHidden(page, dataDir, overdue)
      assert.deepEqual(complaints, [])
    }),
}
