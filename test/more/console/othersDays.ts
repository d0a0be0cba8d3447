import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Step } from '../step.ts'
import { atConsoles, deskOf, openFirst, part } from './open.ts'

const told = 'A family that we support says that a boy of fourteen stays at the flat for days.'

export const providersDay: Step = {
  name: 'console: a provider’s day: shares in what a family said, is asked by triage, answers, and ends the contact',
  run: () =>
    atConsoles(async (browser, { base, tokens }) => {
      const { partner = '', triager = '', supervisor = '' } = await tokens()
      const provider = await deskOf(browser, base, partner)
      await provider.page.locator('.s-nav a', { hasText: 'Shared in' }).click()
      assert.equal(await provider.page.getByText('without a script').getAttribute('href'), '/partner/')
      await provider.page.getByRole('button', { name: 'Share something' }).click()
      await provider.page.selectOption('[name=category]', 'county-lines')
      await provider.page.fill('[name=narrative]', told)
      await provider.page.getByRole('button', { name: 'Look at it once more' }).click()
      await provider.page.getByRole('button', { name: 'Share it' }).click()
      await provider.page.locator('[data-submission]').waitFor()

      const officer = await deskOf(browser, base, triager)
      await officer.page.locator('[data-report]', { hasText: 'from an agency' }).waitFor()
      await openFirst(officer.page)
      await part(officer.page, 'Messages')
      await officer.page.fill('[name=message]', 'On which days is the boy there?')
      await officer.page.getByRole('button', { name: 'Hand in for approval' }).click()
      await officer.page.locator('[data-message]').waitFor()
      const chief = await deskOf(browser, base, supervisor)
      await chief.page.locator('.s-nav a', { hasText: 'Approvals' }).click()
      await chief.page.locator('[data-message]').getByRole('button', { name: 'Approve and send' }).click()
      await chief.page.getByText('Nothing waits.').waitFor()

      await provider.page.locator('[data-submission]').click()
      await provider.page.getByText('On which days is the boy there?').waitFor()
      await provider.page.getByLabel('Add something, or answer').fill('From Friday to Sunday, mostly.')
      await provider.page.getByRole('button', { name: 'Send', exact: true }).click()
      await provider.page.locator('.s-talk__one', { hasText: 'From Friday' }).waitFor()
      await part(officer.page, 'Notes')
      await part(officer.page, 'Messages')
      await officer.page.locator('[data-message]', { hasText: 'From Friday' }).waitFor()
      await provider.page.locator('summary', { hasText: 'End contact' }).click()
      await provider.page.getByRole('button', { name: 'End contact' }).click()
      await provider.page.getByRole('button', { name: 'Share something' }).waitFor()
      for (const { complaints } of [provider, officer, chief]) assert.deepEqual(complaints, [])
    }),
}

export const adminsDay: Step = {
  name: 'console: an admin’s day: a webhook is added, its secret shown once, rung, its deliveries seen, paused and removed',
  async run() {
    const rung: string[] = []
    const receiver = createServer((request, response) => {
      request.on('data', (bytes) => rung.push(String(bytes)))
      request.on('end', () => response.writeHead(204).end())
    }).listen(0, '127.0.0.1')
    await once(receiver, 'listening')
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`
    try {
      await atConsoles(
        async (browser, { base, tokens }) => {
          const { admin = '' } = await tokens()
          const { page, complaints } = await deskOf(browser, base, admin)
          await page.locator('.s-nav a', { hasText: 'Webhooks' }).click()
          await page.fill('[name=url]', url)
          await page.getByRole('button', { name: 'Add a webhook' }).click()
          await page.locator('[data-secret]', { hasText: 'whsec_' }).waitFor()
          await page.getByRole('button', { name: 'I have it' }).click()
          assert.equal(await page.getByText('whsec_').count(), 0, 'shown once')
          await page.getByRole('button', { name: 'Send a test' }).click()
          const delivered = page.locator('tr', { hasText: 'Ping' }).filter({ hasText: 'Delivered' })
          for (let tries = 0; tries < 60 && (await delivered.count()) === 0; tries++) {
            await page.getByRole('button', { name: 'Refresh' }).click()
            await page.waitForTimeout(500)
          }
          await delivered.waitFor()
          assert.equal(rung.length, 1)
          await page.getByRole('button', { name: 'Pause' }).click()
          await page.getByText('Paused').waitFor()
          await page.locator('summary', { hasText: 'Remove' }).click()
          await page.getByRole('button', { name: 'Remove it' }).click()
          await page.getByText('None yet.').waitFor()
          await page.locator('.s-nav a', { hasText: 'Staff' }).click()
          await page.getByText('The supervisor').waitFor()
          assert.deepEqual(complaints, [])
        },
        { WEBHOOK_ALLOW: '127.0.0.1/32' },
      )
    } finally {
      receiver.close()
    }
  },
}
