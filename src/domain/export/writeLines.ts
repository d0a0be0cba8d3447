import { workerData } from 'node:worker_threads'
import { type Tell, workAsThread } from '../../concurrency/thread.ts'
import type { BatchKeyPair } from '../../crypto/seal.ts'
import type { Case } from '../../schemas/casework.ts'
import type { CountedRow } from '../../storage/scan.ts'
import type { SealedReport, Slab } from '../../storage/sealedReportRow.ts'
import { asOpened } from '../acts/settling.ts'
import { reportOpener } from '../envelope/reportOpener.ts'
import { sealedIn } from '../envelope/slab.ts'
import { caseView, newCase } from '../triage/case.ts'
import { type ExportFormat, formatNamed } from './exported.ts'
import { type Piece, writing } from './pieces.ts'

/*
 * A worker thread: opens sealed reports and writes them as lines, so that the service's own thread stays free. Batch keys
 * live here only, and end with it; each opened body is wiped once its line is written.
 */

export interface LinesJob {
  format: ExportFormat['name']
  /** Of `CountedRow`s. */
  slab: Slab
  /** The sealed fields of those that have any, by id. */
  cases: ReadonlyMap<string, Case>
  names: ReadonlyMap<string, string>
  /** Those that something can be proposed to now. */
  agencies: ReadonlySet<string>
  graceDays: number
}

const batchesAtMost = 10_000

const { pairs } = workerData as { pairs: readonly BatchKeyPair[] }
const open = reportOpener(pairs, batchesAtMost)

workAsThread(
  linesOf,
  () => {
    open.forget()
    for (const { privateKey } of pairs) privateKey.fill(0)
  },
  memoryOf,
)

/** Each piece has memory of its own. */
function memoryOf(pieces: readonly Piece[]): ArrayBuffer[] {
  return pieces.map(({ bytes }) => bytes.buffer)
}

/** What cannot be read is null, and hides no other; what its content alone says is restricted is left out. */
async function linesOf(
  { format, slab, cases, names, agencies, graceDays }: LinesJob,
  tell: Tell,
): Promise<readonly Piece[]> {
  const { line } = formatNamed(format)
  const nameOf = (id: string) => ({ id, name: names.get(id) ?? '' })
  const written = writing()
  let isTold = false

  /** Of a report that the code fails on, nothing is known of its content. */
  async function openedOf(report: SealedReport) {
    try {
      return await open(report)
    } catch (error) {
      if (!isTold) tell(error)
      isTold = true
      return undefined
    }
  }

  for (const { row: found, report } of sealedIn<CountedRow>(slab)) {
    const opened = await openedOf(report)
    const row = asOpened(found, opened?.report, agencies)
    if (row === undefined) continue
    const { proposals, report: content } = opened ?? { proposals: [], report: null }
    const view = caseView(row, cases.get(row.id) ?? newCase(row), nameOf, { graceDays })
    written.put(row.id, line({ ...view, proposals, report: content }))
  }
  return written.end()
}
