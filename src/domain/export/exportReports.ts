import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { shares } from '../../concurrency/shares.ts'
import type { Log } from '../../log.ts'
import type { ExportFilters } from '../../schemas/export.ts'
import { exportBegun, exportEnded } from '../../storage/auditTargets.ts'
import type { Position } from '../../storage/reportPages.ts'
import { type CountedRow, type Scan, scanCounted } from '../../storage/scan.ts'
import type { KnownSlab } from '../../storage/sealedReportRow.ts'
import type { Periods } from '../../vocabulary/periods.ts'
import type { Person } from '../../vocabulary/person.ts'
import type { TriageDeps } from '../acts/begin.ts'
import { consulted } from '../audit/deeds.ts'
import { transact } from '../calls/act.ts'
import { organisationPairs } from '../envelope/organisationKeys.ts'
import { storedFilters } from '../triage/list.ts'
import type { ExportFormat } from './exported.ts'
import { lineWriter } from './open.ts'
import type { Lines } from './writeLines.ts'

/** How an export came to its end. */
type Ending = 'whole' | 'headers-only' | 'client-gone' | 'stopped' | 'failed'

interface Stream {
  ending: Ending
  count: number
  takenAt: number
}

/** Who wants what, and why if they said. */
export interface Wanted {
  person: Person
  filters: ExportFilters
  reason: string | undefined
  format: ExportFormat
}

const rowsAStep = 200
/** At one instance: of all, and of one person. */
const atOnce = { all: 6, each: 2 }
/** Milliseconds after which a client that takes nothing is let go. */
const patience = 60_000

export type ReportExport = ReturnType<typeof reportExport>

/**
 * Streams of the reports that a person may see, each opened as the client takes it: no transaction, lock or list is
 * held meanwhile. A record of the beginning is there before the first byte, one of the end after the last; neither says
 * how many there were, which would date what came last. The mixing adds what lay in the box.
 */
export function reportExport(deps: TriageDeps & { periods: Periods; log?: Log }) {
  const { pool, keyring, audit, periods } = deps

  const write = lineWriter(keyring, periods, deps.log)
  const underWay = new Map<Stream, { readable: Readable; recorded: Promise<void> }>()
  const take = shares(atOnce.all, atOnce.each)
  const patrol = setInterval(() => {
    for (const [{ takenAt }, { readable }] of underWay) {
      if (performance.now() - takenAt > patience) readable.destroy()
    }
  }, patience / 4).unref()

  function record(person: Person, target: string, words?: object): Promise<void> {
    const reason = words && JSON.stringify(words)
    return transact(deps, person, (act) => audit.record(act, consulted(target), reason))
  }

  async function* lines(stream: Stream, scan: Scan, format: ExportFormat) {
    yield format.head
    let lines: Promise<Lines> | undefined
    for await (const slab of steps(scan)) {
      // Opened while those before are taken.
      const next = write({ query: pool.query, keyring }, slab, format)
      next.catch(() => {})
      if (lines !== undefined) yield* taken(stream, await lines)
      lines = next
    }
    if (lines !== undefined) yield* taken(stream, await lines)
    yield format.end(stream.count)
    stream.ending = 'whole'
  }

  /** The list in steps. The database reads on while those of one are opened and taken. */
  async function* steps(scan: Scan): AsyncGenerator<KnownSlab<CountedRow>> {
    let next = scanCounted(pool, scan, rowsAStep, undefined)
    for (let slab = await next; slab.rows.length > 0; slab = await next) {
      next = readOn(scan, slab.rows.at(-1))
      yield slab
    }
  }

  /** The next of the list. Where nobody takes them any more, nobody hears of a fault either. */
  function readOn(scan: Scan, last: Position | undefined): Promise<KnownSlab<CountedRow>> {
    const slab = scanCounted(pool, scan, rowsAStep, last)
    slab.catch(() => {})
    return slab
  }

  /** The same, but says when it was the service that could not go on. */
  async function* watched(stream: Stream, scan: Scan, format: ExportFormat) {
    try {
      yield* lines(stream, scan, format)
    } catch (error) {
      stream.ending = 'failed'
      throw error
    }
  }

  return {
    /** Begins an export: its beginning is recorded. */
    async begin({ person, filters, reason, format }: Wanted): Promise<Readable> {
      const release = take(person.id)
      const id = randomUUID()
      const said = reason === undefined ? {} : { reason }
      const stream: Stream = { ending: 'client-gone', count: 0, takenAt: performance.now() }
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
    async headersOnly({ person, filters, reason, format }: Wanted): Promise<void> {
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

function* taken(stream: Stream, { pieces, count }: Lines): Generator<Uint8Array> {
  stream.count += count
  for (const piece of pieces) {
    stream.takenAt = performance.now()
    yield piece
  }
}
