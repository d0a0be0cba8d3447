import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import type { Client } from 'pg'
import type { Page } from 'playwright-core'
import type { Step } from '../step.ts'
import { atConsoles, type Desk, deskOf, inDatabase, openFirst, part, sendReport } from './open.ts'
import { as } from './scene.ts'

const narrative =
  'The house at 14 Marrow Close is let to around twelve people, and the landlord takes their passports.'

async function at(page: Page, name: string): Promise<void> {
  await page.locator('.s-nav a', { hasText: name }).click()
  await page.locator('h1', { hasText: name }).waitFor()
}

/** An officer sends what cannot wait: the telephone first, then one item, with the reason. */
async function sendUrgently({ page }: Desk): Promise<void> {
  await openFirst(page)
  await part(page, 'Items')
  await page.getByRole('button', { name: 'Write an item' }).click()
  await page.fill('[name=title]', 'People may be held in a house')
  await page.fill('[name=text]', 'It is said that people are kept in a family home near the park.')
  await page.getByLabel('Source 2, Untested; intelligence D, Not known').check()
  await page.getByRole('button', { name: 'Save the item' }).click()
  await page.locator('[data-item]').waitFor()
  await part(page, 'Sharing')
  await page.getByRole('button', { name: 'Share urgently' }).click()
  await page.getByText('Telephone first.').waitFor()
  await page.selectOption('[name=agency]', 'safeguarding')
  await page.getByLabel('People may be held in a house').check()
  for (const name of ['purpose', 'necessity', 'proportionality', 'reason'])
    await page.fill(`[name=${name}]`, 'Rang them at ten past nine.')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await page.locator('[data-dissemination]').waitFor()
}

/** What should have been reviewed by now stands before everything else. */
async function seeItOverdue({ page }: Desk, dataDir: string): Promise<void> {
  const moved = (by: string) => (client: Client) =>
    client.query(`UPDATE disseminations SET review_by = review_by ${by} WHERE review_by IS NOT NULL`)
  await inDatabase(dataDir, moved(`- interval '2 days'`))
  await at(page, 'Inbox')
  await page.getByRole('button', { name: 'Refresh' }).first().click()
  await page.locator('[data-reviews] a').waitFor()
  await inDatabase(dataDir, moved(`+ interval '2 days'`))
}

/** A supervisor reviews what was sent so, and calls it back. */
async function reviewAndRecall({ page }: Desk): Promise<void> {
  await at(page, 'Approvals')
  await page.getByRole('button', { name: 'It was right to send' }).click()
  await page.getByRole('button', { name: 'It was right to send' }).waitFor({ state: 'detached' })
  await page.getByRole('link', { name: 'Open the report' }).first().click()
  await page.locator('.s-raw .s-text').first().waitFor()
  await part(page, 'Sharing')
  await page.locator('summary', { hasText: 'Recall' }).click()
  await page.locator('details[open] input').last().fill('Sent to the wrong team')
  await page.getByRole('button', { name: 'Recall', exact: true }).click()
  await page.getByText('Recalled').waitFor()
}

/** An officer selects hoaxes; the console says what cannot be closed; another person confirms the rest. */
async function closeTogether(officer: Desk, chief: Desk): Promise<void> {
  await at(officer.page, 'Inbox')
  const ticks = officer.page.locator('.s-list__tick input')
  await ticks.nth(2).waitFor()
  for (const index of [0, 1, 2]) await ticks.nth(index).check()
  await officer.page.getByRole('button', { name: 'Close them …' }).click()
  await officer.page.getByLabel('Why they are closed').selectOption('insufficient')
  await officer.page.getByLabel('Rationale').fill('The same words within the hour, of no place that exists.')
  await officer.page.getByRole('button', { name: 'Ask to close 3' }).click()
  await officer.page.getByText('2 wait for a second supervisor.').waitFor()
  await officer.page.getByText('1 cannot be closed:').waitFor()
  await officer.page.getByRole('button', { name: 'Close', exact: true }).click()
  await at(chief.page, 'Confirmations')
  await chief.page.locator('[data-closure]').getByRole('button', { name: 'Confirm' }).click()
  await chief.page.locator('[data-closure]').waitFor({ state: 'detached' })
  await at(chief.page, 'Inbox')
  await chief.page.locator('[data-report]', { hasText: 'Closed' }).nth(1).waitFor()
}

/** An officer restricts a report: it is a stub to supervisors, until two of them name who may see it. */
async function restrictAndName(officer: Desk, chief: Desk, other: Desk): Promise<void> {
  const { page } = officer
  await page.locator('[data-report]', { hasText: 'Modern slavery' }).locator('a').click()
  await page.locator('.s-raw .s-text').first().waitFor()
  await page.getByRole('button', { name: 'Change …' }).click()
  await page.getByLabel('Restrict').first().check()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.locator('[data-report]').first().waitFor()
  await page.locator('[data-report]', { hasText: 'Modern slavery' }).waitFor({ state: 'detached' })
  for (const [index, desk] of [chief, other].entries()) {
    await at(desk.page, 'Inbox')
    await desk.page.getByRole('button', { name: 'Refresh' }).first().click()
    await desk.page.getByRole('button', { name: 'Modern slavery' }).click()
    if (index === 0)
      for (const name of ['The supervisor (', 'Another supervisor ('])
        await desk.page.getByLabel(name).check()
    else await desk.page.getByRole('button', { name: 'Take the same' }).click()
    await desk.page.locator('dialog textarea').fill('Those who know the place')
    await desk.page.getByRole('button', { name: 'Name them' }).click()
    await desk.page.locator('dialog').waitFor({ state: 'detached' })
  }
  await other.page.locator('[data-report] a', { hasText: 'Modern slavery' }).click()
  await other.page.locator('.s-raw .s-text', { hasText: 'passports' }).first().waitFor()
}

async function takeOut({ page }: Desk): Promise<void> {
  await at(page, 'Export')
  await page.getByLabel('One JSON object a line').check()
  await page.fill('[name=reason]', 'Yearly review')
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export what the filter leaves' }).click(),
  ])
  assert.equal(file.suggestedFilename(), 'reports.ndjson')
  const lines = readFileSync(await file.path(), 'utf8')
    .trim()
    .split('\n')
  assert.deepEqual(JSON.parse(lines.at(-1) ?? ''), { end: true, count: lines.length - 1 })
  await page.getByText('It is whole').waitFor()
  await at(page, 'Set aside')
  await page.getByText('Nothing was set aside.').waitFor()
}

export const supervisorsDay: Step = {
  name: 'console: a supervisor’s day: what was sent urgently is reviewed and recalled, a selection closed, a hidden report opened by two, reports taken out',
  run: () =>
    atConsoles(async (browser, { base, tokens, sotto, dataDir }) => {
      const { triager = '', supervisor = '' } = await tokens()
      const another = (
        await sotto('staff', 'add', '--name', 'Another supervisor', '--role', 'supervisor')
      ).trim()
      const hoax = {
        category: 'property-misuse',
        narrative: 'A shop that sells things. A shop that sells things.',
      }
      for (const one of [hoax, hoax, hoax]) await sendReport(base, one)
      const tam = as(base, triager)
      const { items } = await tam('GET', '/v1/triage/reports')
      for (const { id } of (items as { id: string }[]).slice(0, 2)) {
        await tam('PATCH', `/v1/triage/reports/${id}`, { status: 'screening' }, { 'if-match': '"1"' })
        await tam('PUT', `/v1/triage/reports/${id}/assessment`, { threat: 'None.' }, { 'if-match': '"0"' })
      }
      const officer = await deskOf(browser, base, triager)
      const chief = await deskOf(browser, base, supervisor)
      const other = await deskOf(browser, base, another)
      await closeTogether(officer, chief)
      await sendReport(base, { category: 'modern-slavery', narrative, riskFlags: ['threat-to-life'] })
      await officer.page.getByRole('button', { name: 'Refresh' }).first().click()
      await officer.page.locator('[data-report]', { hasText: 'Modern slavery' }).waitFor()
      await sendUrgently(officer)
      await seeItOverdue(chief, dataDir)
      await reviewAndRecall(chief)
      await takeOut(chief)
      await at(officer.page, 'Inbox')
      await restrictAndName(officer, chief, other)
      for (const { complaints } of [officer, chief, other]) assert.deepEqual(complaints, [])
    }),
}
