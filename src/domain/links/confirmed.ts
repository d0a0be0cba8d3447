import type { Keyring } from '../../crypto/keyring.ts'
import type { SealedEntity } from '../../schemas/entities.ts'
import { type CaseworkRow, newestEntities } from '../../storage/casework.ts'
import type { Query } from '../../storage/pool.ts'
import { read } from '../triage/casework.ts'

export type Entity = SealedEntity['entity']

export interface Confirmed {
  row: CaseworkRow<'entity'>
  content: SealedEntity
}

/** What staff confirmed from the text of these reports, and nobody withdrew. */
export async function confirmedOf(
  query: Query,
  keyring: Keyring,
  reportIds: readonly string[],
): Promise<Confirmed[]> {
  const confirmed: Confirmed[] = []
  for (const row of await newestEntities(query, reportIds)) {
    const content = await read(query, keyring, row)
    if (content !== undefined && content.withdrawn !== true) confirmed.push({ row, content })
  }
  return confirmed
}

/** The same, the things alone, by report. */
export async function confirmedByReport(
  query: Query,
  keyring: Keyring,
  reportIds: readonly string[],
): Promise<ReadonlyMap<string, Entity[]>> {
  const things = new Map<string, Entity[]>()
  for (const { row, content } of await confirmedOf(query, keyring, reportIds)) {
    things.set(row.reportId, [...(things.get(row.reportId) ?? []), content.entity])
  }
  return things
}
