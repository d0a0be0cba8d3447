import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { clientTool, root } from './clientTools.ts'
import { hasPrograms } from './packages.ts'

const chromium = '/usr/bin/chromium'
/** Without these Chromium looks for hosts of its maker. */
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export interface Tab {
  /** The value of an expression in the page; of a promise what it resolves to. */
  run(expression: string): Promise<unknown>
  fill(selector: string, text: string): Promise<void>
  choose(selector: string, value: string): Promise<void>
  click(selector: string): Promise<void>
  /** The text of an element, once it is shown. */
  shown(selector: string): Promise<string>
  /** What the page or the browser complained about: errors, and what a policy forbade. */
  complaints(): string[]
}

/**
 * Serves these files from an origin of their own, opens index.html in Chromium and works on it. Undefined, after a line
 * that says so, where there is no Chromium and none can be installed.
 */
export async function inBrowser<T>(
  files: Record<string, string | Buffer>,
  work: (tab: Tab) => Promise<T>,
): Promise<T | undefined> {
  if (!(await hasPrograms({ chromium }))) return undefined
  const server = await serve(files)
  const { chromium: engine } = await playwright()
  const browser = await engine.launch({ executablePath: chromium, args: quiet })
  try {
    const page = await browser.newPage()
    const complaints: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(String(error)))
    await page.goto(server.address)
    return await work({
      run: (expression) => page.evaluate(expression),
      fill: (selector, text) => page.fill(selector, text),
      choose: async (selector, value) => void (await page.selectOption(selector, value)),
      click: (selector) => page.click(selector),
      async shown(selector) {
        await page.waitForSelector(selector, { state: 'visible', timeout: 60_000 })
        return (await page.textContent(selector)) ?? ''
      },
      complaints: () => complaints,
    })
  } finally {
    await browser.close()
    server.close()
  }
}

/** What is used of playwright-core, which lies in test/clients. */
interface Playwright {
  chromium: { launch(options: object): Promise<Browser> }
}
interface Browser {
  newPage(): Promise<Page>
  close(): Promise<void>
}
interface Page {
  on(event: 'console', listener: (message: { type(): string; text(): string }) => void): void
  on(event: 'pageerror', listener: (error: Error) => void): void
  goto(address: string): Promise<unknown>
  evaluate(expression: string): Promise<unknown>
  fill(selector: string, text: string): Promise<void>
  selectOption(selector: string, value: string): Promise<string[]>
  click(selector: string): Promise<void>
  waitForSelector(selector: string, options: object): Promise<unknown>
  textContent(selector: string): Promise<string | null>
}

async function playwright(): Promise<Playwright> {
  await clientTool(['npx', 'tsc', '--version'])
  const file = join(root, 'test/clients/node_modules/playwright-core/index.mjs')
  return (await import(pathToFileURL(file).href)) as Playwright
}

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }

async function serve(files: Record<string, string | Buffer>) {
  const server = createServer((request, response) => {
    const name = request.url === '/' ? 'index.html' : (request.url ?? '').slice(1)
    const file = files[name]
    if (file === undefined) return void response.writeHead(name === 'favicon.ico' ? 204 : 404).end()
    response.writeHead(200, { 'content-type': types[extname(name)] ?? 'application/octet-stream' }).end(file)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}
