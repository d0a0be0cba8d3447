import { createSlicing } from '../../../concurrency/slicing.ts'
import { type CheckedReport, freeTexts } from './fields.ts'
import { findWarnings, findWarningsInSlices, type Warning } from './find.ts'

/** Characters that are looked through in well under a slice. */
const short = 2_000

/** The warnings of long drafts are found in slices; of short ones at once, since waiting would take longer. */
export function warningsInSlices(slicing = createSlicing()): (report: CheckedReport) => Promise<Warning[]> {
  return async (report) => {
    const length = freeTexts(report).reduce((sum, { text }) => sum + text.length, 0)
    return length <= short ? findWarnings(report) : slicing.run(length, findWarningsInSlices(report))
  }
}
