import { jsonOf } from './answers.ts'
import type { components } from './contract.ts'
import { faultOf, isSottoError } from './errors.ts'
import { linesOf } from './lines.ts'
import { delayAfter, sleep } from './patience.ts'
import type { Options } from './report.ts'
import { send } from './send.ts'
import type { Service } from './service.ts'
import type { Token } from './staff.ts'

type Schemas = components['schemas']
export type StaffEvent = Schemas['Event']

export interface EventsOptions extends Options {
  /** The id of the last event that you have dealt with. */
  after?: number
}

/** The service sends a heartbeat every 15 seconds: after three without one the line is dead. */
const silence = 45_000
const path = '/v1/triage/events'

/**
 * Follows what happens, for as long as it is iterated: a break is mended, from the event after the last one. Without
 * `after` it begins with the next to happen; to miss nothing from the start on, give the last id of `pastEvents`. Throws
 * once the token opens nothing any more. Leave the loop, or abort `signal`, to end it.
 */
export async function* events(
  service: Service,
  token: Token,
  { after, signal }: EventsOptions = {},
): AsyncGenerator<StaffEvent, void> {
  let last = after
  for (let fruitless = 1; ; fruitless++) {
    const line = new AbortController()
    const end = () => line.abort(signal?.reason)
    signal?.addEventListener('abort', end)
    try {
      for await (const event of open(service, await headersOf(token, last), line)) {
        last = event.id
        fruitless = 0
        yield event
      }
    } catch (error) {
      signal?.throwIfAborted()
      if (isSottoError(error) && !isPassing(error)) throw error
    } finally {
      signal?.removeEventListener('abort', end)
      line.abort()
    }
    await sleep(delayAfter('no-answer', Math.max(1, fruitless), service.delay), signal)
  }
}

/** What has happened, the earliest first, after `after` if given (30 days are kept); ends with the newest. */
export async function* pastEvents(
  service: Service,
  token: Token,
  { after, signal }: EventsOptions = {},
): AsyncGenerator<StaffEvent, void> {
  let cursor: string | undefined
  do {
    const query = new URLSearchParams({ limit: '200', ...(cursor === undefined ? {} : { cursor }) })
    const headers = await headersOf(token, after)
    const call = { method: 'GET', path: `${path}?${query}`, headers, isRepeatable: true, signal }
    const page: Schemas['EventPage'] = jsonOf(await send(service, call))
    yield* page.items
    cursor = page.nextCursor
  } while (cursor !== undefined)
}

async function* open(
  service: Service,
  headers: Record<string, string>,
  line: AbortController,
): AsyncGenerator<StaffEvent, void> {
  const { response } = await send(service, {
    method: 'GET',
    path,
    headers: { ...headers, accept: 'text/event-stream' },
    isRepeatable: true,
    streams: true,
    signal: line.signal,
  })
  const dead = () => line.abort(faultOf('unreachable', 'the stream of events fell silent'))
  let timer = setTimeout(dead, silence)
  try {
    for await (const text of linesOf(response.body)) {
      clearTimeout(timer)
      // The data of an event is one line, and holds its id and kind too.
      if (text.startsWith('data:')) yield JSON.parse(text.slice('data:'.length))
      timer = setTimeout(dead, silence)
    }
  } finally {
    clearTimeout(timer)
  }
}

async function headersOf(token: Token, after: number | undefined): Promise<Record<string, string>> {
  return {
    authorization: `Bearer ${typeof token === 'string' ? token : await token()}`,
    ...(after === undefined ? {} : { 'last-event-id': String(after) }),
  }
}

function isPassing(error: { code: string }): boolean {
  return ['unreachable', 'unexpected-answer', 'rate-limited', 'overloaded', 'not-ready', 'internal'].includes(
    error.code,
  )
}
