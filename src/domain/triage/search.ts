import { createHmac } from 'node:crypto'
import type { Person } from '../../auth/person.ts'
import { canonicalJson } from '../../crypto/chain.ts'
import { openCursor, sealCursor } from '../../crypto/cursor.ts'
import { Fault, invalid } from '../../faults.ts'
import type { ReportSearch, SearchPage } from '../../schemas/search.ts'
import type { Position } from '../../storage/reportPages.ts'
import { countReports, type Scan, type ScannedRow, scanReports, summariesOf } from '../../storage/scan.ts'
import { openers } from '../search/openers.ts'
import { termsOf } from '../search/terms.ts'
import type { TriageDeps } from './act.ts'
import { storedFilters } from './list.ts'
import { organisationPairs } from './organisationKeys.ts'
import { badCursor, cursorSecret } from './pages.ts'
import { summaryOf } from './summary.ts'

const usualLimit = 50
/** What one answer may take: time, and reports looked at. The cursor goes on from there. */
const bounds = { milliseconds: 2_000, rows: 50_000 }
const rowsAStep = 250
/** Searches at once, at one instance. */
const atOnce = 8
/** `of` is not counted further. */
const countedAtMost = 100_000

/** How far a search has come. */
interface Progress {
  at: Position
  searched: number
  of: number
}

/**
 * Finds text in sealed reports, by opening one after the other: those that this person may see, in list order. One
 * consultation record holds what was looked for and what was found, sealed.
 */
export function reportSearch({ pool, keyring, audit }: TriageDeps) {
  const matchesIn = openers(keyring)
  const kids = organisationPairs(keyring).map(({ kid }) => kid)
  const secret = cursorSecret(keyring)
  let underWay = 0

  /** Looks at reports until enough are found or a bound is met; `at` is undefined at the end of the list. */
  async function scan(scan: Scan, terms: readonly string[], limit: number, start: Position | undefined) {
    const until = performance.now() + bounds.milliseconds
    const found: string[] = []
    let searched = 0
    let at = start
    let next = scanReports(pool, scan, rowsAStep, at)
    for (;;) {
      const rows = await next
      const last = rows.at(-1)
      if (last === undefined) return { found, searched, at: undefined }
      // The database reads on while these are opened.
      next = scanReports(pool, scan, rowsAStep, positionOf(last))
      next.catch(() => {})
      const matched = await matchesIn(rows, terms)
      const enough = matched[limit - found.length - 1]
      const looked = enough === undefined ? rows : rows.slice(0, enough + 1)
      found.push(...matched.filter((place) => place < looked.length).map((place) => rows[place]?.id ?? ''))
      searched += looked.length
      at = positionOf(looked.at(-1) ?? last)
      if (enough !== undefined || searched >= bounds.rows || performance.now() >= until) {
        return { found, searched, at }
      }
    }
  }

  return async (person: Person, search: ReportSearch, why: string | undefined): Promise<SearchPage> => {
    const { q, cursor, limit = usualLimit, sort = 'priority', ...filters } = search
    const terms = termsOf(q)
    if (terms.length === 0) throw invalid('/q', 'empty', 'must hold a letter, digit or sign to look for')
    // A hash without a key would tell a short q to whoever finds the cursor.
    const what = createHmac('sha256', secret)
      .update(canonicalJson({ q, sort, ...filters, person: person.id }))
      .digest('base64url')
    const before = cursor === undefined ? undefined : progressIn(secret, what, cursor)
    const viewer = { personId: person.id, agency: person.agency, seesUnnamedRestricted: false }
    const list = { viewer, filters: storedFilters(filters), order: sort, kids }

    if (underWay >= atOnce) throw new Fault('busy')
    underWay += 1
    try {
      const [counted, { found, searched: more, at }] = await Promise.all([
        before?.of ?? countReports(pool, list, countedAtMost),
        scan(list, terms, limit, before?.at),
      ])
      const searched = (before?.searched ?? 0) + more
      const of = Math.max(counted, searched)
      return await pool.transaction(async (query) => {
        const items = (await summariesOf(query, viewer, found)).map(summaryOf)
        const record = { q, filters: { ...filters, sort }, searched: more, found: items.map(({ id }) => id) }
        const reason = why === undefined ? record : { reason: why, ...record }
        await audit.record(query, person, 'consultation', 'search', JSON.stringify(reason))
        const nextCursor = at && sealCursor(secret, { what, at, searched, of } satisfies Kept)
        return { items, ...(nextCursor === undefined ? {} : { nextCursor }), searched, of }
      })
    } finally {
      underWay -= 1
    }
  }
}

type Kept = Progress & { what: string }

function progressIn(secret: Uint8Array, what: string, cursor: string): Progress {
  const opened = openCursor(secret, cursor) as Kept | undefined
  if (opened === undefined || opened.what !== what) throw badCursor()
  return opened
}

function positionOf({ priority, receivedOn, id }: ScannedRow): Position {
  return { priority, receivedOn, id }
}
