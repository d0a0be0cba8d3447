import assert from 'node:assert/strict'
import { mkdtemp, readlink, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { filesUnder, scanner } from '../../support/scanner.ts'
import { hasPrograms } from '../packages.ts'
import { withService } from '../runningService.ts'
import type { Step } from '../step.ts'
import { executablePath, quiet } from './chromium.ts'
import { press } from './states.ts'

const secrets = { narrative: 'QzJvKxNarrative', reply: 'QzJvKxReplied', place: 'QzJvKxPlace' }

export const scanProfile: Step = {
  name: 'pages: with scripts, the profile of a Chromium that was killed holds nothing that was typed, and no receipt',
  async run() {
    if (!(await hasPrograms({ chromium: executablePath }))) return
    const folder = await mkdtemp(join(tmpdir(), 'sotto-profile-'))
    try {
      await withService(async ({ base }) => {
        const context = await chromium.launchPersistentContext(folder, { executablePath, args: quiet })
        const page = context.pages()[0] ?? (await context.newPage())
        await page.goto(`${base}/report`)
        await page.check('input[name=category][value=environmental-crime]')
        await press(page, '[data-main]')
        await page.fill('[name=narrative]', `A fictional ${secrets.narrative}, long enough for a report.`)
        await page.locator('summary').nth(3).click()
        await page.fill('[name="places.0.address"]', secrets.place)
        await press(page, '[data-main]')
        await press(page, '[data-main]')
        const receipt = (await page.textContent('#receipt')) ?? ''
        await page.goto(`${base}/mailbox`)
        await page.fill('[name=receipt]', receipt)
        await press(page, '[data-main]')
        await page.fill('[name=text]', secrets.reply)
        await press(page, '[data-main]')
        // Chromium writes its session files some seconds after a change.
        await page.waitForTimeout(15_000)
        await killChromium(folder)
        const scan = scanner({ ...secrets, receipt, bare: receipt.replaceAll('-', '') })
        assert.deepEqual(
          [...filesUnder(folder)].flatMap((file) => scan(file)),
          [],
        )
      })
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    }
  },
}

/** Ends the browser of this profile as a power cut would. Its lock names its process. */
export async function killChromium(folder: string): Promise<void> {
  const lock = await readlink(join(folder, 'SingletonLock'))
  await kill(Number(lock.split('-').at(-1)))
}

/** Ends a process as a power cut would. */
export async function kill(pid: number): Promise<void> {
  process.kill(pid, 'SIGKILL')
  for (let tries = 0; tries < 100; tries++) {
    try {
      process.kill(pid, 0)
    } catch {
      return
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
