import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { plain } from '../../images/fixtures.ts'
import { filesUnder, scanner } from '../../support/scanner.ts'
import { hasPrograms } from '../packages.ts'
import { executablePath, quiet } from '../pages/chromium.ts'
import { killChromium } from '../pages/profiles.ts'
import { withService } from '../runningService.ts'
import type { Step } from '../step.ts'
import { openFirst, part, sendReport } from './open.ts'

const secrets = {
  narrative: 'QzJvKxNarrative',
  note: 'QzJvKxNoted',
  draft: 'QzJvKxUnsent',
  item: 'QzJvKxItemText',
  place: 'QzJvKxPlace',
}

export const scanProfile: Step = {
  name: 'console: the profile of a Chromium that was killed holds nothing of a report, of what was typed, and no token',
  async run() {
    if (!(await hasPrograms({ chromium: executablePath }))) return
    const folder = await mkdtemp(join(tmpdir(), 'sotto-profile-'))
    try {
      await withService(async ({ base, tokens }) => {
        const { triager: token = '' } = await tokens()
        const receipt = await sendReport(base, {
          category: 'property-misuse',
          narrative: `A fictional ${secrets.narrative}, long enough for a report.`,
          places: [{ address: secrets.place }],
        })
        const image = new Uint8Array(await plain(300, 200).jpeg().toBuffer())
        const headers = { authorization: `Bearer ${receipt}`, 'content-type': 'image/jpeg' }
        await fetch(`${base}/v1/mailbox/attachments`, { method: 'POST', headers, body: image })
        const context = await chromium.launchPersistentContext(folder, { executablePath, args: quiet })
        const page = context.pages()[0] ?? (await context.newPage())
        await page.goto(`${base}/console/`)
        await page.fill('input[type=password]', token)
        await page.click('[data-main]')
        await openFirst(page)
        await page.getByText(secrets.narrative).first().waitFor()
        await part(page, 'Notes')
        await page.fill('[name=note]', secrets.note)
        await page.getByRole('button', { name: 'Add' }).click()
        await page.locator('.s-notes .s-text').waitFor()
        await page.fill('[name=note]', secrets.draft)
        await part(page, 'Items')
        await page.getByRole('button', { name: 'Write an item' }).click()
        await page.fill('[name=title]', secrets.item)
        await part(page, 'Images')
        await page.getByRole('button', { name: 'Show it, blurred' }).click()
        await page.locator('canvas').waitFor()
        await page.locator('.s-nav a', { hasText: 'Search' }).click()
        await page.fill('[name=q]', secrets.narrative)
        await page.getByRole('button', { name: 'Search', exact: true }).click()
        await page.locator('[data-found]').first().waitFor()
        // Chromium writes its session files some seconds after a change.
        await page.waitForTimeout(15_000)
        await killChromium(folder)
        const files = [...filesUnder(folder)]
        const scan = scanner({ ...secrets, token })
        assert.deepEqual(
          files.flatMap((file) => scan(file)),
          [],
        )
        const isImage = ({ bytes }: { bytes: Buffer }) =>
          bytes.includes(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0x10]))
        assert.deepEqual(
          files.filter(isImage).map(({ name }) => name),
          [],
          'no image',
        )
      })
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    }
  },
}
