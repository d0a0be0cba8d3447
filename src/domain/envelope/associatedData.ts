import type { AssociatedData } from '../../crypto/seal.ts'
import { dayOf } from '../../vocabulary/calendar.ts'
import { type SealedKindName, sealedKind, type sealedKinds } from '../../vocabulary/sealedKinds.ts'

type Kinds = typeof sealedKinds
type Needs<Entry> = { id: string } & (Entry extends { day: infer Field extends string }
  ? Record<Field, string | Date>
  : unknown) &
  (Entry extends { report: infer Field extends string } ? Record<Field, string> : unknown) &
  (Entry extends { version: infer Field extends string } ? Record<Field, number> : unknown) &
  (Entry extends { column: { field: infer Field extends string } } ? Record<Field, string> : unknown)

/** What a row must tell for its place to be known: which fields, the table of kinds says. */
export type RowOf<Name extends SealedKindName> = Needs<Kinds[Name]>

/** Where an object of this kind belongs: sealed there, it opens nowhere else. */
export function associatedDataOf<Name extends SealedKindName>(name: Name, row: RowOf<Name>): AssociatedData {
  const { kind, column, sender, day, report, version } = sealedKind(name)
  const at: unknown = Reflect.get(row, day)
  return {
    kind,
    column: typeof column === 'string' ? column : text(row, column.field),
    objectId: row.id,
    reportId: report === undefined ? '' : text(row, report),
    receivedOn: at instanceof Date ? dayOf(at) : text(row, day),
    version: version === undefined ? 1 : Number(Reflect.get(row, version)),
    sender,
  }
}

function text(row: object, field: string): string {
  const value: unknown = Reflect.get(row, field)
  if (typeof value !== 'string') throw new TypeError(`what is sealed has no ${field}`)
  return value
}
