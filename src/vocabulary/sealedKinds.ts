/**
 * Every kind of object that is sealed, one entry each. What seals, opens, rewraps, mixes and purges walks this table, and so
 * does the test that looks for forgotten tables. What is bound into the seal (`kind`, `column`, `sender`, and what `day`,
 * `report` and `version` name) never changes once an object of the kind was sealed (docs/sealed-format.md).
 */
export interface SealedKind {
  /** What kind of thing, as bound into the seal and into the wrap of its key; the same in the box and out of it. */
  kind: string
  /** The column, as bound; or the field of a row that names it. */
  column: string | { field: string }
  sender: 'reporter' | 'staff'
  /** The field of a row that holds the day that is bound. A moment counts as its UTC day. */
  day: string
  /** The field that holds the report that is bound; without it none is, so that its recipient learns of none. */
  report?: string
  /** The field that holds the version that is bound; without it that is 1. */
  version?: string
  /** The least padded size in bytes: a power of two. */
  smallest: number
  /** Who may open it beside the organisation. */
  alsoTo?: 'mailbox' | 'agency'
  /** Whose signature must hold before it is shown or acted on. The reporter's may lie inside, beside what it signs. */
  signed: 'by-service' | 'by-reporter' | 'inside' | 'no'
  /** Where its wrapped data key lies. Kinds that share columns name the same. */
  wrappedKey: WrappedKeyColumns
}

/** Columns `<prefix>batch_id` and `<prefix>wrapped_key` of one table. */
export interface WrappedKeyColumns {
  name: string
  table: string
  prefix?: 'meta_' | 'record_' | 'reason_' | 'submitter_'
  /** The table of the box in which it waits for the mixing. */
  box?: string
  /** The table's primary key, with types; by id, if it is not said. */
  key?: Readonly<Record<string, 'uuid' | 'text' | 'integer'>>
  /** How a row names the report with which it is purged. */
  ofReport: 'itself' | 'report_id' | 'dissemination' | 'none'
  /** Many objects share a batch. All else is a batch of its own: whoever opens one must not open its neighbours. */
  sharesBatch?: true
  /** Its rows cannot change, so that its key ends with its period. */
  stays?: true
}

const reporterMessages = {
  name: 'reporterMessages',
  table: 'reporter_messages',
  box: 'box_reporter_messages',
  ofReport: 'report_id',
} as const
const staffMessages = { name: 'staffMessages', table: 'staff_messages', ofReport: 'report_id' } as const
const attachments = { table: 'attachments', box: 'box_attachments', ofReport: 'report_id' } as const
const disseminations = { table: 'disseminations', ofReport: 'report_id' } as const
const submissions = { table: 'submissions', ofReport: 'report_id' } as const

/** In the order in which keys are moved: reports, to which others look for their mailbox, at any time. */
export const sealedKinds = {
  report: {
    kind: 'report',
    column: 'body',
    sender: 'reporter',
    day: 'receivedOn',
    report: 'id',
    smallest: 1024,
    signed: 'no',
    wrappedKey: {
      name: 'reports',
      table: 'reports',
      box: 'box_reports',
      ofReport: 'itself',
      sharesBatch: true,
    },
  },
  casework: {
    kind: 'casework',
    column: { field: 'kind' },
    sender: 'staff',
    day: 'writtenAt',
    report: 'reportId',
    version: 'version',
    smallest: 1024,
    signed: 'by-service',
    wrappedKey: {
      name: 'casework',
      table: 'casework',
      key: { kind: 'text', id: 'uuid', version: 'integer' },
      ofReport: 'report_id',
    },
  },
  reporterMessage: {
    kind: 'message-from-reporter',
    column: 'body',
    sender: 'reporter',
    day: 'sentOn',
    report: 'reportId',
    version: 'number',
    smallest: 1024,
    alsoTo: 'mailbox',
    signed: 'by-reporter',
    wrappedKey: reporterMessages,
  },
  // What is sent keeps the day on which it was written; the signature binds number and day of sending.
  staffMessage: {
    kind: 'message-from-staff',
    column: 'body',
    sender: 'staff',
    day: 'writtenOn',
    report: 'reportId',
    smallest: 1024,
    alsoTo: 'mailbox',
    signed: 'by-service',
    wrappedKey: staffMessages,
  },
  // It lies elsewhere than what is sent of it: the one can never be shown for the other. No reporter opens it.
  draft: {
    kind: 'message-from-staff',
    column: 'draft',
    sender: 'staff',
    day: 'writtenOn',
    report: 'reportId',
    smallest: 1024,
    signed: 'by-service',
    wrappedKey: staffMessages,
  },
  image: {
    kind: 'attachment',
    column: 'body',
    sender: 'reporter',
    day: 'receivedOn',
    report: 'reportId',
    smallest: 65_536,
    signed: 'by-reporter',
    wrappedKey: { ...attachments, name: 'images' },
  },
  imageFacts: {
    kind: 'attachment',
    column: 'meta',
    sender: 'reporter',
    day: 'receivedOn',
    report: 'reportId',
    smallest: 256,
    alsoTo: 'mailbox',
    signed: 'inside',
    wrappedKey: { ...attachments, name: 'imageFacts', prefix: 'meta_' },
  },
  product: {
    kind: 'dissemination',
    column: 'body',
    sender: 'staff',
    day: 'sentAt',
    smallest: 4096,
    alsoTo: 'agency',
    signed: 'by-service',
    wrappedKey: { ...disseminations, name: 'products' },
  },
  productRecord: {
    kind: 'dissemination',
    column: 'record',
    sender: 'staff',
    day: 'sentAt',
    smallest: 1024,
    signed: 'no',
    wrappedKey: { ...disseminations, name: 'productRecords', prefix: 'record_' },
  },
  outcome: {
    kind: 'outcome',
    column: 'body',
    sender: 'staff',
    day: 'recordedAt',
    smallest: 1024,
    signed: 'by-service',
    wrappedKey: { name: 'outcomes', table: 'outcomes', ofReport: 'dissemination' },
  },
  // The partner who opens it is shown no report: none is bound, and the report's id lies inside.
  submission: {
    kind: 'submission',
    column: 'body',
    sender: 'staff',
    day: 'submittedOn',
    smallest: 1024,
    signed: 'by-service',
    wrappedKey: { ...submissions, name: 'submissions' },
  },
  // A hash of it lies inside the submission, which is signed.
  submitter: {
    kind: 'submission',
    column: 'submitter',
    sender: 'staff',
    day: 'submittedOn',
    report: 'reportId',
    smallest: 1024,
    signed: 'no',
    wrappedKey: { ...submissions, name: 'submitters', prefix: 'submitter_' },
  },
  webhook: {
    kind: 'webhook',
    column: 'body',
    sender: 'staff',
    day: 'sealedOn',
    version: 'version',
    smallest: 1024,
    signed: 'by-service',
    wrappedKey: { name: 'webhooks', table: 'webhooks', ofReport: 'none' },
  },
  auditReason: {
    kind: 'audit-reason',
    column: 'reason_body',
    sender: 'staff',
    day: 'at',
    smallest: 1024,
    signed: 'no',
    wrappedKey: {
      name: 'auditReasons',
      table: 'audit_records',
      prefix: 'reason_',
      ofReport: 'report_id',
      stays: true,
    },
  },
} as const satisfies Record<string, SealedKind>

export type SealedKindName = keyof typeof sealedKinds

/** One entry of the table, by its name. */
export function sealedKind(name: SealedKindName): SealedKind {
  return sealedKinds[name]
}

export type WrappedKeyName = (typeof sealedKinds)[SealedKindName]['wrappedKey']['name']

/** Wrapped-key columns, with what the kinds whose keys lie in them have in common. */
export interface KindsKeyColumns extends WrappedKeyColumns {
  name: WrappedKeyName
  /** A kind whose keys lie there: the wrap of a key binds the same of each. */
  sealedAs: SealedKindName
  alsoTo: SealedKind['alsoTo']
}

/** All columns that hold wrapped data keys, each once. */
export const wrappedKeyColumns: readonly KindsKeyColumns[] = columnsOfAllKinds()

export function wrappedKeyColumnsOf(name: WrappedKeyName): KindsKeyColumns {
  const found = wrappedKeyColumns.find((columns) => columns.name === name)
  if (found === undefined) throw new TypeError(`no wrapped key lies in ${name}`)
  return found
}

function columnsOfAllKinds(): KindsKeyColumns[] {
  const found = new Map<WrappedKeyName, KindsKeyColumns>()
  for (const sealedAs of Object.keys(sealedKinds) as SealedKindName[]) {
    const { wrappedKey } = sealedKinds[sealedAs]
    const known = found.get(wrappedKey.name)
    const { alsoTo = known?.alsoTo } = sealedKind(sealedAs)
    found.set(wrappedKey.name, { ...wrappedKey, sealedAs: known?.sealedAs ?? sealedAs, alsoTo })
  }
  return [...found.values()]
}
