import assert from 'node:assert/strict'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'

/** Somebody at the console: their page, and what the browser complained about. */
export interface Desk {
  page: Page
  complaints: string[]
}

/** Signs in, in a browser of their own. */
export async function deskOf(
  browser: Browser,
  base: string,
  token: string,
  options: BrowserContextOptions = {},
): Promise<Desk> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  context.setDefaultTimeout(30_000)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    // A browser tells of each refusal that it was answered with; the console tells the person.
    const isAnswer = /Failed to load resource: the server responded with a status of/.test(message.text())
    if (message.type() === 'error' && !isAnswer) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('request', (request) => {
    if (!request.url().startsWith(base)) complaints.push(`asks elsewhere: ${request.url()}`)
  })
  await page.goto(`${base}/console/`)
  await page.fill('input[type=password]', token)
  await page.click('[data-main]')
  await page.locator('.s-nav').waitFor()
  return { page, complaints }
}

/** Sends a report as the public does. */
export async function sendReport(base: string, report: object): Promise<string> {
  const answer = await fetch(`${base}/v1/reports`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(report),
  })
  assert.equal(answer.status, 201)
  return ((await answer.json()) as { receipt: string }).receipt
}

/** Goes to a part of the work on a report. */
export async function part(page: Page, name: string): Promise<void> {
  await page.locator('.s-tabs button', { hasText: name }).click()
}
