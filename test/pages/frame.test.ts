import { readFileSync } from 'node:fs'
import { compile } from 'sass'
import { loadConfig } from '../../src/config.ts'
import { govuk, sources } from '../../src/pages/frame/sources.ts'
import { parseSite } from '../../src/pages/site.ts'
import { knownLanguages } from '../../src/pages/texts/texts.ts'
import { holdings } from '../../src/vocabulary/holdings.ts'
import { mailboxDays } from '../../src/vocabulary/periods.ts'
import { startTestService } from '../support/service.ts'
import { t } from '../support/suite.ts'
import { open } from './browse.ts'

const service = await startTestService(t)
const paths = ['/', '/report', '/signs', '/privacy', '/accessibility']

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

type Words = Record<string, unknown>

/** Every place that has words, with what must be filled into them. */
function placesOf(value: unknown, path: string, into: Map<string, string>): Map<string, string> {
  if (typeof value === 'string') {
    into.set(
      path,
      [...value.matchAll(/\{\w+\}/g)]
        .map(([name]) => name)
        .sort()
        .join(),
    )
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, part] of Object.entries(value))
      placesOf(part, path === '' ? name : `${path}.${name}`, into)
  }
  return into
}

t.test('every language has every text, and fills in the same', async (t) => {
  const textsIn = (language: string): Words =>
    JSON.parse(readFileSync(`${sources}texts/${language}.json`, 'utf8'))
  const english = placesOf(textsIn('en'), '', new Map())
  for (const language of knownLanguages().filter((one) => one !== 'en')) {
    t.strictSame(placesOf(textsIn(language), '', new Map()), english, language)
  }
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
