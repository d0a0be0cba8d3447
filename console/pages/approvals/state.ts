import { type components, isSottoError, pastEvents, type StaffEvent } from '../../../client/src/index.ts'
import { api, withToken } from '../../state/api.ts'
import { may, service, tokenNow } from '../../state/session.ts'
import type { Item } from '../report/items.tsx'
import { waitsForReview } from '../report/sharing.tsx'

type Schemas = components['schemas']

/** Something that waits for a second person, with the report that it belongs to. */
export type Waiting =
  | { kind: 'item'; report: string; item: Item }
  | { kind: 'message'; report: string; message: Schemas['ConversationMessage'] }
  | { kind: 'review'; report: string; sent: Schemas['StaffDissemination'] }

export interface Queue {
  waiting: Waiting[]
  /** How many more there are than were looked at. */
  left: number
}

const begins: Record<string, Waiting['kind']> = {
  'item-changed': 'item',
  'message-written': 'message',
  'dissemination-sent': 'review',
}
const ends = new Set([
  'item-approved',
  'item-refused',
  'message-approved',
  'message-refused',
  'message-sent',
  'dissemination-approved',
  'dissemination-refused',
  'dissemination-recalled',
])
/** One look at each: enough for a morning, and no flood of calls. */
const atMost = 40

/**
 * What waits for a second person. The API has no list of it, so it follows from what happened in the last 30 days; what is
 * then shown is the thing itself, as it is now.
 */
export async function readQueue(): Promise<Queue> {
  const events = await withToken(async () => {
    const all: StaffEvent[] = []
    for await (const event of pastEvents(service, tokenNow)) all.push(event)
    return all
  })
  const open = openOf(events)
  const looked = await Promise.all(open.slice(0, atMost).map(look))
  const waiting = looked.flat()
  return { waiting: [...waiting].sort((a, b) => rank(a) - rank(b)), left: Math.max(0, open.length - atMost) }
}

interface Candidate {
  kind: Waiting['kind']
  report: string
  object: string
}

/** The newest first: what was begun and not yet ended. */
export function openOf(events: readonly StaffEvent[]): Candidate[] {
  const open = new Map<string, Candidate>()
  for (const { kind, report, object } of events) {
    if (report === null || object === null) continue
    const begun = begins[kind]
    if (begun !== undefined) {
      open.delete(object)
      open.set(object, { kind: begun, report, object })
    }
    if (ends.has(kind)) open.delete(object)
  }
  return [...open.values()].reverse()
}

/** The thing as it is now; nothing where it does not wait, or is not for this person to see. */
async function look({ kind, report, object }: Candidate): Promise<Waiting[]> {
  try {
    return await lookers[kind](report, object)
  } catch (error) {
    if (isSottoError(error, 'not-found', 'gone')) return []
    throw error
  }
}

const lookers: Record<Waiting['kind'], (report: string, object: string) => Promise<Waiting[]>> = {
  async item(report, itemId) {
    const { body: item } = await api.get('/v1/triage/reports/{id}/items/{itemId}', {
      path: { id: report, itemId },
    })
    return item.status === 'draft' ? [{ kind: 'item', report, item }] : []
  },
  async message(report, id) {
    const { body } = await api.get('/v1/triage/reports/{id}/messages', {
      path: { id: report },
      query: { limit: 200 },
    })
    const message = body.items.find((one) => one.id === id && one.status === 'pending')
    return message === undefined ? [] : [{ kind: 'message', report, message }]
  },
  async review(report, disseminationId) {
    if (!may('disseminations.review')) return []
    const { body: sent } = await api.get('/v1/triage/reports/{id}/disseminations/{disseminationId}', {
      path: { id: report, disseminationId },
    })
    return waitsForReview(sent) ? [{ kind: 'review', report, sent }] : []
  },
}

/** What went out unapproved first, the longest overdue before all. */
function rank(one: Waiting): number {
  if (one.kind === 'review') return new Date(one.sent.reviewBy ?? 0).getTime() - 1e15
  return one.kind === 'message' ? 1 : 2
}
