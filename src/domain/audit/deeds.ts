import { changedFields, linkPart, reportTarget } from '../../storage/auditTargets.ts'
import type { AuditAction } from '../../vocabulary/auditActions.ts'
import type { ActKind } from '../../vocabulary/eventKinds.ts'
import type { EventOfAct } from '../../vocabulary/eventOfAct.ts'

/** What somebody did: the words of the trail, and the event, if it is one. Neither is ever read out of the other. */
export interface Deed {
  action: AuditAction
  target: string
  event?: EventOfAct
}

/** What is an event: work on a report, and on a product that was sent of one. */
export const deeds = {
  reportChanged: (report: string, fields: readonly string[]) =>
    onReport('report-changed', report, fields.length > 0 ? changedFields(fields) : 'unchanged'),
  reportErased: (report: string) => onReport('report-erased', report, '', null, 'erasure'),
  reportErasedByLaw: (report: string) => onReport('report-erased', report, 'by-law', null, 'erasure'),

  confirmation: (report: string, what: 'needed' | 'given' | 'withdrawn', fields: readonly string[]) =>
    onReport(`confirmation-${what}`, report, `confirmation/${what}/${changedFields(fields)}`),
  /** Of a selection that is closed by two: asked for, agreed to, or not. */
  closure: (report: string, closure: string, what: 'needed' | 'given' | 'withdrawn') =>
    onReport(`confirmation-${what}`, report, `closure/${closure}/${what}`, closure),
  erasure: (report: string, status: 'requested' | 'approved' | 'withdrawn') =>
    onReport(`erasure-${status}`, report, `erasure/${status}`),

  assessmentChanged: (report: string) => onReport('assessment-changed', report, 'assessment'),
  noteAdded: (report: string, note: string) => onReport('note-added', report, `note/${note}`, note),
  itemChanged: (report: string, item: string) => onReport('item-changed', report, `item/${item}`, item),
  itemDecided: (report: string, item: string, decision: 'approved' | 'refused') =>
    onReport(`item-${decision}`, report, `item/${item}/${decision}`, item),

  entityConfirmed: (report: string, entity: string) =>
    onReport('entity-confirmed', report, `entity/${entity}`, entity),
  entityWithdrawn: (report: string, entity: string) =>
    onReport('entity-withdrawn', report, `entity/${entity}/withdrawn`, entity),

  attachmentQuarantined: (report: string, image: string) =>
    onReport('attachment-quarantined', report, `attachment/${image}/quarantine`, image),
  attachmentToDestroy: (report: string, image: string) =>
    onReport('confirmation-needed', report, `attachment/${image}/destruction`, image),
  attachmentKept: (report: string, image: string) =>
    onReport('attachment-kept', report, `attachment/${image}/kept`, image),
  attachmentErased: (report: string, image: string) =>
    onReport('attachment-erased', report, `attachment/${image}`, image, 'erasure'),

  messageWritten: (report: string, message: string) =>
    onReport('message-written', report, `message/${message}`, message),
  messageSent: (report: string, message: string) =>
    onReport('message-sent', report, `message/${message}/sent`, message),
  messageDecided: (report: string, message: string, decision: 'approved' | 'refused') =>
    onReport(`message-${decision}`, report, `message/${message}/${decision}`, message),
  messagesLocked: (report: string, reasons: readonly string[]) =>
    onReport('messages-locked', report, `messages/lock/${reasons.join()}`),
  messagesUnlocked: (report: string) => onReport('messages-unlocked', report, 'messages/unlock'),

  linkDecided: (report: string, link: string, decision: 'proposed' | 'confirmed' | 'rejected') =>
    onReport(`link-${decision}`, report, linkPart(link, decision), link, 'combination'),
  outcomeRecorded: (report: string, outcome: string) =>
    onReport('outcome-recorded', report, `outcome/${outcome}`, outcome),

  disseminationSent: (report: string, product: string) =>
    onReport('dissemination-sent', report, `dissemination/${product}`, product, 'disclosure'),
  disseminationRecalled: (report: string, product: string) =>
    onReport('dissemination-recalled', report, `dissemination/${product}/recall`, product, 'disclosure'),
  disseminationDecided: (report: string, product: string, decision: 'approved' | 'refused') =>
    onReport(`dissemination-${decision}`, report, `dissemination/${product}/${decision}`, product),
  disseminationAcknowledged: (product: string) =>
    onProduct('dissemination-acknowledged', product, 'acknowledgement'),
  disseminationAnswered: (product: string, outcome: string) =>
    onProduct('outcome-recorded', product, `outcome/${outcome}`, outcome),
} as const satisfies Readonly<Record<string, (...about: never[]) => Deed>>

/** What is recorded and no event: reading, bringing together, and work on the service itself. */
export const consulted = ofAction('consultation')
export const combined = ofAction('combination')
export const administered = ofAction('administration')
export const collected = ofAction('collection')
/** What an agency shares in: its trail never names which, since that leads to a report (docs/sharing.md). */
export const sharedIn = ofAction('alteration')
/** Of keys and whole mailboxes. What is erased of a report is an event. */
export const erased = ofAction('erasure')

function ofAction(action: AuditAction): (target: string) => Deed {
  return (target) => ({ action, target })
}

function onReport(
  kind: ActKind,
  reportId: string,
  what: string,
  objectId: string | null = null,
  action: AuditAction = 'alteration',
): Deed {
  const target = reportTarget(reportId, what)
  return { action, target, event: { kind, reportId, disseminationId: null, objectId } }
}

/** A partner does not know whose report it was. */
function onProduct(kind: ActKind, product: string, what: string, objectId: string | null = null): Deed {
  const target = `dissemination/${product}/${what}`
  return { action: 'alteration', target, event: { kind, reportId: null, disseminationId: product, objectId } }
}
