import type { Pool } from '../../storage/pool.ts'
import type { ListOrder, Position } from '../../storage/reportPages.ts'
import { type Scan, type ScannedRow, scanReports } from '../../storage/scan.ts'
import type { KnownSlab } from '../../storage/sealedReportRow.ts'

/** What one answer may take: time, and reports looked at outside the box. The cursor goes on from there. */
const bounds = { milliseconds: 2_000, rows: 50_000 }
const rowsAStep = 250

/** Where an answer goes on, and up to where the records of those before it hold the matches outside the box. */
export interface Start {
  at: Position
  recordedTo: Position
  /** How many matches on record lie beyond `at`. */
  ahead: number
}

export interface Scanned {
  /** The matches, in list order. */
  shown: string[]
  /** Reports looked at for them. */
  searched: number
  /** Of those, reports that cannot be read. */
  unreadable: number
  /** The matches outside the box to be put on record with this answer. */
  toRecord: string[]
  /** Those that it may show and that are on record. */
  onRecord: string[]
  /** Undefined at the end of the list. */
  next: Start | undefined
}

export interface Wanted {
  scan: Scan
  limit: number
  start: Start | undefined
  matchesIn: (slab: KnownSlab<ScannedRow>) => Promise<Looked>
}

/** Which of some rows match, and which cannot be read: their places. */
export interface Looked {
  matched: ReadonlySet<number>
  unreadable: ReadonlySet<number>
}

/**
 * Looks at reports in list order until `limit` are found or a bound is met. What goes on record must not tell what lay
 * in the box, which takes places on the page and pushes others off it. So on record goes what the page would show
 * without the box, the next `limit` matches outside it: to find them, the look goes on beyond the page.
 */
export async function scanList(pool: Pool<'sotto_triage'>, wanted: Wanted): Promise<Scanned> {
  const { scan, start, matchesIn } = wanted
  const until = performance.now() + bounds.milliseconds
  const look = lookOf(wanted)
  let next = scanReports(pool, scan, rowsAStep, start?.at)
  for (;;) {
    const slab = await next
    const { rows } = slab
    const last = rows.at(-1)
    if (last === undefined) return look.end(true)
    // The database reads on while these are opened.
    next = scanReports(pool, scan, rowsAStep, positionOf(last))
    next.catch(() => {})
    const { matched, unreadable } = await matchesIn(slab)
    const isEnough = rows.some((row, place) => look.at(row, matched.has(place), unreadable.has(place)))
    if (isEnough || look.rowsOutside() >= bounds.rows || performance.now() >= until) return look.end(false)
  }
}

/** One look along the list: what is shown, and what goes on record. */
function lookOf({ scan: { order }, limit, start }: Wanted) {
  const shown: string[] = []
  const record = recordOf(order, start)
  let pageEnd: Position | undefined
  let reached: Position | undefined
  let searched = 0
  let unreadable = 0
  let rowsOutside = 0

  function show(row: ScannedRow, isMatch: boolean, isUnreadable: boolean): void {
    searched += 1
    if (isUnreadable) unreadable += 1
    if (isMatch) shown.push(row.id)
    if (shown.length === limit) pageEnd = positionOf(row)
  }

  return {
    rowsOutside: () => rowsOutside,

    /** Looks at the next report. True once the page and what goes on record are full. */
    at(row: ScannedRow, isMatch: boolean, isUnreadable: boolean): boolean {
      reached = positionOf(row)
      if (!row.boxed) rowsOutside += 1
      if (isMatch && !row.boxed) record.add(row.id, reached, pageEnd !== undefined)
      if (pageEnd === undefined) show(row, isMatch, isUnreadable)
      return pageEnd !== undefined && record.added() === limit
    },

    /** What came of it, at the end of the list or before. */
    end(isEnd: boolean): Scanned {
      const { recordedTo, ahead, ...ids } = record.end(reached, isEnd)
      const at = pageEnd ?? (isEnd ? undefined : reached)
      return { shown, searched, unreadable, ...ids, next: at && recordedTo && { at, recordedTo, ahead } }
    },
  }
}

/** The matches outside the box, as far as those before this answer have not put them on record. */
function recordOf(order: ListOrder, start: Start | undefined) {
  const isNew = (at: Position) => start === undefined || isBeyond(order, at, start.recordedTo)
  const known: string[] = []
  const added: string[] = []
  let beyondPage = 0

  return {
    added: () => added.length,

    add(id: string, at: Position, isBeyondPage: boolean): void {
      ;(isNew(at) ? added : known).push(id)
      if (isBeyondPage) beyondPage += 1
    },

    end(reached: Position | undefined, isEnd: boolean) {
      const isPast = isEnd || (reached !== undefined && isNew(reached))
      const left = (start?.ahead ?? 0) - known.length
      const isAsLeft = isPast ? left === 0 : left >= 0
      return {
        // Where reports have moved in the list meanwhile: rather twice on record than not at all.
        toRecord: isAsLeft ? added : [...known, ...added],
        onRecord: isAsLeft ? known : [],
        recordedTo: isPast ? reached : start?.recordedTo,
        ahead: beyondPage + (isPast ? 0 : Math.max(0, left)),
      }
    },
  }
}

function positionOf({ priority, receivedOn, id }: ScannedRow): Position {
  return { priority, receivedOn, id }
}

/** Whether a report comes later in the list than another. */
function isBeyond(order: ListOrder, one: Position, other: Position): boolean {
  if (order === 'priority' && one.priority !== other.priority) return one.priority < other.priority
  if (one.receivedOn !== other.receivedOn) return one.receivedOn < other.receivedOn
  return one.id < other.id
}
