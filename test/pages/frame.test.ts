import { readFileSync, writeFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import fastify from 'fastify'
import { compile } from 'sass'
import { loadConfig } from '../../src/config.ts'
import { serveAssets } from '../../src/pages/assets/assets.ts'
import { govuk, sources } from '../../src/pages/assets/sources.ts'
import { renderer } from '../../src/pages/frame/render.ts'
import { typedField } from '../../src/pages/mailbox/mailboxView.ts'
import { parseSite } from '../../src/pages/site.ts'
import { differences, knownLanguages, textsOf } from '../../src/pages/texts/texts.ts'
import type { Scope } from '../../src/scope.ts'
import { holdings } from '../../src/vocabulary/holdings.ts'
import { mailboxDays } from '../../src/vocabulary/periods.ts'
import { startTestService } from '../support/service.ts'
import { t } from '../support/suite.ts'
import { open } from './browse.ts'

const service = await startTestService(t)
const paths = ['/', '/report', '/signs', '/privacy', '/accessibility']

t.test('what somebody typed is shown by one filter, on every page', async (t) => {
  const templates = (await readdir(sources, { recursive: true })).filter((name) => name.endsWith('.njk'))
  let shown = 0
  for (const name of templates) {
    for (const [, inside = ''] of readFileSync(join(sources, name), 'utf8').matchAll(
      /s-typed[^>]*>(.*?)<\/div>/gs,
    )) {
      for (const [whole] of inside.matchAll(/\{\{.*?\}\}/g)) {
        shown += 1
        t.match(whole, /\| typed \}\}$/, name)
      }
    }
  }
  t.ok(shown >= 4, `${shown} places`)
})

t.test(
  'every fixed page has one length, in each language, and the headers that keep it to itself',
  async (t) => {
    for (const path of paths.flatMap((one) => [one, `/cy${one}`])) {
      const { status, bytes, headers, html } = await open(service, path)
      t.equal(status, 200, path)
      t.equal(bytes, 64 * 1024, path)
      t.equal(headers['content-length'], String(64 * 1024), path)
      t.equal(headers['cache-control'], 'no-store, no-transform')
      t.equal(headers['referrer-policy'], 'no-referrer')
      t.match(headers['content-security-policy'], /^default-src 'none';/)
      t.notMatch(headers['content-security-policy'], /unsafe|http/)
      t.equal(headers['content-encoding'], undefined)
      t.equal(headers['set-cookie'], undefined)
      t.match(html, 'href="/exit"', 'can be left at once')
      t.match(html, path.startsWith('/cy') ? '<html lang="cy"' : '<html lang="en"')
      t.notMatch(html, /<script(?![^>]*src="\/assets\/)|style="|crown|GOV\.UK/i)
    }
  },
)

t.test('what another site has a browser send is not taken', async (t) => {
  const url = ['/report', '/report/send', '/mailbox'].flatMap((path) => [path, `/cy${path}`])
  const sent = async (path: string, headers: Record<string, string>) => {
    const form = { 'content-type': 'application/x-www-form-urlencoded', ...headers }
    const payload = 'category=environmental-crime&key=theirs'
    return service.app.inject({ method: 'POST', url: path, payload, headers: form })
  }
  for (const path of url) {
    for (const headers of [
      { 'sec-fetch-site': 'cross-site', origin: 'null' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://elsewhere.example' },
    ] as const) {
      const { statusCode, body } = await sent(path, headers)
      t.equal(statusCode, 400, path)
      t.match(body, /<h1[^>]*>(This did not work|Ni weithiodd hyn)</, path)
    }
  }
  for (const headers of [{ 'sec-fetch-site': 'same-origin' }, { origin: 'null' }, {}] as const)
    t.equal((await sent('/report', headers)).statusCode, 200)
})

t.test('the exit leads away, and has the browser forget', async (t) => {
  const { status, headers } = await open(service, '/exit')
  t.equal(status, 303)
  t.match(headers.location, /^https:\/\//)
  t.equal(headers['clear-site-data'], '"cache"')
})

t.test('assets are kept for ever, compressed, and small', async (t) => {
  const { html } = await open(service, '/')
  const names = [...html.matchAll(/"(\/assets\/[^"]+)"/g)].map(([, name = '']) => name)
  t.equal(new Set(names).size, 3)
  let bytes = 0
  for (const url of names) {
    const answer = await service.app.inject({ url, headers: { 'accept-encoding': 'gzip, br' } })
    t.equal(answer.statusCode, 200, url)
    t.match(answer.headers['cache-control'], 'immutable')
    t.equal(answer.headers['content-encoding'], 'br')
    bytes += answer.rawPayload.length
  }
  t.ok(bytes < 60_000, `${bytes}`)
  // Nothing else is waited for before the page is seen: one style, which asks for nothing more, and no script.
  t.equal(html.match(/<link [^>]*rel="stylesheet"/g)?.length, 1)
  t.notMatch(html, /<script(?![^>]* defer>)/)
  const style = await open(service, /href="([^"]+)"/.exec(html.slice(html.indexOf('stylesheet')))?.[1] ?? '')
  t.equal(style.status, 200)
  t.notMatch(style.html, /@import|@font-face|url\(/)
  t.equal((await open(service, '/assets/style.css')).status, 404)
})

t.test('the style is built ahead, from what it says', async (t) => {
  const { css } = compile(`${sources}style/style.scss`, {
    loadPaths: [govuk],
    style: 'compressed',
    quietDeps: true,
  })
  t.equal(css.trim(), readFileSync(`${sources}assets/style.css`, 'utf8').trim(), 'npm run style')
})

const textsIn = (language: string): Record<string, unknown> =>
  JSON.parse(readFileSync(`${sources}texts/${language}.json`, 'utf8'))

t.test('every language has every text, and fills in the same', async (t) => {
  for (const language of knownLanguages())
    t.strictSame(differences(textsIn('en'), textsIn(language)), [], language)
})

t.test(
  'a third language is only a file: its words are all that a page says, and what it lacks is named',
  async (t) => {
    const folder = t.testdir()
    const strange = (value: unknown): unknown =>
      typeof value === 'string'
        ? `⟦${value}⟧`
        : Array.isArray(value)
          ? value.map(strange)
          : Object.fromEntries(Object.entries(value as object).map(([name, part]) => [name, strange(part)]))
    const file = join(folder, 'ur.json')
    writeFileSync(file, JSON.stringify(strange(textsIn('en'))))
    writeFileSync(join(folder, 'en.json'), JSON.stringify(textsIn('en')))
    const languages = knownLanguages(folder)
    t.strictSame(languages, ['en', 'ur'])

    const site = parseSite(JSON.stringify({ languages }), languages)
    const app: Scope = fastify()
    t.teardown(() => app.close())
    const texts = new Map(languages.map((one) => [one, textsOf(one, {}, folder)]))
    const render = await renderer(app, site, serveAssets(app, site), texts)
    for (const page of [
      'start/start.njk',
      'accessibility/accessibility.njk',
      'mailbox/open.njk',
      'mailbox/ended.njk',
    ]) {
      const html = await render(page, 'ur', {
        switchTo: '/',
        receipt: typedField(texts.get('ur') ?? {}, 'receipt'),
      })
      t.match(html, '<html lang="ur" dir="rtl"')
      t.match(html, 'href="/ur/privacy"')
      const words = html.replace(/<head.*?<\/head>/s, '').replace(/<[^>]+>/g, ' ')
      t.equal(words.replaceAll(/⟦[^⟧]*⟧|English/g, '').trim(), '', page)
    }

    writeFileSync(file, JSON.stringify({ ...textsIn('en'), start: { title: 'x' } }))
    t.throws(() => textsOf('ur', {}, folder), { message: 'texts/ur.json lacks start.lead' })
  },
)

t.test('people who ask for a page that there is not get a page, and programs a problem', async (t) => {
  const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'
  const ask = (url: string, accept: string, method: 'GET' | 'POST' | 'PUT' = 'GET') =>
    service.app.inject({ method, url, headers: { accept } })
  for (const url of ['/nowhere', '/cy/nowhere', '/report/send', '/signs/1', '/docs/nowhere', '/%zz']) {
    const answer = await ask(url, browser)
    t.equal(answer.statusCode, url === '/report/send' ? 405 : url === '/%zz' ? 400 : 404, url)
    t.match(answer.headers['content-type'], 'text/html')
    t.equal(answer.rawPayload.length, 64 * 1024)
    t.match(answer.headers['content-security-policy'], /^default-src 'none'; style-src 'self'/)
    t.equal(answer.headers['cache-control'], 'no-store, no-transform')
    t.match(answer.body, url.startsWith('/cy') ? 'href="/cy/"' : 'href="/"')
    t.match(answer.body, '999')
    t.notMatch(answer.body, 'nowhere')
  }
  t.match((await ask('/report', browser, 'PUT')).headers, { allow: 'GET, HEAD, OPTIONS, POST' })
  for (const [url, accept] of [
    ['/nowhere', '*/*'],
    ['/nowhere', 'application/json'],
    ['/v1/nowhere', browser],
    ['/v1', browser],
  ] as const) {
    const answer = await ask(url, accept)
    t.match(answer.headers['content-type'], 'application/problem+json', `${url} ${accept}`)
    t.equal(answer.json().code, 'not-found')
  }
})

t.test('where there is an onion service, every page tells of its start, and never of itself', async (t) => {
  const onion = `http://${'a2'.repeat(28)}.onion`
  const file = join(t.testdir(), 'site.json')
  writeFileSync(file, JSON.stringify({ onion, languages: ['cy'] }))
  const other = await startTestService(t, { environment: { SITE_FILE: file } })
  for (const url of [...paths.map((one) => `/cy${one}`), '/', '/exit'])
    t.equal((await open(other, url)).headers['onion-location'], `${onion}/`, url)
  t.equal((await open(other, '/v1/categories')).headers['onion-location'], undefined)
  t.match(
    await open(other, '/'),
    { status: 303, headers: { location: '/cy/' } },
    'where English is not offered',
  )
  t.equal((await open(service, '/')).headers['onion-location'], undefined, 'and where there is none, of none')
})

t.test(
  'a site says its own name, and a wrong file of it stops the start with its place and rule',
  async (t) => {
    const languages = knownLanguages()
    t.match(parseSite('{"name":"Say it","languages":["cy","en"],"exit":"https://example.org/"}', languages), {
      name: 'Say it',
      exit: 'https://example.org/',
      languages: ['cy', 'en'],
    })
    for (const [text, message] of [
      ['{', /^must be valid JSON$/],
      ['{"nome":"x"}', /additional/],
      ['{"exit":"http://example.org"}', /^\/exit /],
      ['{"languages":["xx"]}', /^\/languages/],
      ['{"colours":{"main":"#ffff00"}}', /^\/colours\/main .*contrast/],
    ] as const) {
      t.throws(() => parseSite(text, languages), { message })
    }
    t.throws(() => loadConfig({ PAGES: 'yes' }), { message: 'PAGES must be one of on, off' })
  },
)

t.test('what the privacy page says is held agrees with the threat model, and with what is set', async (t) => {
  const model = readFileSync(new URL('../../../docs/threat-model.md', import.meta.url), 'utf8')
  const [, learns = '', lacks = ''] = /^\| \*\*database\*\*[^|]*\|([^|]*)\|([^|]*)\|/m.exec(model) ?? []
  for (const { name, database } of holdings) {
    if ('learns' in database) t.match(learns, new RegExp(`\\b${database.learns}\\b`), name)
    else t.match(lacks, new RegExp(`\\b${database.lacks}\\b`), name)
  }
  for (const path of ['/privacy', '/cy/privacy']) {
    const { html } = await open(service, path)
    t.equal(html.match(/<th scope="row"/g)?.length, holdings.length)
    t.match(html, /365 d/)
    t.match(html, `${mailboxDays} d`)
  }
})

t.test('with PAGES=off there are none', async (t) => {
  const other = await startTestService(t, { environment: { PAGES: 'off' } })
  for (const path of ['/report', '/signs', '/cy/', '/exit'])
    t.equal((await open(other, path)).status, 404, path)
  const front = await fetch(`${other.base}/`, { redirect: 'manual' })
  t.equal(front.status, 303)
  t.equal(front.headers.get('location'), '/docs/', 'the front leads to the API')
  const read = await fetch(`${other.base}/`)
  t.equal(read.status, 200)
  t.match(read.headers.get('content-type'), 'text/html')
  await read.arrayBuffer()
})

t.end()
