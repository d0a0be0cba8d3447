import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { asSuperuser } from '../support/cluster.ts'
import { cloneDatabase } from '../support/database.ts'
import { t } from '../support/suite.ts'

/** docs/data-model.md says of each column what it may tell. It must speak of all that there is, and of nothing else. */

const page = readFileSync(new URL('../../../docs/data-model.md', import.meta.url), 'utf8')

/** What the page has as a heading, and the names in the first cells of the table below it. */
function said(): Record<string, string[]> {
  return Object.fromEntries(
    page
      .split('\n### ')
      .slice(1)
      .map((section) => {
        const [table = '', ...lines] = section.split('\n')
        const cells = lines.flatMap((line) => /^\| ((?:`\w+`(?:, )?)+) \| ./.exec(line)?.[1] ?? [])
        return [
          table,
          cells.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, name = '']) => name)).sort(),
        ]
      }),
  )
}

t.test('the page of the data model has every table and every column, once', async (t) => {
  const { url } = await cloneDatabase(t)
  const columns = await asSuperuser(url, (client) =>
    client.query<{ table: string; column: string }>(
      `SELECT c.relname AS table, a.attname AS column
         FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition`,
    ),
  )
  const there: Record<string, string[]> = {}
  for (const { table, column } of columns.rows) there[table] = [...(there[table] ?? []), column].sort()
  t.strictSame(said(), there)
})

t.test('the picture names only tables that the page has', async (t) => {
  const picture = /```mermaid\n([^`]+)```/.exec(page)?.[1] ?? ''
  const drawn = [...picture.matchAll(/^ {2}(\w+) \S+ (\w+) :/gm)].flatMap(([, one = '', other = '']) => [
    one,
    other,
  ])
  t.ok(drawn.length > 50)
  t.strictSame(
    drawn.filter((name) => !(name in said())),
    [],
  )
})

t.test('a migration that has landed never changes', async (t) => {
  const folder = new URL('../../../migrations/', import.meta.url)
  const files = readdirSync(folder).filter((name) => name.endsWith('.sql'))
  const sums = files.map((name) => {
    const hash = createHash('sha256')
      .update(readFileSync(new URL(name, folder)))
      .digest('hex')
    return `${hash}  ${name}`
  })
  t.strictSame(
    readFileSync(new URL('SHA256SUMS', folder), 'utf8').trim().split('\n').sort(),
    sums.sort(),
    'a new one has its line in migrations/SHA256SUMS: (cd migrations && sha256sum *.sql > SHA256SUMS)',
  )
})

t.end()
