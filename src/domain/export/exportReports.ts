import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { shares } from '../../concurrency/shares.ts'
import type { Log } from '../../log.ts'
import type { ExportFilters } from '../../schemas/export.ts'
import { exportBegun, exportEnded } from '../../storage/auditTargets.ts'
import type { Position } from '../../storage/reportPages.ts'
import { type KnownRow, type Scan, scanCounted } from '../../storage/scan.ts'
import type { KnownSlab } from '../../storage/sealedReportRow.ts'
import { Fault } from '../../vocabulary/faults.ts'
import type { Periods } from '../../vocabulary/periods.ts'
import type { Person } from '../../vocabulary/person.ts'
import type { TriageDeps } from '../acts/begin.ts'
import { consulted } from '../audit/deeds.ts'
import { transact } from '../calls/act.ts'
import { organisationPairs } from '../envelope/organisationKeys.ts'
import { storedFilters } from '../triage/list.ts'
import type { ExportFormat } from './exported.ts'
import { leaving, type Written } from './leaving.ts'
import { lineWriter } from './open.ts'

/** How an export came to its end. */
type Ending = 'whole' | 'headers-only' | 'client-gone' | 'stopped' | 'failed'

interface Stream {
  ending: Ending
  count: number
  takenAt: number
  /** Whether the person still may, and when it was asked last. */
  recheck: Wanted['recheck']
  recheckedAt: number
}

/** Who wants what, and why if they said. */
export interface Wanted {
  person: Person
  filters: ExportFilters
  reason: string | undefined
  format: ExportFormat
  /** Whether whoever began it still has the rights that they had. */
  recheck(): Promise<boolean>
}

export interface ExportTimes {
  /** Milliseconds for which what is known of rights, and of what may be seen, is good. */
  freshFor?: number
  /** Milliseconds after which a client that takes nothing is let go. */
  patience?: number
  /** Milliseconds from one look at clients that take nothing to the next. */
  patrolEvery?: number
}

/** A part of the list, and when it was read. */
interface Step {
  slab: KnownSlab<KnownRow>
  readAt: number
}

const rowsAStep = 200
/** At one instance: of all, and of one person. */
const atOnce = { all: 6, each: 2 }

export type ReportExport = ReturnType<typeof reportExport>

/**
 * Streams of the reports that a person may see, each opened as the client takes it: no transaction, lock or list is
 * held meanwhile. Rights that end meanwhile end the stream, and what was read ahead goes only while it may be seen. A
 * record of the beginning is there before the first byte, one of the end after the last; neither says how many there
 * were, which would date what came last. The mixing adds what lay in the box.
 */
export function reportExport(
  deps: TriageDeps & { periods: Periods; log?: Log },
  { freshFor = 5_000, patience = 60_000, patrolEvery = 15_000 }: ExportTimes = {},
) {
  const { pool, keyring, audit, periods } = deps

  const write = lineWriter(keyring, periods, deps.log)
  const underWay = new Map<Stream, { readable: Readable; recorded: Promise<void> }>()
  const take = shares(atOnce.all, atOnce.each)
  const patrol = setInterval(() => {
    for (const [stream, { readable }] of underWay) {
      if (performance.now() - stream.takenAt > patience) readable.destroy()
      const endWithoutRights = (may: boolean) => may || readable.destroy()
      // Where it cannot be asked, the next piece asks again, and fails.
      mayStill(stream).then(endWithoutRights, () => {})
    }
  }, patrolEvery).unref()

  /** Whether the rights are as they were at the beginning; says so of the end where they are not. */
  async function mayStill(stream: Stream): Promise<boolean> {
    if (performance.now() - stream.recheckedAt < freshFor) return true
    const askedAt = performance.now()
    const may = await stream.recheck()
    if (may) stream.recheckedAt = askedAt
    else if (stream.ending === 'client-gone') stream.ending = 'stopped'
    return may
  }

  function record(person: Person, target: string, words?: object): Promise<void> {
    const reason = words && JSON.stringify(words)
    return transact(deps, person, (act) => audit.record(act, consulted(target), reason))
  }

  async function* lines(stream: Stream, scan: Scan, format: ExportFormat) {
    yield format.head
    let written: Promise<Written> | undefined
    for await (const step of steps(scan)) {
      // Opened while those before are taken.
      const next = writtenOf(step, format)
      next.catch(() => {})
      if (written !== undefined) yield* taken(stream, scan, await written)
      written = next
    }
    if (written !== undefined) yield* taken(stream, scan, await written)
    yield format.end(stream.count)
    stream.ending = 'whole'
  }

  async function writtenOf({ slab, readAt }: Step, format: ExportFormat): Promise<Written> {
    return { pieces: await write({ query: pool.query, keyring }, slab, format), readAt }
  }

  async function* taken(stream: Stream, { viewer }: Scan, written: Written): AsyncGenerator<Uint8Array> {
    for await (const { bytes, lines } of leaving(pool.query, viewer, written, freshFor)) {
      if (!(await mayStill(stream))) throw new Fault('forbidden')
      stream.count += lines.length
      stream.takenAt = performance.now()
      if (bytes.length > 0) yield bytes
    }
  }

  /** The list in steps. The database reads on while those of one are opened and taken. */
  async function* steps(scan: Scan): AsyncGenerator<Step> {
    let next = readOn(scan, undefined)
    for (let step = await next; step.slab.rows.length > 0; step = await next) {
      next = readOn(scan, step.slab.rows.at(-1))
      yield step
    }
  }

  /** The next of the list. Where nobody takes them any more, nobody hears of a fault either. */
  function readOn(scan: Scan, last: Position | undefined): Promise<Step> {
    const readAt = performance.now()
    const step = scanCounted(pool, scan, rowsAStep, last).then((slab) => ({ slab, readAt }))
    step.catch(() => {})
    return step
  }

  /** The same, but says when it was the service that could not go on. */
  async function* watched(stream: Stream, scan: Scan, format: ExportFormat) {
    try {
      yield* lines(stream, scan, format)
    } catch (error) {
      if (stream.ending === 'client-gone') stream.ending = 'failed'
      throw error
    }
  }

  return {
    /** Begins an export: its beginning is recorded. */
    async begin({ person, filters, reason, format, recheck }: Wanted): Promise<Readable> {
      const release = take(person.id)
      const id = randomUUID()
      const said = reason === undefined ? {} : { reason }
      const now = performance.now()
      const stream: Stream = { ending: 'client-gone', count: 0, takenAt: now, recheck, recheckedAt: now }
      const scan: Scan = {
        viewer: { personId: person.id, agency: person.agency, seesUnnamedRestricted: false },
        filters: storedFilters(filters),
        // Nothing is met twice or missed, whatever changes meanwhile.
        order: 'received',
        kids: organisationPairs(keyring).map(({ kid }) => kid),
      }
      await record(person, exportBegun(id), { ...said, filters, format: format.name }).catch((error) => {
        release()
        throw error
      })
      const readable = Readable.from(watched(stream, scan, format), { objectMode: true, highWaterMark: 1 })
      const recorded = new Promise<void>((resolve) => {
        readable.once('close', () => {
          release()
          record(person, exportEnded(id, stream.ending))
            // The database is away: the beginning stands without an end, as after a fall of the service.
            .catch(() => {})
            .finally(() => {
              underWay.delete(stream)
              resolve()
            })
        })
      })
      underWay.set(stream, { readable, recorded })
      return readable
    },

    /** What an export would be, without it; recorded alike. */
    async headersOnly({ person, filters, reason, format }: Omit<Wanted, 'recheck'>): Promise<void> {
      const said = reason === undefined ? {} : { reason }
      const words = { ...said, filters, format: format.name }
      await record(person, exportEnded(randomUUID(), 'headers-only' satisfies Ending), words)
    },

    /** Ends every stream, as the service ends; their ends are recorded. */
    async end(): Promise<void> {
      clearInterval(patrol)
      for (const [stream, { readable }] of underWay) {
        if (stream.ending === 'client-gone') stream.ending = 'stopped'
        readable.destroy()
      }
      await Promise.all([...underWay.values()].map(({ recorded }) => recorded))
      await write.end()
    },
  }
}
