import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { until } from '../../support/patience.ts'
import { clientTool, root } from '../clientTools.ts'
import { hasPrograms } from '../packages.ts'

const executablePath = '/usr/bin/firefox-esr'

/** What is used of puppeteer-core, which lies in test/clients. */
interface Puppeteer {
  launch(options: object): Promise<FirefoxBrowser>
}
interface FirefoxBrowser {
  newPage(): Promise<FirefoxPage>
  close(): Promise<void>
  process(): { pid?: number } | null
}
export interface FirefoxPage {
  on(event: 'console', listener: (message: { text(): string }) => void): void
  goto(address: string): Promise<unknown>
  $(selector: string): Promise<Element | null>
  screenshot(): Promise<Uint8Array>
  waitForSelector(selector: string, options?: object): Promise<Element | null>
  evaluate(expression: string): Promise<unknown>
  keyboard: { press(key: string): Promise<void>; type(text: string): Promise<void> }
}
interface Element {
  click(): Promise<void>
  type(text: string): Promise<void>
  uploadFile(path: string): Promise<void>
}

export interface RunningFirefox {
  browser: FirefoxBrowser
  page: FirefoxPage
  /** Where it keeps what it keeps. */
  profile: string
}

/** Without these Firefox asks its maker for updates, lists and news. */
const quiet = {
  'app.normandy.enabled': false,
  'browser.safebrowsing.update.enabled': false,
  'datareporting.healthreport.uploadEnabled': false,
  'extensions.getAddons.cache.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,',
}

/** Works in Firefox ESR, on a profile of its own; says so loudly where there is none and none can be installed. */
export async function inFirefox(
  preferences: Readonly<Record<string, unknown>>,
  work: (firefox: RunningFirefox) => Promise<void>,
): Promise<void> {
  if (!(await hasPrograms({ 'firefox-esr': executablePath }))) return
  await clientTool(['npx', 'tsc', '--version'])
  const file = join(root, 'test/clients/node_modules/puppeteer-core/lib/esm/puppeteer/puppeteer-core.js')
  const { default: puppeteer } = (await import(pathToFileURL(file).href)) as { default: Puppeteer }
  const profile = await mkdtemp(join(tmpdir(), 'sotto-firefox-'))
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    userDataDir: profile,
    extraPrefsFirefox: { ...quiet, ...preferences },
  })
  try {
    await work({ browser, page: await browser.newPage(), profile })
  } finally {
    await browser.close().catch(() => undefined)
    await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
  }
}

/** Presses, and waits for the page that comes, whether it is loaded or swapped in. */
export async function press(page: FirefoxPage, selector: string): Promise<void> {
  await page.evaluate("void (document.body.dataset.old = '')")
  await (await page.waitForSelector(selector))?.click()
  await page.waitForSelector('body:not([data-old]) main')
}

/** How often what is shown must be the same to be at rest. */
const atRest = 5

/** Waits until what is shown is another than before and rests: with scripts off a driver is told of no page that came. */
export async function untilShown(page: FirefoxPage, before: string): Promise<void> {
  let last = before
  let same = 0
  await until(async () => {
    const now = await look(page)
    same = now === last && now !== before ? same + 1 : 0
    last = now
    return same === atRest
  })
}

/** What is shown, as a word that is another for another picture. Of a page that is just being replaced there is none. */
export async function look(page: FirefoxPage): Promise<string> {
  let word = ''
  await until(async () => {
    const picture = await page.screenshot().catch(() => undefined)
    if (picture !== undefined) word = createHash('sha256').update(picture).digest('hex')
    return word !== ''
  })
  return word
}

export async function fill(page: FirefoxPage, selector: string, text: string): Promise<void> {
  await (await page.waitForSelector(selector))?.type(text)
}

export async function textOf(page: FirefoxPage, selector: string): Promise<string> {
  await page.waitForSelector(selector)
  return String(await page.evaluate(`document.querySelector(${JSON.stringify(selector)}).textContent`))
}
