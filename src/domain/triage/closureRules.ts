import type { Case } from '../../schemas/casework.ts'
import { type ClosureReport, closureRefusals, type SealedClosure } from '../../schemas/closures.ts'
import type { ReportRow, SealedReportRow } from '../../storage/reports.ts'
import { Fault, type FaultKind } from '../../vocabulary/faults.ts'

/** A report of a selection, and what was asked of it. */
export interface Shown {
  report: ReportRow
  closure: SealedClosure
}

/** The same, with all that it takes to close it. */
export interface Selected extends Shown {
  report: SealedReportRow
  /** The version of its sealed fields. */
  version: number
  content: Case
}

/** Whether it waits to be closed. What was changed since is another report than the one that was selected. */
export function isWaiting({ version }: Pick<SealedReportRow, 'version'>, closure: SealedClosure | undefined) {
  return closure !== undefined && closure.status === 'pending' && closure.version === version
}

export function waits({ report, closure }: Shown): boolean {
  return isWaiting(report, closure)
}

/** How it stands, as far as that is on record. */
export function stateOf(selected: Shown): ClosureReport {
  const { closure } = selected
  const { id } = selected.report
  if (closure.status === 'pending' && !waits(selected))
    return { id, status: 'refused', code: 'precondition-failed' }
  return { id, status: closure.status }
}

function codeOf(kind: FaultKind): (typeof closureRefusals)[number] | undefined {
  return kind === 'not-in-this-state' ? 'conflict' : closureRefusals.find((code) => code === kind)
}

/** Does `work` for one report of many: that it is refused stops none of the others. */
export async function refusalOf(id: string, work: () => Promise<ClosureReport>): Promise<ClosureReport> {
  try {
    return await work()
  } catch (error) {
    const code = error instanceof Fault ? codeOf(error.kind) : undefined
    if (code === undefined) throw error
    return { id, status: 'refused', code }
  }
}
