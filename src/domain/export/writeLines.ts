import { workerData } from 'node:worker_threads'
import { type Tell, workAsThread } from '../../concurrency/thread.ts'
import type { BatchKeyPair } from '../../crypto/seal.ts'
import type { Case } from '../../schemas/casework.ts'
import type { CountedRow } from '../../storage/scan.ts'
import { asOpened } from '../acts/settling.ts'
import { reportDecoder } from '../envelope/codedReport.ts'
import { reportOpener } from '../envelope/reportOpener.ts'
import { caseView, newCase } from '../triage/case.ts'
import { type ExportFormat, formatNamed } from './exported.ts'

/*
 * A worker thread: opens sealed reports and writes them as lines, so that the service's own thread stays free. Batch keys
 * live here only, and end with it; each opened body is wiped once its line is written.
 */

export interface LinesJob {
  format: ExportFormat['name']
  reports: readonly { row: CountedRow; content: Case | undefined }[]
  names: ReadonlyMap<string, string>
  /** Those that something can be proposed to now. */
  agencies: ReadonlySet<string>
  graceDays: number
}

export interface Lines {
  /** The lines one after another, cut into pieces as they go to a client. */
  pieces: string[]
  count: number
}

/** Characters that go to the client at once: line by line took a third of the time. */
const charactersAtOnce = 65_536
const batchesAtMost = 10_000

const { pairs } = workerData as { pairs: readonly BatchKeyPair[] }
const open = reportOpener(pairs, batchesAtMost)
const decode = reportDecoder()

workAsThread(linesOf, () => {
  open.forget()
  for (const { privateKey } of pairs) privateKey.fill(0)
})

/** What cannot be read is null, and hides no other; what its content alone says is restricted is left out. */
async function linesOf(
  { format, reports, names, agencies, graceDays }: LinesJob,
  tell: Tell,
): Promise<Lines> {
  const { line } = formatNamed(format)
  const nameOf = (id: string) => ({ id, name: names.get(id) ?? '' })
  const pieces: string[] = []
  let piece = ''
  let count = 0
  let isTold = false

  /** Of a report that the code fails on, nothing is known of its content. */
  async function openedOf(row: CountedRow) {
    try {
      return await open(decode(row))
    } catch (error) {
      if (!isTold) tell(error)
      isTold = true
      return undefined
    }
  }

  for (const { row: found, content: known } of reports) {
    const opened = await openedOf(found)
    const row = asOpened(found, opened?.report, agencies)
    if (row === undefined) continue
    const { proposals, report } = opened ?? { proposals: [], report: null }
    const view = caseView(row, known ?? newCase(row), nameOf, { graceDays })
    piece += line({ ...view, proposals, report })
    count += 1
    if (piece.length < charactersAtOnce) continue
    pieces.push(piece)
    piece = ''
  }
  if (piece !== '') pieces.push(piece)
  return { pieces, count }
}
