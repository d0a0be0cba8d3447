import type pg from 'pg'
import { asSuperuser } from '../support/cluster.ts'

/** Everything that is stored, in a form in which two databases can be compared. */

interface Row {
  row: Record<string, unknown>
  /** Which transaction wrote it. */
  writer: string
  key: string
}
type Plain = (value: unknown) => unknown

/** Reads every table and sequence; then names what it read, given labels for ids. */
export function dumpOf(
  url: string,
): Promise<(labels: ReadonlyMap<string, string>) => Record<string, unknown>> {
  return asSuperuser(url, async (client) => {
    const tables = new Map<string, Row[]>()
    // When the schema was made is nobody's arrival.
    const names = (await namesOf(client, 'r')).filter((name) => name !== 'schema_version')
    for (const name of names) tables.set(name, await rowsOf(client, name))
    const sequences: Record<string, unknown> = {}
    for (const name of await namesOf(client, 'S')) {
      const { rows } = await client.query(`SELECT last_value, is_called FROM ${name}`)
      sequences[`sequence ${name}`] = rows
    }
    return (labels) => {
      const plain = plainly(labels)
      const named = [...tables].map(([name, rows]) => [name, comparable(name, rows, plain)])
      return { ...Object.fromEntries(named), ...sequences }
    }
  })
}

async function namesOf(client: pg.Client, kind: 'r' | 'S'): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class
      WHERE relnamespace = 'public'::regnamespace AND relkind = $1 ORDER BY 1`,
    [kind],
  )
  return rows.map(({ name }) => name)
}

/** The rows of a table, in the order in which they lie. */
async function rowsOf(client: pg.Client, table: string): Promise<Row[]> {
  const { rows: keys } = await client.query<{ name: string }>(
    `SELECT a.attname AS name FROM pg_index i
       JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
      WHERE i.indrelid = $1::regclass AND i.indisprimary`,
    [table],
  )
  const key = keys[0] === undefined ? `''` : `t.${keys[0].name}::text`
  const { rows } = await client.query<Row>(
    `SELECT to_jsonb(t) AS row, t.xmin::text AS writer, ${key} AS key FROM ${table} t ORDER BY t.ctid`,
  )
  return rows
}

/** Filled from the box: what one transaction has put there must lie in order of its random keys. */
const mixed = ['attachments', 'kept_answers_mixed', 'mailboxes', 'reporter_messages', 'reports']

/** The rows, those together that were written together. Elsewhere they lie as connections of the pool found room. */
function comparable(table: string, rows: readonly Row[], plain: Plain): unknown[] {
  const groups = new Map<string, Row[]>()
  for (const row of rows) groups.set(row.writer, [...(groups.get(row.writer) ?? []), row])
  return sorted(
    [...groups.values()].map((group) => {
      const keys = group.map(({ key }) => key)
      const isInOrder = !mixed.includes(table) || keys.every((key, at) => key === keys.toSorted()[at])
      return [
        isInOrder ? 'in order of keys, if mixed' : 'as it came',
        ...sorted(group.map(({ row }) => plain(row))),
      ]
    }),
  )
}

const uuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

/** What is random by its nature gets one name: ids by what they are of, sealed bytes by their length. */
export function plainly(labels: ReadonlyMap<string, string>): Plain {
  const text = (value: string): string =>
    /^\\x[0-9a-f]*$/.test(value)
      ? `${(value.length - 2) / 2} bytes`
      : value
          .replace(uuid, (id) => labels.get(id) ?? 'an id')
          .replace(/sha256=[0-9a-f]+/, 'a hash')
          .replace(/^[0-9a-f]{64}$/, 'a MAC')
          .replace(/^[a-z]{3}-[A-Za-z0-9_-]{16}$/, 'a kid')
  const plain: Plain = (value) => {
    if (typeof value === 'string') return text(value)
    if (Array.isArray(value)) return value.map(plain)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member)]))
  }
  return plain
}

/** Lists of ids are in order of random values: here in order of what they are of. */
export function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return sorted(value.map(inOrder))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, inOrder(member)]))
}

function sorted(values: readonly unknown[]): unknown[] {
  return values.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
}
