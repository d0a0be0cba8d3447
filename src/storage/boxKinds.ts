import { wrappedKeyColumns } from '../vocabulary/sealedKinds.ts'
import { attentionBy } from './attention.ts'

/** What falls into the box: each kind of row with its main table, and how it gets there. */

interface BoxKind {
  /** Its table in the box has the same name after `box_`. */
  main: string
  /** Of a row. */
  key: 'id' | 'lookup_id'
  /** The day on which it came. */
  day: string
  /** The report that it is, or belongs to. */
  report: 'id' | 'report_id'
  /** What is copied as it is. Keys are put under new batches. */
  columns: readonly string[]
  /** What follows from a row `b` of the box. */
  derived?: Readonly<Record<string, string>>
}

/** In the order in which they are moved: reports after what belongs to them, so that each is found in one place only. */
export const boxKinds = {
  messages: {
    main: 'reporter_messages',
    key: 'id',
    day: 'sent_on',
    report: 'report_id',
    columns: ['id', 'report_id', 'mailbox_id', 'number', 'sent_on', 'body', 'signature'],
  },
  attachments: {
    main: 'attachments',
    key: 'id',
    day: 'received_on',
    report: 'report_id',
    columns: ['id', 'report_id', 'mailbox_id', 'received_on', 'body', 'signature', 'meta'],
  },
  reports: {
    main: 'reports',
    key: 'id',
    day: 'received_on',
    report: 'id',
    columns: [
      'id',
      'received_on',
      'category',
      'priority',
      'lead_agency',
      'support_agencies',
      'restricted',
      'body',
    ],
    derived: { attention_by: attentionBy('b.priority', 'b.received_on') },
  },
  mailboxes: {
    main: 'mailboxes',
    key: 'lookup_id',
    day: 'opened_on',
    report: 'report_id',
    columns: [
      'lookup_id',
      'id',
      'report_id',
      'opened_on',
      'sealing_key',
      'signing_key',
      'attachments_allowed',
    ],
  },
} as const satisfies Record<string, BoxKind>
export type BoxKindName = keyof typeof boxKinds
export type SealedBoxKind = Exclude<BoxKindName, 'mailboxes'>
export const boxKindNames = Object.keys(boxKinds) as BoxKindName[]

export const boxOf = (name: BoxKindName) => `box_${boxKinds[name].main}`

/** The wrapped keys of a row, by their prefixes, in the order of the table of sealed kinds. */
export function keyPrefixes(name: BoxKindName): string[] {
  return wrappedKeyColumns.flatMap(({ box, prefix = '' }) => (box === boxOf(name) ? prefix : []))
}

/** How a row `b` of the box, with its new keys in `n`, goes into its main table. */
export function placing(name: BoxKindName, newKeys = newKeyColumns(name)): { into: string; select: string } {
  const { main, columns, derived = {} }: BoxKind = boxKinds[name]
  const into = [...columns, ...Object.keys(derived), ...newKeyColumns(name)]
  const from = [...columns.map((column) => `b.${column}`), ...Object.values(derived), ...newKeys]
  return { into: `INSERT INTO ${main} (${into.join(', ')})`, select: `SELECT ${from.join(', ')}` }
}

/** Columns of batch id and wrapped key, key by key. */
export function newKeyColumns(name: BoxKindName): string[] {
  return keyPrefixes(name).flatMap((prefix) => [`${prefix}batch_id`, `${prefix}wrapped_key`])
}
