import type { SealedEntity } from '../../schemas/entities.ts'
import { type CaseworkRow, newestEntities } from '../../storage/casework.ts'
import type { Work } from '../envelope/work.ts'
import { read } from '../triage/casework.ts'

export type Entity = SealedEntity['entity']

export interface Confirmed {
  row: CaseworkRow<'entity'>
  content: SealedEntity
}

/** What staff confirmed from the text of these reports, and nobody withdrew. */
export async function confirmedOf(work: Work, reportIds: readonly string[]): Promise<Confirmed[]> {
  return (await readConfirmed(work, reportIds)).confirmed
}

/** The same, with how many more cannot be read. */
export async function readConfirmed(work: Work, reportIds: readonly string[]) {
  const confirmed: Confirmed[] = []
  let unreadable = 0
  for (const row of await newestEntities(work.query, reportIds)) {
    const content = await read(work, row)
    if (content === undefined) unreadable += 1
    else if (content.withdrawn !== true) confirmed.push({ row, content })
  }
  return { confirmed, unreadable }
}

/** The same, the things alone, by report. */
export async function confirmedByReport(
  work: Work,
  reportIds: readonly string[],
): Promise<ReadonlyMap<string, Entity[]>> {
  const things = new Map<string, Entity[]>()
  for (const { row, content } of await confirmedOf(work, reportIds)) {
    things.set(row.reportId, [...(things.get(row.reportId) ?? []), content.entity])
  }
  return things
}
