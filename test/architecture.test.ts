import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { t } from './support/suite.ts'

/**
 * The rooms of the house, from the ground up (docs/architecture.md). Each may use those that stand above it here, and none
 * below: so there is no cycle. `uses` narrows that, where a room must know less.
 */
const rooms: readonly { name: string; uses?: readonly string[] }[] = [
  // What everybody speaks of, and what knows nobody.
  { name: 'vocabulary', uses: [] },
  { name: 'crypto', uses: [] },
  { name: 'embedded', uses: [] },
  { name: 'plainText.ts', uses: [] },
  { name: 'scope.ts', uses: [] },
  // The package for front ends: the demonstration uses it as they do.
  { name: 'client', uses: [] },
  { name: 'concurrency', uses: ['vocabulary'] },
  { name: 'log.ts', uses: ['plainText.ts'] },
  { name: 'schemas', uses: ['vocabulary'] },
  { name: 'storage', uses: ['crypto', 'vocabulary'] },
  { name: 'images', uses: ['concurrency', 'vocabulary'] },
  { name: 'auth', uses: ['crypto', 'storage', 'vocabulary', 'log.ts'] },

  // What the work needs: rules and texts, seals, the trail, calls.
  { name: 'domain/routing' },
  { name: 'domain/signposts' },
  { name: 'domain/text' },
  { name: 'domain/challenge' },
  { name: 'domain/envelope' },
  { name: 'domain/calls' },
  { name: 'domain/staff' },
  { name: 'domain/audit' },
  { name: 'domain/acts' },

  // The work: a report comes in, is mixed, read, found, shared, told of, counted and destroyed.
  { name: 'domain/intake' },
  { name: 'domain/mailbox' },
  { name: 'domain/mixing' },
  { name: 'domain/search' },
  { name: 'domain/events' },
  { name: 'domain/webhooks' },
  { name: 'domain/statistics' },
  { name: 'domain/triage' },
  { name: 'domain/export' },
  { name: 'domain/links' },
  { name: 'domain/sharing' },
  { name: 'domain/retention' },
  { name: 'domain/submissions' },

  // Who asks for it: by HTTP, by the clock, at the command line.
  { name: 'plugins' },
  { name: 'routes' },
  { name: 'pages' },
  { name: 'console', uses: ['vocabulary', 'scope.ts'] },
  { name: 'settings.ts', uses: ['auth'] },
  { name: 'config.ts' },
  { name: 'hardening.ts' },
  { name: 'app.ts' },
  { name: 'jobs' },
  { name: 'start' },
  { name: 'cli' },
  { name: 'main.ts' },
]

/** Only storage knows SQL, so nothing that knows HTTP reaches it. */
const bars: readonly (readonly [from: string, to: string])[] = [
  ['plugins', 'storage'],
  ['routes', 'storage'],
  ['pages', 'storage'],
  ['pages', 'routes'],
  ['app.ts', 'storage'],
]

const src = fileURLToPath(new URL('../../src/', import.meta.url))
const imported = /(?:from|import)\s*\(?\s*'(\.[^']+)'/g

function roomOf(file: string): string {
  const [first = '', second = '', ...rest] = file.split('/')
  if (first === '..') return second
  return first === 'domain' && rest.length > 0 ? `${first}/${second}` : first
}

function imports(): { from: string; to: string; file: string }[] {
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
  return files.flatMap((file) =>
    [...readFileSync(join(src, file), 'utf8').matchAll(imported)].flatMap(([, path = '']) => {
      const [from, to] = [roomOf(file), roomOf(normalize(join(dirname(file), path)))]
      return from === to ? [] : [{ from, to, file }]
    }),
  )
}

t.test('every room uses only those above it, by value or by type', async (t) => {
  const names = rooms.map(({ name }) => name)
  const wrong = imports().filter(({ from, to }) => {
    const uses = rooms.find(({ name }) => name === from)?.uses ?? names.slice(0, names.indexOf(from))
    return !uses.includes(to) || bars.some(([one, other]) => one === from && other === to)
  })
  t.strictSame(
    wrong.map(({ file, to }) => `${file} uses ${to}`),
    [],
  )
})

t.test('who may do what stands in one table: nobody else compares a role', async (t) => {
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
  const compares = /\brole\s*[!=]==\s*'|\.includes\((?:\w+\.)*role\)/
  const known = ['vocabulary/', 'auth/', 'config', 'start/', 'cli/', 'main']
  t.strictSame(
    files.filter(
      (file) =>
        !known.some((one) => file.startsWith(one)) && compares.test(readFileSync(join(src, file), 'utf8')),
    ),
    [],
  )
})

t.test('config.ts alone reads the environment', async (t) => {
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
  t.strictSame(
    files.filter((file) => readFileSync(join(src, file), 'utf8').includes('process.env')),
    ['config.ts'],
  )
})

t.test('every room stands in the plan', async (t) => {
  const found = new Set(imports().flatMap(({ from, to }) => [from, to]))
  t.strictSame(
    [...found].filter((room) => !rooms.some(({ name }) => name === room)),
    [],
  )
})
t.test('every file that the plan, the glossary and the recipes name is there', async (t) => {
  const top = join(src, '..')
  const named = ['docs/architecture.md', 'docs/glossary.md', 'CONTRIBUTING.md'].flatMap((page) =>
    [...readFileSync(join(top, page), 'utf8').matchAll(/`((?:src\/)?(?:[\w-]+\/)+[\w.-]+\.ts)`/g)].map(
      ([, file = '']) => file,
    ),
  )
  t.ok(named.length > 60)
  t.strictSame(
    named.filter((file) => !existsSync(join(top, file)) && !existsSync(join(src, file))),
    [],
  )
})

t.test('no key of a sealed object is made, opened or wrapped outside the envelope', async (t) => {
  const makes = /\b(newDataKey|newBatch|(seal|open)(BatchKey|Body)|(un)?wrapDataKey)\(/
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
  const found = files.filter((file) => makes.test(readFileSync(join(src, file), 'utf8')))
  t.ok(found.includes('domain/envelope/seal.ts'))
  t.strictSame(
    found.filter((file) => file !== 'crypto/seal.ts' && !file.startsWith('domain/envelope/')),
    [],
  )
})

t.end()
