import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { open, overHttp, type Page, post, press } from '../test/pages/browse.ts'
import { median, percentile } from './percentile.ts'
import { processorTime } from './processorTime.ts'
import { type Server, startServer } from './servers.ts'
import { print, printTable } from './table.ts'

/**
 * What the pages for the public cost: processor time of the service a page, first paint in Chromium, and bytes of style,
 * script and icon. Words: how often each is asked for (200).
 */
const times = Number(process.argv[2] ?? 200)
const executablePath = '/usr/bin/chromium'
const narrative = 'Every night at ten a white van comes to the yard and drums are carried in. '.repeat(12)
const risky =
  'I live opposite, and only I know that my brother keeps drums of acid in the yard. Call me on 07700 900123.'

const folder = await mkdtemp(join(tmpdir(), 'sotto-pages-'))
const service = await startServer('src/main.js', {
  DATA_DIR: folder,
  PORT: '0',
  RATE_LIMIT: '0',
  CHALLENGE: 'off',
  LOG_LEVEL: 'warn',
})
try {
  await measureProcessor(service)
  await measureBytes(service)
  await measurePaint(service)
} finally {
  await service.stop()
  await rm(folder, { recursive: true, force: true })
}

/** Each page, asked for by itself, one after the other. */
async function measureProcessor({ url, pid }: Server): Promise<void> {
  const site = overHttp(url)
  const form = await press(site, await open(site, '/report'), { category: 'environmental-crime' })
  const filled = { narrative, 'places.0.address': 'The yard', 'entities.0.kind': 'person' }
  const check = await press(site, form, filled)
  const receipt = /id="receipt"[^>]*>(.*?)<\/p>/s.exec((await press(site, check)).html)?.[1] ?? ''
  const mailbox = receipt.replace(/<[^>]+>|\s/g, '')
  const asked: [string, () => Promise<Page>][] = [
    ['start', () => open(site, '/')],
    ['signs', () => open(site, '/signs')],
    ['no such page', () => open(site, '/nowhere')],
    ['form, empty', () => post(site, '/report', [['category', 'environmental-crime']])],
    ['form, one more vehicle', () => press(site, form, filled, 'add=vehicle')],
    ['form, all filled in', () => press(site, form, everything(form), 'add=vehicle')],
    ['form, with an error', () => press(site, form, { narrative: 'x' })],
    ['form, all filled in wrongly', () => press(site, form, everything(form))],
    ['check', () => press(site, form, filled)],
    ['check, with warnings', () => press(site, form, { ...filled, narrative: risky })],
    ['sent', () => press(site, check, { key: newKey(check) })],
    ['mailbox', () => post(site, '/mailbox', [['receipt', mailbox]])],
  ]
  const rows: string[][] = []
  for (const [name, ask] of asked) {
    for (let at = 0; at < times / 4; at++) await ask()
    const before = await processorTime([pid])
    for (let at = 0; at < times; at++) await ask()
    const used = (await processorTime([pid])) - before
    rows.push([name, ((used / times) * 1_000).toFixed(1)])
  }
  printTable(['page', 'ms of processor'], rows)
}

/** Something in each field that is typed into, and each choice made. */
function everything({ html }: Page): Record<string, string | string[]> {
  const tags = [...html.matchAll(/<(?:input|textarea)\b[^>]*>/g)].map(([tag]) => tag)
  const values = new Map<string, string | string[]>()
  for (const tag of tags) {
    const [name = '', type = 'text', value = ''] = ['name', 'type', 'value'].map(
      (one) => new RegExp(` ${one}="([^"]*)"`).exec(tag)?.[1],
    )
    if (name === '' || type === 'hidden') continue
    if (type === 'checkbox') values.set(name, [values.get(name) ?? [], value].flat())
    else if (type === 'radio') values.set(name, value)
    else values.set(name, 'A yard & "more" <of it>')
  }
  return { ...Object.fromEntries(values), narrative }
}

/** The key of a page, with another random part: each is another report. */
function newKey({ html }: Page): string {
  const key = /name="key" value="([^"]+)"/.exec(html)?.[1] ?? ''
  return key.slice(0, -16) + randomBytes(12).toString('base64url')
}

async function measureBytes({ url }: Server): Promise<void> {
  const html = await (await fetch(url)).text()
  const names = new Set([...html.matchAll(/"(\/assets\/[^"]+)"/g)].map(([, name = '']) => name))
  let all = 0
  const rows: string[][] = []
  for (const name of names) {
    const answer = await fetch(new URL(name, url), { headers: { 'accept-encoding': 'gzip' } })
    const bytes = Number(answer.headers.get('content-length'))
    await answer.arrayBuffer()
    all += bytes
    rows.push([name.replace(/\.[0-9a-f]{16}/, ''), String(bytes)])
  }
  print()
  printTable(['over the wire, gzip', 'bytes'], [...rows, ['together', String(all)]])
}

/** A new context each time: nothing is in a cache. */
async function measurePaint({ url }: Server): Promise<void> {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  const rows: string[][] = []
  for (const path of ['/', '/report', '/signs', '/mailbox']) {
    const painted: number[] = []
    for (let at = 0; at < 12; at++) {
      const context = await browser.newContext()
      const page = await context.newPage()
      await page.goto(new URL(path, url).href, { waitUntil: 'load' })
      const time = await page.evaluate(
        `new Promise((resolve) => new PerformanceObserver((list) => list.getEntriesByName('first-contentful-paint').forEach((one) => resolve(one.startTime))).observe({ type: 'paint', buffered: true }))`,
      )
      painted.push(Number(time))
      await context.close()
    }
    // The first one starts the browser's own parts.
    const rest = painted.slice(1)
    rows.push([path, median(rest).toFixed(0), percentile(rest, 1).toFixed(0)])
  }
  await browser.close()
  print()
  printTable(['first paint, ms', 'median', 'most'], rows)
}
