import assert from 'node:assert/strict'
import pg from 'pg'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { urlOf } from '../../../src/embedded/connection.ts'
import { foldersOf, socketFolderOf } from '../../../src/embedded/folders.ts'
import { inChromium } from '../pages/chromium.ts'
import { type RunningService, withService } from '../runningService.ts'

/** Somebody at the console: their page, and what the browser complained about. */
export interface Desk {
  page: Page
  complaints: string[]
}

/** Works at consoles of a service of its own. Where that fails, what they told is told with it. */
export async function atConsoles(
  work: (browser: Browser, service: RunningService) => Promise<void>,
  settings: Record<string, string> = {},
): Promise<void> {
  await inChromium((browser) =>
    withService(async (service) => {
      try {
        await work(browser, service)
      } catch (error) {
        const told = browser.contexts().flatMap((context) => context.pages().map(lastWords))
        throw new Error(`${(error as Error).message}\n${(await Promise.all(told)).join('\n')}`, {
          cause: error,
        })
      }
    }, settings),
  )
}

async function lastWords(page: Page): Promise<string> {
  const text = await page.locator('.s-problem, .s-clash, .s-why, .s-nothing, h1, h2').allInnerTexts()
  return `  ${page.url()}: ${text.join(' | ').slice(0, 1_500)}`
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

/** Changes the service's database behind its back: what nobody can do from outside. */
export async function inDatabase(
  dataDir: string,
  work: (client: pg.Client) => Promise<unknown>,
): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(socketFolderOf(await foldersOf(dataDir))) })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
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

/** Opens the first report of the inbox. */
export async function openFirst(page: Page): Promise<void> {
  await page.locator('[data-report] a').first().click()
  await page.locator('.s-raw .s-text').first().waitFor()
}
