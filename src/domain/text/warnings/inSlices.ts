import { createSlicing, type Sliced, unsliced } from '../../../concurrency/slicing.ts'
import { type CheckedReport, freeTexts } from './fields.ts'
import { findWarnings, findWarningsInSlices, type Warning } from './find.ts'
import { findWhoToldInSlices, joined, type SharedWarning } from './whoTold.ts'

/** Characters that are looked through in well under a slice. */
const short = 2_000

/** Whether the warnings are found at once, in less time than waiting would take. */
export function isSoonRead(report: CheckedReport): boolean {
  return lengthOf(report) <= short
}

/** The warnings of long drafts are found in slices, of short ones at once. */
export function warningsInSlices(slicing = createSlicing()): (report: CheckedReport) => Promise<Warning[]> {
  return async (report) =>
    isSoonRead(report) ? findWarnings(report) : slicing.run(lengthOf(report), findWarningsInSlices(report))
}

/** The same of what somebody shares in for another: who told them is warned of as well. */
export function sharedWarningsInSlices(
  slicing = createSlicing(),
): (report: CheckedReport) => Promise<SharedWarning[]> {
  function* find(report: CheckedReport): Sliced<SharedWarning[]> {
    return joined(yield* findWarningsInSlices(report), yield* findWhoToldInSlices(report))
  }
  return async (report) =>
    isSoonRead(report) ? unsliced(find(report)) : slicing.run(lengthOf(report), find(report))
}

function lengthOf(report: CheckedReport): number {
  return freeTexts(report).reduce((sum, { text }) => sum + text.length, 0)
}
