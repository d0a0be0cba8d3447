import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import type { Page } from 'playwright-core'
import type { Step } from '../step.ts'
import { atConsoles, type Desk, deskOf, inDatabase, openFirst, part, sendReport } from './open.ts'
import { as } from './scene.ts'

const narrative =
  'The house at 14 Marrow Close is let to around twelve people, and the landlord Dex takes their passports away.'
const title = 'Suspected overcrowded letting'

/** A key pair of the agency's own, and the file that it keeps. */
function agencyKey(): { publicKey: string; file: Buffer } {
  const { x: publicKey = '', d: privateKey = '' } = generateKeyPairSync('x25519').privateKey.export({
    format: 'jwk',
  })
  return { publicKey, file: Buffer.from(JSON.stringify({ agency: 'housing', publicKey, privateKey })) }
}

async function assess(page: Page): Promise<void> {
  await part(page, 'Assessment')
  await page.fill('[name=threat]', 'Fire, and exploitation.')
  await page.fill('[name=rationale]', 'Within the powers of the housing team.')
  await page.getByRole('button', { name: 'Save the assessment' }).click()
  await page.getByText('Saved.').waitFor()
}

async function writeItem(page: Page): Promise<void> {
  await part(page, 'Items')
  await page.getByRole('button', { name: 'Write an item' }).click()
  await page.fill('[name=title]', title)
  await page.fill('[name=text]', 'The house at 14 Marrow Close is let to many.')
  await page.locator('[data-shared="1"] .s-mark--shared').waitFor()
  await page.fill('[name=text]', 'A family home in Marrow Close may be let to about a dozen people.')
  await page.locator('[data-shared="0"]').waitFor()
  await page.getByLabel('Source 2, Untested; intelligence D, Not known').check()
  await page.getByRole('button', { name: 'Save the item' }).click()
  await page.locator('[data-item]').waitFor()
}

async function send(page: Page): Promise<void> {
  await part(page, 'Sharing')
  await page.getByRole('button', { name: 'Share items' }).click()
  await page.selectOption('[name=agency]', 'housing')
  await page.getByLabel(title).check()
  for (const name of ['purpose', 'necessity', 'proportionality'])
    await page.fill(`[name=${name}]`, 'So that they look at the house.')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await page.locator('[data-dissemination]').waitFor()
}

export const toAnOutcome: Step = {
  name: 'console: an officer, a supervisor and a partner take a report from its arrival to an outcome, each in their own browser',
  run: () =>
    atConsoles(async (browser, { base, tokens, dataDir }) => {
      const { triager = '', supervisor = '', partner = '', admin = '', auditor = '' } = await tokens()
      await sendReport(base, { category: 'property-misuse', narrative })
      const keeper = await deskOf(browser, base, admin)
      await keeper.page.fill('[name=name]', 'Housing team')
      await keeper.page.fill('[name=slug]', 'housing')
      await keeper.page.getByRole('button', { name: 'Add an agency' }).click()
      await keeper.page.getByRole('button', { name: 'Housing team' }).click()
      const { publicKey, file } = agencyKey()
      await keeper.page.getByLabel('A public key of the agency’s own').fill(publicKey)
      await keeper.page.getByRole('button', { name: 'Use this key' }).click()
      await keeper.page.getByText('Held by the agency alone').first().waitFor()

      const officer = await deskOf(browser, base, triager)
      await openFirst(officer.page)
      await officer.page.locator('[data-move=screening] button').click()
      await officer.page.locator('[data-move=sanitising] button').click()
      await officer.page.locator('[data-move=graded]').waitFor()
      await assess(officer.page)
      await part(officer.page, 'Overview')
      await officer.page.locator('[data-move=graded] .govuk-button:enabled').click()
      await officer.page.locator('[data-move=approved]').waitFor()
      await writeItem(officer.page)
      assert.equal(await officer.page.getByRole('button', { name: 'Approve this version' }).count(), 0)

      const chief = await deskOf(browser, base, supervisor)
      await chief.page.locator('.s-nav a', { hasText: 'Approvals' }).click()
      await chief.page.locator('[data-item]').waitFor()
      await chief.page.getByRole('button', { name: 'Approve this version' }).click()
      await chief.page.getByText('Nothing waits.').waitFor()
      await chief.page.locator('.s-nav a', { hasText: 'Inbox' }).click()
      await openFirst(chief.page)
      await chief.page.locator('[data-move=approved] .govuk-button:enabled').click()
      await chief.page.getByText('Approved', { exact: true }).first().waitFor()
      await send(chief.page)

      const agency = await deskOf(browser, base, partner)
      await agency.page.locator('[data-product]').click()
      await agency.page.setInputFiles('#key-file', {
        name: 'key.json',
        mimeType: 'application/json',
        buffer: file,
      })
      await agency.page.getByText('about a dozen people').waitFor()
      await agency.page.getByRole('button', { name: 'Acknowledge' }).click()
      await agency.page.getByText('Acknowledged').waitFor()
      assert.equal(await agency.page.getByText('passports').count(), 0, 'never the raw report')
      await agency.page.selectOption('[name=type]', 'notice-served')
      await agency.page.getByRole('button', { name: 'Record it' }).click()
      await agency.page.locator('[data-outcome=notice-served]').waitFor()

      await part(officer.page, 'Outcomes')
      await officer.page.locator('[data-outcome=notice-served]').waitFor()
      await seeWhatCannotBeRead(officer, { base, token: triager, dataDir })

      // Moves were right after each act without the report having been read again, which the trail would show.
      const { items } = await as(base, auditor)('GET', '/v1/triage/audit?limit=200')
      const reasons = (items as { reason?: string }[]).map(({ reason = '' }) => reason)
      assert.deepEqual(
        reasons.filter((one) => one.startsWith('Read again')),
        [],
      )
      for (const { complaints } of [keeper, officer, chief, agency]) assert.deepEqual(complaints, [])
    }),
}

/** A note that does not open any more is counted where it stood. */
async function seeWhatCannotBeRead(
  { page }: Desk,
  { base, token, dataDir }: { base: string; token: string; dataDir: string },
): Promise<void> {
  const { items } = await as(base, token)('GET', '/v1/triage/reports')
  const [report] = items as { id: string }[]
  for (const text of ['Rang the housing team.', 'They go on Friday.'])
    await as(base, token)('POST', `/v1/triage/reports/${report?.id}/notes`, { text })
  await inDatabase(dataDir, (client) =>
    client.query(`UPDATE casework SET author = gen_random_uuid() WHERE id =
                    (SELECT id FROM casework WHERE kind = 'note' LIMIT 1)`),
  )
  await part(page, 'Notes')
  await page.locator('[data-unreadable="1"]').waitFor()
}

export const fourEyes: Step = {
  name: 'console: whoever wrote an item sees why they may not approve it; two who write at once see and merge',
  run: () =>
    atConsoles(async (browser, { base, tokens }) => {
      const { triager = '', supervisor = '' } = await tokens()
      await sendReport(base, { category: 'property-misuse', narrative })
      const chief = await deskOf(browser, base, supervisor)
      await openFirst(chief.page)
      await writeItem(chief.page)
      const approve = chief.page.getByRole('button', { name: 'Approve this version' })
      assert.equal(await approve.isDisabled(), true)
      await chief.page.getByText('somebody else must decide').waitFor()

      const officer = await deskOf(browser, base, triager)
      await openFirst(officer.page)
      await part(officer.page, 'Assessment')
      await part(chief.page, 'Assessment')
      await officer.page.locator('[name=threat]').waitFor()
      await chief.page.fill('[name=threat]', 'Hers')
      await chief.page.fill('[name=harm]', 'Hers alone')
      await officer.page.fill('[name=threat]', 'His')
      await officer.page.fill('[name=gaps]', 'His alone')
      await chief.page.getByRole('button', { name: 'Save the assessment' }).click()
      await chief.page.getByText('Saved.').waitFor()
      await officer.page.getByRole('button', { name: 'Save the assessment' }).click()
      await officer.page.locator('.s-clash', { hasText: 'Hers' }).waitFor()
      assert.equal(await officer.page.inputValue('[name=threat]'), 'His')
      assert.equal(await officer.page.inputValue('[name=harm]'), 'Hers alone')
      assert.equal(await officer.page.inputValue('[name=gaps]'), 'His alone')
      await officer.page.getByRole('button', { name: 'Take theirs' }).click()
      await officer.page.getByRole('button', { name: 'Save the assessment' }).click()
      await officer.page.getByText('Saved.').waitFor()
      assert.equal(await officer.page.inputValue('[name=threat]'), 'Hers')

      // Both move the report: what does not touch the other's change goes through, what does is asked.
      await part(officer.page, 'Overview')
      await part(chief.page, 'Overview')
      await chief.page.getByRole('button', { name: 'Change …' }).click()
      await chief.page.selectOption('[name=priority]', 'high')
      await chief.page.getByRole('button', { name: 'Save', exact: true }).click()
      await chief.page.getByText('Saved.').waitFor()
      await officer.page.getByRole('button', { name: 'Change …' }).click()
      await officer.page.selectOption('[name=priority]', 'low')
      await officer.page.getByRole('button', { name: 'Save', exact: true }).click()
      await officer.page.getByText('Somebody changed the same').waitFor()
      await officer.page.getByRole('button', { name: 'Put mine in its place' }).click()
      await officer.page.locator('.s-head .s-badge', { hasText: 'Low' }).waitFor()
    }),
}
