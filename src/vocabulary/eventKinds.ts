/** What staff and partners do, as event kinds (docs/events.md). */
export const actKinds = [
  'report-changed',
  'report-erased',
  'confirmation-needed',
  'confirmation-given',
  'confirmation-withdrawn',
  'erasure-requested',
  'erasure-approved',
  'erasure-withdrawn',
  'assessment-changed',
  'note-added',
  'item-changed',
  'item-approved',
  'item-refused',
  'entity-confirmed',
  'entity-withdrawn',
  'attachment-quarantined',
  'attachment-kept',
  'attachment-erased',
  'dissemination-sent',
  'dissemination-recalled',
  'dissemination-approved',
  'dissemination-refused',
  'dissemination-acknowledged',
  'outcome-recorded',
  'message-written',
  'message-sent',
  'message-approved',
  'message-refused',
  'messages-locked',
  'messages-unlocked',
  'link-proposed',
  'link-confirmed',
  'link-rejected',
] as const
export type ActKind = (typeof actKinds)[number]

/** What is told on the full hour, of no act. */
export const hourKinds = ['something-new', 'attention-overdue'] as const

/** Every kind of event. Schema, contract and webhooks know these and no others. */
export const eventKinds = [...actKinds, ...hourKinds] as const
export type EventKind = (typeof eventKinds)[number]
