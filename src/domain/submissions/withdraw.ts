import { sealedReport } from '../../storage/reports.ts'
import { destroyReport } from '../../storage/shredding.ts'
import { endSilentMailbox, mailboxesOf } from '../../storage/silence.ts'
import { endSubmission, standingsOf } from '../../storage/submissions.ts'
import { Fault, refusal } from '../../vocabulary/faults.ts'
import type { Person } from '../../vocabulary/person.ts'
import { isGraded } from '../acts/submissionConflict.ts'
import { deeds } from '../audit/deeds.ts'
import { transact } from '../calls/act.ts'
import type { StoreAnswer } from '../calls/storeAnswer.ts'
import type { PurgeDeps } from '../retention/keeping.ts'
import { takeWithMailboxes } from '../retention/purge.ts'
import { hasConflict, type Known } from './known.ts'

/** Who destroys it, to the trail of the report: the person stands in the agency's. */
const service = { id: 'service', role: 'withdrawal' } as const

/**
 * Takes a submission back: report, conversation and images are destroyed, their keys first. What keeps a report keeps it here
 * too; then, as where the agency is in conflict, it is gone for the agency, and triage's copy stays. Throws
 * `not-in-this-state` once it is graded, or something of it was sent on; in conflict, if it was before that.
 */
export function withdraw(
  deps: PurgeDeps,
  person: Person,
  { row, inside: { reportId } }: Known,
  storeAnswer: StoreAnswer,
): Promise<void> {
  return transact(deps, person, async (act) => {
    const taken = await takeWithMailboxes(act.query, deps, reportId)
    const report = await sealedReport(act.query, reportId)
    if (report === undefined) throw new Fault('not-found')
    // Somebody is at work on it.
    if (taken === undefined) throw new Fault('overloaded')
    const isConflicted = hasConflict(row, report)
    const standing = isConflicted ? (await standingsOf(act.query, [reportId])).get(reportId) : undefined
    const isTooLate = isConflicted ? standing?.toldBefore?.graded === true : await isGraded(act.query, report)
    if (isTooLate) {
      throw refusal(
        'not-in-this-state',
        'It is graded: it cannot be withdrawn any more. Say in a message what has changed.',
      )
    }
    await storeAnswer(act.query, {})
    if (!isConflicted && taken.keptBy === undefined) {
      await destroyReport(act.query, reportId)
      await deps.audit.record({ query: act.query, person: service }, deeds.reportErased(reportId))
      return
    }
    await endSubmission(act.query, row.id)
    for (const lookupId of await mailboxesOf(act.query, reportId)) await endSilentMailbox(act.query, lookupId)
  })
}
