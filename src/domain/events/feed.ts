import { Readable } from 'node:stream'
import { mayDo } from '../../auth/permissions.ts'
import { shares } from '../../concurrency/shares.ts'
import type { Keyring } from '../../crypto/keyring.ts'
import type { EventPage, StaffEvent } from '../../schemas/events.ts'
import { type EventRow, eventsAfter, findEvent, newestEvent } from '../../storage/events.ts'
import type { Pool } from '../../storage/pool.ts'
import { Fault } from '../../vocabulary/faults.ts'
import type { Person } from '../../vocabulary/person.ts'
import { keysetPage, type Paging, pageOf } from '../calls/pages.ts'

export interface FeedTimes {
  /** Milliseconds from one look at the database to the next, while anybody follows. */
  lookEvery?: number
  /** Milliseconds from one heartbeat to the next. */
  beatEvery?: number
  /** Milliseconds after which a client that takes nothing is let go. */
  patience?: number
  /** Streams at once, at one instance. */
  atMost?: number
  /** Streams of one person. */
  each?: number
}

export interface Follower {
  person: Person
  /** Who the bearer is by now; undefined if nobody who may follow. Asked at each heartbeat. */
  recheck(): Promise<Person | undefined>
  /** The last event that they have seen; without one they begin with the next to happen. */
  after: number | undefined
}

export type EventFeed = ReturnType<typeof eventFeed>

const eventsAStep = 200

/** What happened, as pages and as streams, each to those who may see the report at the moment of reading. */
export function eventFeed(
  { pool, keyring }: { pool: Pool<'sotto_triage'>; keyring: Keyring },
  { lookEvery = 1_000, beatEvery = 15_000, patience = 60_000, atMost = 100, each = 8 }: FeedTimes = {},
) {
  const streams = new Set<Stream>()
  const take = shares(atMost, each)
  const news = newsOf(() => newestEvent(pool.query), lookEvery)
  const patrol = setInterval(() => {
    for (const { readable, takenAt } of streams) {
      if (performance.now() - takenAt > patience + beatEvery) readable.destroy()
    }
  }, beatEvery).unref()

  /** What came after `at` for this person, and up to where. */
  async function step(person: Person, at: number): Promise<{ rows: EventRow[]; upTo: number }> {
    // Asked for first: whatever came up to it is seen now, or is not for this person, and need not be asked for again.
    const newest = await newestEvent(pool.query)
    const rows = await eventsAfter(pool.query, viewerOf(person), at, eventsAStep)
    const last = Number(rows.at(-1)?.id ?? at)
    return { rows, upTo: rows.length < eventsAStep ? Math.max(last, newest) : last }
  }

  async function* follow(stream: Stream, { person, recheck, after }: Follower) {
    // So that the client has the head at once, and comes back soon when the stream ends.
    yield 'retry: 3000\n\n'
    let at = after ?? (await newestEvent(pool.query))
    let who: Person | undefined = person
    let beat = performance.now() + beatEvery
    while (!stream.ended.signal.aborted) {
      stream.takenAt = performance.now()
      const { rows, upTo } = await step(who, at)
      for (const row of rows) yield lineOf(row)
      at = upTo
      if (rows.length === 0) await news.beyond(at, beat - performance.now(), stream.ended.signal)
      if (performance.now() < beat) continue
      who = await recheck()
      if (who === undefined) return
      beat = performance.now() + beatEvery
      yield ': still here\n\n'
    }
  }

  return {
    /** One page of events, the earliest first, after `after` where no cursor says more. */
    async page(person: Person, paging: Paging, after = 0): Promise<EventPage> {
      const page = await keysetPage(
        keyring,
        'events',
        paging,
        (limit, from: { id: number } | undefined) =>
          eventsAfter(pool.query, viewerOf(person), from?.id ?? after, limit),
        ({ id }) => ({ id: Number(id) }),
      )
      return pageOf(page.rows.map(viewOf), page)
    },

    /** One event. Throws `not-found` if there is none, or none that this person may see now. */
    async get(person: Person, id: number): Promise<StaffEvent> {
      const row = await findEvent(pool.query, viewerOf(person), id)
      if (row === undefined) throw new Fault('not-found')
      return viewOf(row)
    },

    /** Server-sent events, until the client goes, its rights end, or the service does. */
    open(follower: Follower): Readable {
      const release = take(follower.person.id)
      const ended = new AbortController()
      const stream: Stream = { ended, takenAt: performance.now(), readable: new Readable() }
      // What was taken from the database and not by the client is one line.
      stream.readable = Readable.from(follow(stream, follower), { objectMode: true, highWaterMark: 1 })
      endWaitWith(stream)
      streams.add(stream)
      stream.readable.once('close', () => {
        ended.abort()
        streams.delete(stream)
        release()
      })
      return stream.readable
    },

    /** Ends every stream, as the service ends. */
    async end(): Promise<void> {
      clearInterval(patrol)
      await Promise.all([...streams].map(endSoon))
    },
  }
}

interface Stream {
  readable: Readable
  ended: AbortController
  takenAt: number
}

/** A client that goes ends the wait for news too, or its place would be held to the next heartbeat. */
function endWaitWith({ readable, ended }: Stream): void {
  const destroy = readable._destroy.bind(readable)
  readable._destroy = (error, callback) => {
    ended.abort()
    destroy(error, callback)
  }
}

/** Lets a stream come to its end, but does not wait for a client that takes nothing. */
function endSoon({ ended, readable }: Stream): Promise<void> {
  return new Promise((resolve) => {
    readable.once('close', resolve)
    setTimeout(() => readable.destroy(), 1_000).unref()
    ended.abort()
  })
}

/** Asks the database now and then, for all who wait, whether there is anything new. Works through any pooler. */
function newsOf(newest: () => Promise<number>, every: number) {
  const waiting = new Set<{ after: number; wake: () => void }>()
  let isLooking = false

  async function look(): Promise<void> {
    // A database that is away is asked again: the wait has an end of its own.
    const id = await newest().catch(() => 0)
    for (const { after, wake } of waiting) if (id > after) wake()
    isLooking = waiting.size > 0
    if (isLooking) setTimeout(look, every)
  }

  return {
    /** Waits for an event beyond `after`, for so many milliseconds at most, or for the signal. */
    beyond: (after: number, atMost: number, signal: AbortSignal): Promise<void> =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve()
        const wake = () => {
          clearTimeout(end)
          signal.removeEventListener('abort', wake)
          waiting.delete(waiter)
          resolve()
        }
        const waiter = { after, wake }
        const end = setTimeout(wake, Math.max(0, atMost))
        signal.addEventListener('abort', wake)
        waiting.add(waiter)
        if (!isLooking) setTimeout(look, every)
        isLooking = true
      }),
  }
}

function viewerOf({ id, agency, role }: Person) {
  return { personId: id, agency, seesUnnamedRestricted: mayDo(role, 'reports.see-unnamed') }
}

function viewOf({ id, at, kind, reportId, objectId }: EventRow): StaffEvent {
  return { id: Number(id), at: at.toISOString(), kind, report: reportId, object: objectId }
}

function lineOf(row: EventRow): string {
  return `id: ${row.id}\nevent: ${row.kind}\ndata: ${JSON.stringify(viewOf(row))}\n\n`
}
