import { openCursor, sealCursor } from '../../crypto/cursor.ts'
import { activeSecret, type Keyring, secretsOf } from '../../crypto/keyring.ts'
import { invalid } from '../../vocabulary/faults.ts'

/** Lists of one report's things: a page at a time, with a signed cursor that is good for that list only. */

export interface Paging {
  limit?: number | undefined
  cursor?: string | undefined
}

export interface Page<Row> {
  rows: Row[]
  nextCursor: string | undefined
}

const usualLimit = 50

/** Loads one page, and one row more to learn whether there is another. `positionOf` says where a page that ends there goes on. */
export async function keysetPage<Row, Position extends object>(
  keyring: Keyring,
  list: string,
  { limit = usualLimit, cursor }: Paging,
  load: (limit: number, after: Position | undefined) => Promise<Row[]>,
  positionOf: (row: Row) => Position,
): Promise<Page<Row>> {
  const after = cursor === undefined ? undefined : positionIn<Position>(keyring, list, cursor)
  const loaded = await load(limit + 1, after)
  const rows = loaded.slice(0, limit)
  const last = rows.at(-1)
  const more = loaded.length > limit && last !== undefined
  return { rows, nextCursor: more ? writeCursor(keyring, { list, at: positionOf(last) }) : undefined }
}

/** The page as it is answered. */
export function pageOf<T>(items: T[], { nextCursor }: Page<unknown>): { items: T[]; nextCursor?: string } {
  return { items, ...(nextCursor === undefined ? {} : { nextCursor }) }
}

/** That some are there which cannot be shown, and how many; nothing where there are none. */
export function withUnreadable(unreadable: number): { unreadable?: number } {
  return unreadable === 0 ? {} : { unreadable }
}

/** The page of what could be opened, with how many of its rows could not. */
export function openedPageOf<T>(items: T[], page: Page<unknown>) {
  return { ...pageOf(items, page), ...withUnreadable(page.rows.length - items.length) }
}

function positionIn<Position>(keyring: Keyring, list: string, cursor: string): Position {
  const opened = readCursor(keyring, cursor) as { list: string; at: Position } | undefined
  if (opened === undefined || opened.list !== list) throw badCursor()
  return opened.at
}

export function badCursor(pointer: 'query:cursor' | '/cursor' = 'query:cursor') {
  return invalid(
    pointer,
    'bad-cursor',
    'must be the nextCursor of a page of the same list with the same filters',
  )
}

/** A place in a list, as a cursor under the key of now. */
export function writeCursor(keyring: Keyring, payload: object): string {
  return sealCursor(activeSecret(keyring, 'cursor'), payload)
}

/** Reads a cursor of this service, of the key of now or one before; undefined for anything else. */
export function readCursor(keyring: Keyring, cursor: string): unknown | undefined {
  for (const secret of secretsOf(keyring, 'cursor')) {
    const opened = openCursor(secret, cursor)
    if (opened !== undefined) return opened
  }
  return undefined
}
