import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { t } from './support/suite.ts'

interface Room {
  name: string
  uses: (other: string) => boolean
}

const page = readFileSync(fileURLToPath(new URL('../../docs/architecture.md', import.meta.url)), 'utf8')
/** The rooms of the house, from the ground up, as docs/architecture.md lists them: so there is no cycle. */
const rooms = roomsOf(page)

function roomsOf(text: string): Room[] {
  const [, table = ''] = /\| rooms, from the ground up .*\n\|[-|]+\n((?:\|.*\n)+)/.exec(text) ?? []
  const rows = table.split('\n').map((row) => row.split('|').map((cell) => cell.trim()))
  const names = rows.flatMap(([, rooms = '']) => namesIn(rooms))
  return rows.flatMap(([, rooms = '', uses = '']) => {
    const named = namesIn(uses)
    if (!/^(nothing|all|all but (`[^`]+`,? ?)+|(`[^`]+`,? ?)+|)$/.test(uses))
      throw new Error(`what is: ${uses}`)
    return namesIn(rooms).map((name) => {
      const above = names.slice(0, names.indexOf(name))
      const may = (other: string) => (uses.startsWith('all') ? !named.includes(other) : named.includes(other))
      return { name, uses: (other) => above.includes(other) && may(other) }
    })
  })
}

/** `a/`, `b.ts` and `c/{d,e}/` as their names. */
function namesIn(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].flatMap(([, name = '']) => {
    const [, before = '', several = ''] = /^(.*)\{(.*)\}\/$/.exec(name) ?? []
    if (several !== '') return several.split(',').map((one) => before + one)
    return name.replace(/\/$/, '')
  })
}

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
  t.ok(rooms.length > 40)
  const wrong = imports().filter(({ from, to }) => !rooms.find(({ name }) => name === from)?.uses(to))
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

t.test('no files import each other in a circle, by value or by type', async (t) => {
  for (const folder of ['../../src/', '../../console/']) {
    const top = fileURLToPath(new URL(folder, import.meta.url))
    t.strictSame([...inCircle(usesIn(top))], [], folder)
  }
})

t.test('no folders beside each other use one another in a circle, by value or by type', async (t) => {
  for (const folder of ['../../src/', '../../console/', '../../bench/']) {
    const top = fileURLToPath(new URL(folder, import.meta.url))
    t.strictSame([...inCircle(betweenFolders(usesIn(top)))], [], folder)
  }
})

/** Which files each file under here imports. */
function usesIn(top: string): Map<string, string[]> {
  const files = readdirSync(top, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name))
  return new Map(
    files.map((file) => [
      file,
      [...readFileSync(join(top, file), 'utf8').matchAll(imported)].map(([, path = '']) =>
        normalize(join(dirname(file), path)),
      ),
    ]),
  )
}

/** What the files use, as the folders in which their paths part: a file beside a folder is no folder. */
function betweenFolders(uses: ReadonlyMap<string, readonly string[]>): Map<string, string[]> {
  const folders = new Map<string, string[]>()
  for (const [file, others] of uses) {
    for (const other of others) {
      const [from, to] = [file.split('/'), other.split('/')]
      const depth = from.findIndex((name, at) => name !== to[at]) + 1
      if (depth === from.length || depth === to.length) continue
      const parted = from.slice(0, depth).join('/')
      folders.set(parted, [...(folders.get(parted) ?? []), to.slice(0, depth).join('/')])
    }
  }
  return folders
}

/** Those that are left when those are taken away, again and again, that use none of the rest. */
function inCircle(uses: ReadonlyMap<string, readonly string[]>): Iterable<string> {
  const left = new Map(uses)
  for (let before = 0; before !== left.size; ) {
    before = left.size
    for (const [one, others] of left) if (!others.some((other) => left.has(other))) left.delete(one)
  }
  return left.keys()
}

/** All that a file loads, by value. */
function loadedBy(file: string, known = new Set<string>()): Set<string> {
  if (known.has(file) || !existsSync(file)) return known
  known.add(file)
  const text = readFileSync(file, 'utf8').replaceAll(/import type [^']*'[^']*'/g, '')
  for (const [, path = ''] of text.matchAll(imported)) loadedBy(normalize(join(dirname(file), path)), known)
  return known
}

// It would end them all after its own half a minute.
t.test('what runs beside the tests loads no test runner', async (t) => {
  const test = join(src, '../test')
  for (const program of ['more/run.ts', 'drills/run.ts']) {
    const loaded = loadedBy(join(test, program))
    t.ok(loaded.size > 20, `${program} loads ${loaded.size} files`)
    t.notOk(loaded.has(join(test, 'support/tap.ts')), program)
  }
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

const pageOf = (name: string) => readFileSync(join(src, '../docs', name), 'utf8')
const testFile = (name: string) => join(src, '../test', `${name}.test.ts`)

t.test('each adversary has what they can and cannot do, and tests that are there', async (t) => {
  const lines = pageOf('threat-model.md').match(/^\| \*\*.*\| .*`\w+\/\w+`.*\|$/gm) ?? []
  const adversaries = lines.map((line) => line.split(/(?<!\\)\|/).slice(1, -1))
  t.ok(adversaries.length >= 10, `${adversaries.length} adversaries`)
  for (const cells of adversaries) {
    const [who = '', can = '', cannot = '', shown = ''] = cells.map((cell) => cell.trim())
    t.ok(cells.length === 4 && can.length > 20 && cannot.length > 20, who)
    const tests = [...shown.matchAll(/`([\w/]+)`/g)].map(([, name = '']) => name)
    t.ok(tests.length > 0, who)
    t.strictSame(
      tests.filter((name) => !existsSync(testFile(name))),
      [],
      who,
    )
  }
})

t.test('each test that the page of requirements quotes says so', async (t) => {
  const quoted = [...pageOf('security.md').matchAll(/`([\w/]+)`: "([^"]+)"/g)]
  t.ok(quoted.length > 8)
  t.strictSame(
    quoted.filter(([, name = '', says = '']) => !readFileSync(testFile(name), 'utf8').includes(says)),
    [],
  )
})

t.end()
