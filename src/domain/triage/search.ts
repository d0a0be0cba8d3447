import { createHmac } from 'node:crypto'
import { shares } from '../../concurrency/shares.ts'
import { canonicalJson } from '../../crypto/chain.ts'
import { openCursor, sealCursor } from '../../crypto/cursor.ts'
import { activeSecret, type Keyring, secretsOf } from '../../crypto/keyring.ts'
import type { Log } from '../../log.ts'
import type { FoundReport, Match, ReportSearch, SearchPage } from '../../schemas/search.ts'
import { searchTarget } from '../../storage/auditTargets.ts'
import { lockTrail } from '../../storage/auditTrail.ts'
import { outsideBox } from '../../storage/leftBox.ts'
import type { ReportRow } from '../../storage/reports.ts'
import { countReports, type ScannedRow, summariesOf } from '../../storage/scan.ts'
import type { KnownSlab } from '../../storage/sealedReportRow.ts'
import type { Viewer } from '../../storage/visibility.ts'
import { invalid } from '../../vocabulary/faults.ts'
import type { Person } from '../../vocabulary/person.ts'
import type { TriageDeps } from '../acts/begin.ts'
import { agenciesNow, asOpened, isUnchecked } from '../acts/settling.ts'
import { consulted } from '../audit/deeds.ts'
import { transact } from '../calls/act.ts'
import { badCursor } from '../calls/pages.ts'
import { organisationPairs } from '../envelope/organisationKeys.ts'
import { openers } from '../search/openers.ts'
import { type Looked, type Start, scanList } from '../search/scanList.ts'
import { termsOf } from '../text/terms.ts'
import { namesAmong } from './case.ts'
import { storedFilters } from './list.ts'
import { type NameOf, summaryOf } from './summary.ts'

const usualLimit = 50
/** Searches at once, at one instance: of all, and of one person. */
const atOnce = { all: 8, each: 2 }
/** `of` is not counted further. */
const countedAtMost = 100_000

/** How far a search has come, as its cursor has it. */
interface Progress extends Start {
  what: string
  searched: number
  unreadable: number
  of: number
}

/**
 * Finds text in sealed reports, by opening one after the other: those that this person may see, in list order. One
 * consultation record holds, sealed, what was looked for, and of what was found that which lay outside the box: how
 * many there were, and which were in the box, would date their arrival. The mixing adds those.
 */
export function reportSearch(deps: TriageDeps & { log?: Log }) {
  const { pool, keyring, audit } = deps

  const matchesIn = openers(keyring, deps.log)
  const take = shares(atOnce.all, atOnce.each)

  /**
   * What matches, without what its content alone says is restricted; `found` is told of each where, and how that stands
   * which intake spoke for.
   */
  const matching =
    (terms: readonly string[], viewer: Viewer, { opened, marks }: FoundSoFar) =>
    async (slab: KnownSlab<ScannedRow>): Promise<Looked> => {
      const { rows } = slab
      const { matched, marked, unreadable, facts } = await matchesIn(slab, [terms], true)
      const places = new Set(matched[0])
      for (const [place, matches] of marked) marks.set(idAt(rows, place), matches)
      if (facts.length === 0) return { matched: places, unreadable: new Set(unreadable) }
      const agencies = await agenciesNow(pool.query)
      const ids = facts.map(([place]) => idAt(rows, place))
      const clear = new Map((await summariesOf(pool.query, viewer, ids)).map((row) => [row.id, row]))
      for (const [place, about] of facts) {
        const row = clear.get(idAt(rows, place))
        const shown = row && asOpened(row, about, agencies)
        if (shown === undefined) places.delete(place)
        else opened.set(shown.id, shown)
      }
      return { matched: places, unreadable: new Set(unreadable) }
    }

  const find = async (person: Person, search: ReportSearch, why: string | undefined): Promise<SearchPage> => {
    const { q, cursor, limit = usualLimit, sort = 'priority', ...filters } = search
    const terms = termsOf(q)
    if (terms.length === 0) throw invalid('/q', 'empty', 'must hold a letter, digit or sign to look for')
    // A hash without a key would tell a short q to whoever finds the cursor.
    const asked = canonicalJson({ q, sort, ...filters, person: person.id })
    const whatBy = (key: Uint8Array) => createHmac('sha256', key).update(asked).digest('base64url')
    const before = cursor === undefined ? undefined : progressIn(keyring, whatBy, cursor)
    const secret = activeSecret(keyring, 'cursor')
    const what = whatBy(secret)
    const kids = organisationPairs(keyring).map(({ kid }) => kid)
    const viewer = { personId: person.id, agency: person.agency, seesUnnamedRestricted: false }
    const list = { viewer, filters: storedFilters(filters), order: sort, kids }

    const found: FoundSoFar = { opened: new Map(), marks: new Map() }
    const release = take(person.id)
    try {
      const [counted, { shown, searched: more, unreadable: unread, toRecord, onRecord, next }] =
        await Promise.all([
          before?.of ?? countReports(pool, list, countedAtMost),
          scanList(pool, { scan: list, limit, start: before, matchesIn: matching(terms, viewer, found) }),
        ])
      const searched = (before?.searched ?? 0) + more
      const unreadable = (before?.unreadable ?? 0) + unread
      const of = Math.max(counted, searched)
      return await transact(deps, person, async (act) => {
        const listed = await summariesOf(act.query, viewer, shown)
        const nameOf = await namesAmong(act.query, listed)
        const items = listed.map((row) => foundReport(row, found, nameOf))
        // Under the trail's lock, the mixing has either not let a report out, and will add it to this record, or it is outside.
        await lockTrail(act.query)
        const outside = await outsideBox(act.query, [...new Set([...shown, ...toRecord])])
        for (const id of onRecord) outside.delete(id)
        const record = { q, filters: { ...filters, sort }, found: [...outside].sort() }
        const reason = why === undefined ? record : { reason: why, ...record }
        await audit.record(act, consulted(searchTarget), JSON.stringify(reason))
        const nextCursor =
          next && sealCursor(secret, { ...next, what, searched, unreadable, of } satisfies Progress)
        const told = { ...(nextCursor === undefined ? {} : { nextCursor }), searched, of }
        return { items, ...told, ...(unreadable === 0 ? {} : { unreadable }) }
      })
    } finally {
      release()
    }
  }

  return Object.assign(find, {
    /** Ends the threads, as the service ends. */
    end: matchesIn.end,
  })
}

/** Of what a search found, by id: where in it, and how that stands for which only its content speaks. */
interface FoundSoFar {
  opened: Map<string, ReportRow>
  marks: Map<string, Match[]>
}

function foundReport(row: ReportRow, { opened, marks }: FoundSoFar, nameOf: NameOf): FoundReport {
  return { ...summaryOf(asFound(row, opened.get(row.id)), nameOf), matches: marks.get(row.id) ?? [] }
}

function idAt(rows: readonly ScannedRow[], place: number): string {
  return rows[place]?.id ?? ''
}

/** A report as lists show it; while that is intake's word alone, as it was found. */
function asFound(row: ReportRow, opened: ReportRow | undefined): ReportRow {
  if (opened === undefined || !isUnchecked(row)) return row
  const { category, priority, leadAgency, supportAgencies, attentionBy, unreadable } = opened
  return { ...row, category, priority, leadAgency, supportAgencies, attentionBy, unreadable }
}

function progressIn(keyring: Keyring, whatBy: (secret: Uint8Array) => string, cursor: string): Progress {
  for (const secret of secretsOf(keyring, 'cursor')) {
    const opened = openCursor(secret, cursor) as Progress | undefined
    if (opened?.what === whatBy(secret)) return opened
  }
  throw badCursor('/cursor')
}
