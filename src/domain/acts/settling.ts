import type { Report } from '../../schemas/report.ts'
import { listAgencies } from '../../storage/agencies.ts'
import {
  type Doubt,
  noteDoubts,
  refuseImages,
  type Settled,
  settleClear,
} from '../../storage/doubtfulReports.ts'
import type { Query } from '../../storage/pool.ts'
import type { ReportRow } from '../../storage/reports.ts'
import type { ReportFacts } from '../../vocabulary/categories/categories.ts'
import { attentionFrom } from '../../vocabulary/priority.ts'
import { knownCategory, type Proposed, settle, takesImages } from './proposed.ts'

/** What is done with what intake said in the clear of a report, once its content is known. */

/** A report that was opened: what intake said of it, and what it holds, undefined if it cannot be read. */
export interface Opened {
  clear: Proposed & { id: string }
  report: Report | undefined
}

/** The agencies that something can be proposed to now. */
export async function agenciesNow(query: Query): Promise<ReadonlySet<string>> {
  return new Set((await listAgencies(query)).flatMap(({ slug, retired }) => (retired ? [] : slug)))
}

/** Settles what reports say in the clear as they leave the box, and notes where not all was as it should be. */
export async function settleReports(query: Query, opened: readonly Opened[]): Promise<void> {
  if (opened.length === 0) return
  const agencies = await agenciesNow(query)
  const doubts: Doubt[] = []
  const changed: Settled[] = []
  for (const { clear, report } of opened) {
    const settled = report === undefined ? withKnownCategory(clear) : settle(clear, report, agencies)
    if (settled !== undefined) changed.push({ ...settled, id: clear.id })
    if (settled === undefined && report !== undefined) continue
    doubts.push({ id: clear.id, unreadable: report === undefined, differed: settled !== undefined })
  }
  await settleClear(query, changed)
  await noteDoubts(query, doubts)
}

/** Reports whose content is about what takes no images. */
export function withoutImages(opened: readonly Opened[]): string[] {
  return opened.flatMap(({ clear, report }) => (report && !takesImages(report) ? clear.id : []))
}

const mailboxesAtOnce = 5_000

/** The same for the mailboxes of these reports, once they have followed: they take no images any more. */
export async function settleMailboxes(query: Query, reportIds: readonly string[]): Promise<void> {
  for (let from = 0; from < reportIds.length; from += mailboxesAtOnce) {
    const differed = await refuseImages(query, reportIds.slice(from, from + mailboxesAtOnce))
    await noteDoubts(
      query,
      differed.map((id) => ({ id, unreadable: false, differed: true })),
    )
  }
}

type Shown = Proposed & Pick<ReportRow, 'receivedOn' | 'attentionBy' | 'boxed' | 'unreadable'>

/** Whether what stands in the clear of it is intake's word alone. */
export function isUnchecked({ boxed, unreadable }: Pick<ReportRow, 'boxed' | 'unreadable'>): boolean {
  return boxed || unreadable
}

/**
 * A report as it is shown once it was opened, before it leaves the box: nothing is written. Undefined where it turns out
 * to be restricted: then it names nobody, and nobody may see it.
 */
export function asOpened<Row extends Shown>(
  row: Row,
  facts: ReportFacts | undefined,
  agencies: ReadonlySet<string>,
): Row | undefined {
  if (facts === undefined) return { ...row, unreadable: true }
  if (!isUnchecked(row)) return row
  const settled = settle(row, facts, agencies)
  if (settled === undefined) return { ...row, unreadable: false }
  if (settled.restricted && !row.restricted) return undefined
  const attentionBy = settled.priority >= attentionFrom ? row.receivedOn : row.attentionBy
  return { ...row, ...settled, attentionBy, unreadable: false }
}

function withKnownCategory(clear: Proposed): Proposed | undefined {
  const category = knownCategory(clear.category)
  return category === clear.category ? undefined : { ...clear, category }
}
