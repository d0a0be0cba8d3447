import { type components, isSottoError } from '../../../client/src/index.ts'
import { api } from '../../state/api.ts'
import { may } from '../../state/session.ts'
import type { Item } from '../report/itemDraft.ts'
import { waitsForReview } from '../report/sharing.tsx'

type Schemas = components['schemas']

/** Something that waits for a second person, with the report that it belongs to. */
export type Waiting =
  | { kind: 'item'; report: string; item: Item }
  | { kind: 'message'; report: string; message: Schemas['ConversationMessage'] }
  | { kind: 'review'; report: string; sent: Schemas['StaffDissemination'] }

export interface Queue {
  waiting: Waiting[]
  /** Whether more waits than was looked at. */
  isMore: boolean
}

type Listed = Schemas['Waiting']

/** One look at each: enough for a morning, and no flood of calls. */
const atMost = 40

/** What waits for a second person, each read as it is now: what is shown is what is decided. */
export async function readQueue(): Promise<Queue> {
  const { body } = await api.get('/v1/triage/approvals', { query: { limit: atMost } })
  const looked = await Promise.all(body.items.map(look))
  return { waiting: looked.flat(), isMore: body.nextCursor !== undefined }
}

/** The thing as it is now; nothing where it does not wait any more, or is not for this person to see. */
async function look({ kind, report, id }: Listed): Promise<Waiting[]> {
  try {
    return await lookers[kind](report, id)
  } catch (error) {
    if (isSottoError(error, 'not-found', 'gone')) return []
    throw error
  }
}

const lookers: Record<Listed['kind'], (report: string, object: string) => Promise<Waiting[]>> = {
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
  async 'urgent-dissemination'(report, disseminationId) {
    if (!may('disseminations.review')) return []
    const { body: sent } = await api.get('/v1/triage/reports/{id}/disseminations/{disseminationId}', {
      path: { id: report, disseminationId },
    })
    return waitsForReview(sent) ? [{ kind: 'review', report, sent }] : []
  },
  /** Decided where everything is that takes two supervisors. */
  async closure() {
    return []
  },
}
