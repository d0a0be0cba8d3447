import type { AuditAction } from '../../vocabulary/auditActions.ts'
import type { EventOfAct } from '../../vocabulary/eventOfAct.ts'

/** What each action does to a thing, where its target does not say. */
const usually: Partial<Record<AuditAction, string>> = {
  alteration: 'changed',
  disclosure: 'sent',
  erasure: 'erased',
}

/** Things that a report has, with what an alteration of each is. */
const things: Readonly<Record<string, string>> = {
  assessment: 'changed',
  attachment: 'changed',
  confirmation: 'needed',
  dissemination: 'changed',
  erasure: 'changed',
  item: 'changed',
  link: 'changed',
  message: 'written',
  messages: 'changed',
  note: 'added',
  outcome: 'recorded',
}

/** How targets name what was done, and how events do. */
const done: Readonly<Record<string, string>> = {
  acknowledgement: 'acknowledged',
  lock: 'locked',
  quarantine: 'quarantined',
  recall: 'recalled',
  unlock: 'unlocked',
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const word = /^[a-z]+$/

/**
 * The event of an act, out of its audit record: `report/<id>/item/<id>/approved` is item-approved. Undefined for what
 * is no event: readings, refusals, administration.
 */
export function eventOf(action: AuditAction, target: string): EventOfAct | undefined {
  const [whole = '', id = '', thing = '', ...after] = target.split('/')
  // What was combined is a link; to read a report's links is no event.
  const usual = action === 'combination' && thing === 'link' ? 'decided' : usually[action]
  if (usual === undefined || !uuid.test(id) || (whole !== 'report' && whole !== 'dissemination'))
    return undefined
  const of =
    whole === 'report' ? { reportId: id, disseminationId: null } : { reportId: null, disseminationId: id }
  if (things[thing] === undefined) {
    // What follows a report is the fields that were changed; what follows a product is what was done to it.
    const did = whole === 'report' ? usual : (done[thing] ?? usual)
    return { kind: `${whole}-${did}`, ...of, objectId: null }
  }
  const objectId = after.find((part) => uuid.test(part)) ?? null
  if (after.includes('destruction')) return { kind: 'confirmation-needed', ...of, objectId }
  const did = didOf(after) ?? (action === 'alteration' ? things[thing] : usual)
  return { kind: `${thing}-${did}`, ...of, objectId }
}

function didOf(after: readonly string[]): string | undefined {
  const said = after.find((part) => word.test(part))
  return said === undefined ? undefined : (done[said] ?? said)
}
