import { onePersonOf } from '../../../auth/people.ts'
import { mayDo } from '../../../auth/permissions.ts'
import type { Case, CaseView, ReportPatch } from '../../../schemas/casework.ts'
import type { RestrictedReport } from '../../../schemas/triage.ts'
import { mayTellShared } from '../../../storage/disseminations.ts'
import type { Query } from '../../../storage/pool.ts'
import { changeMailboxStatus, changeReport, type ReportChanges } from '../../../storage/reportChanges.ts'
import { findReport, type SealedReportRow } from '../../../storage/reports.ts'
import { dayOf } from '../../../vocabulary/calendar.ts'
import { invalid } from '../../../vocabulary/faults.ts'
import type { Periods } from '../../../vocabulary/periods.ts'
import type { Person } from '../../../vocabulary/person.ts'
import { coarseStatus } from '../../../vocabulary/transitions.ts'
import { beginAct, type TriageDeps } from '../../acts/begin.ts'
import { keepWhatWasTold } from '../../acts/submissionConflict.ts'
import { consulted } from '../../audit/deeds.ts'
import { type Act, transact } from '../../calls/act.ts'
import { requireVersion } from '../../calls/preconditions.ts'
import type { WayIn } from '../../staff/waysIn.ts'
import { caseView, namesAmong, readCase } from '../case.ts'
import { write } from '../casework.ts'
import { movesOf, refuseMove } from '../moves.ts'
import { isStub, stubOf } from '../summary.ts'
import { changedFields, guardedChanges, isSameCase, mergeCase, ordinaryChanges } from './changes.ts'
import {
  afterChanges,
  type Decision,
  decideAll,
  isLoosened,
  isPending,
  needsReason,
  takesHold,
  waitingAfter,
} from './decide.ts'
import { conflictAmong, refuseVanishing } from './naming.ts'
import { recordsOf } from './records.ts'
import { refuseByRole, refuseByStub, refuseUnknownAgencies, refuseUnknownPeople } from './refusals.ts'
import { guardedOf, wantedIn } from './wanted.ts'

export interface PatchDeps extends TriageDeps {
  periods: Periods
  /** Every way in that is good now. */
  waysIn(): Promise<WayIn[]>
}

export interface Patched {
  report: CaseView | RestrictedReport
  /** Whether some of the patch waits for a second supervisor. */
  waits: boolean
}

/**
 * Changes a report's own fields. Every check comes before anything is changed; all of it is one transaction. What one
 * person may not do alone waits, sealed, until another supervisor wants the same; the rest holds at once. What changes
 * nothing raises no version; it shows the report, so it is a consultation.
 */
export async function patchReport(
  deps: PatchDeps,
  person: Person,
  id: string,
  ifMatch: string | undefined,
  patch: ReportPatch,
): Promise<Patched> {
  const { audit, clock } = deps
  refuseByRole(person, patch)
  // Before the transaction, which would hold one connection while it waits for another.
  const ways = namesOrHides(patch) ? await deps.waysIn() : []
  return transact(deps, person, async (act) => {
    const report = await beginAct(act, id, { namesPeople: true })
    requireVersion(ifMatch, report.version)
    if (isStub(report, person)) refuseByStub(patch)

    const { version, content: read, isLost } = await readCase(act, report)
    // Of what does not open, the stricter is taken: only two may say that there are no proceedings.
    const content = isLost ? { ...read, proceedingsKnown: true } : read
    const before = guardedOf(report, content)
    const waiting = content.pending ?? []
    const waitingFor = waiting.map(({ by }) => by)
    const named = patch.restrictedTo ?? []
    const ids = [person.id, ...waitingFor, ...named, ...ways.map(({ id }) => id)]
    const onePerson = await onePersonOf(act.query, ids)
    const isSetter = (other: string) => onePerson(other) === onePerson(person.id)
    const inConflict = conflictAmong(ways, [
      ...before.conflictOfInterest,
      ...(patch.conflictOfInterest ?? []),
    ])
    const decisions = decideAll(person, wantedIn(patch), {
      before,
      waiting,
      isStub: isStub(report, person),
      circumstances: { isSetter, periods: deps.periods, isInConflict: inConflict },
    })
    refuseWithoutReason(patch, decisions)
    await refuseUnknownPeople(act.query, patch)
    await refuseUnknownAgencies(act.query, patch)
    const inNewConflict = conflictAmong(ways, addedTo(before.conflictOfInterest, patch.conflictOfInterest))
    refuseVanishing(person, before, decisions, { ways, inNewConflict, onePerson })

    const held = decisions.filter(takesHold)
    const stillWaiting = waitingAfter(waiting, decisions, person, dayOf(clock()))
    const { proceedingsKnown } = afterChanges(before, held)
    const merged = { ...mergeCase(content, patch), proceedingsKnown, pending: stillWaiting }
    const { status: _status, ...unmoved } = patch
    const grounds = {
      report,
      content: { ...mergeCase(content, unmoved), proceedingsKnown },
      reason: patch.reason,
    }
    await refuseMove(act, grounds, patch)

    const waits = decisions.some(isPending)
    const done = recordsOf(id, changedFields(patch, report, content, merged), before, decisions)
    if (done.length === 0 && !isLost) {
      await audit.record(act, consulted(`report/${id}`), patch.reason)
      return { report: await shownTo(act, deps, report, {}, content), waits }
    }

    const guarded: ReportChanges = Object.assign({}, ...held.map(({ change }) => guardedChanges(change)))
    await keepWhatWasTold(act.query, report, guarded.conflictOfInterest)
    await changeReport(act.query, id, {
      ...ordinaryChanges(patch),
      ...guarded,
      pending: stillWaiting.length > 0,
      ...loosenedBy(decisions, clock()),
    })
    if (!isSameCase(merged, { ...read, pending: waiting })) {
      const writing = { kind: 'case', id, version: version + 1, reportId: id } as const
      await write(act, clock(), writing, merged)
    }
    await tellReporter(act.query, id, patch)
    for (const deed of done) {
      await audit.record(act, deed, patch.reason)
    }
    return {
      report: await shownTo(act, deps, report, patch, merged),
      waits,
    }
  })
}

async function tellReporter(query: Query, id: string, { status }: ReportPatch): Promise<void> {
  if (status === undefined) return
  await changeMailboxStatus(query, id, coarseStatus(status, await mayTellShared(query, id)))
}

function loosenedBy(decisions: readonly Decision[], now: Date): { loosenedOn?: string } {
  return isLoosened(decisions) ? { loosenedOn: dayOf(now) } : {}
}

function namesOrHides({ restricted, restrictedTo, conflictOfInterest }: ReportPatch): boolean {
  return restricted !== undefined || restrictedTo !== undefined || conflictOfInterest !== undefined
}

function addedTo(before: readonly string[], wanted: readonly string[] | null | undefined): string[] {
  return (wanted ?? []).filter((agency) => !before.includes(agency))
}

function refuseWithoutReason(patch: ReportPatch, decisions: readonly Decision[]): void {
  if (patch.reason !== undefined) return
  if (patch.suspectedMalicious !== undefined || decisions.some(needsReason)) {
    throw invalid('/reason', 'required', 'must be given for this')
  }
}

/** The report as this person sees it now. Whoever may no longer see it is told no more than its stub. */
async function shownTo(
  act: Act,
  { periods }: PatchDeps,
  report: SealedReportRow,
  { category }: ReportPatch,
  content: Case,
): Promise<CaseView | RestrictedReport> {
  const viewer = {
    personId: act.person.id,
    agency: act.person.agency,
    seesUnnamedRestricted: mayDo(act.person.role, 'reports.see-unnamed'),
  }
  const changed = await findReport(act.query, viewer, report.id)
  const nameOf = await namesAmong(act.query, [changed ?? report], [content])
  if (changed === undefined) {
    const [seen, version] = [category ?? report.category, report.version + 1]
    return stubOf({ ...report, restricted: true, category: seen, version }, undefined, nameOf)
  }
  if (isStub(changed, act.person)) return stubOf(changed, content, nameOf)
  const moves = await movesOf(act, { report: changed, content })
  return { ...caseView(changed, content, nameOf, periods), moves }
}
