import type { Person } from '../../auth/person.ts'
import type { Keyring } from '../../crypto/keyring.ts'
import { Fault, invalid } from '../../faults.ts'
import type { AssessmentDraft, Case, CaseView, ReportPatch } from '../../schemas/casework.ts'
import type { ReportStatus, RestrictedReport } from '../../schemas/triage.ts'
import { listAgencies } from '../../storage/agencies.ts'
import { newestCasework } from '../../storage/casework.ts'
import { mayTellShared } from '../../storage/disseminations.ts'
import type { Query } from '../../storage/pool.ts'
import {
  changeMailboxStatus,
  changeReport,
  knownStaff,
  type ReportChanges,
} from '../../storage/reportChanges.ts'
import { findReport, type SealedReportRow } from '../../storage/reports.ts'
import { agencyName } from '../agencies.ts'
import { rankOf } from '../priority.ts'
import { type Condition, coarseStatus, transitionBetween } from '../transitions.ts'
import { beginAct, type TriageDeps } from './act.ts'
import { caseView, readCase } from './case.ts'
import { read, write } from './casework.ts'
import { hasApprovedItem } from './items.ts'
import { requireVersion } from './preconditions.ts'
import { stubOf } from './summary.ts'

/** Changes a report's own fields. Every check comes before anything is changed; all of it is one transaction. */
export function patchReport(
  deps: TriageDeps,
  person: Person,
  id: string,
  ifMatch: string | undefined,
  patch: ReportPatch,
): Promise<CaseView | RestrictedReport> {
  const { pool, keyring, audit, clock } = deps
  return pool.transaction(async (query) => {
    refuseByRole(person, patch)
    const report = await beginAct(query, keyring, person, id, { namesPeople: true })
    requireVersion(ifMatch, report.version)
    refuseByStub(person, report, patch)
    refuseWithoutReason(report, person, patch)
    await refuseUnknownPeople(query, patch)
    await refuseUnknownAgencies(query, patch)

    const { version, content } = await readCase(query, keyring, report)
    const merged = mergeCase(content, patch)
    await refuseMove(query, keyring, person, report, merged, patch)

    await changeReport(query, id, changesOf(patch))
    if (merged !== content) {
      await write(
        query,
        keyring,
        person,
        clock(),
        { kind: 'case', id, version: version + 1, reportId: id },
        merged,
      )
    }
    if (patch.status !== undefined) {
      await changeMailboxStatus(query, id, coarseStatus(patch.status, await mayTellShared(query, id)))
    }
    const fields = Object.keys(patch).filter((name) => name !== 'reason')
    await audit.record(query, person, 'alteration', `report/${id}/${fields.sort().join(',')}`, patch.reason)
    const changed = await findReport(query, { personId: person.id, agency: person.agency }, id)
    return changed === undefined ? stubAfter(report, patch) : caseView(changed, merged)
  })
}

/** Whoever may no longer see the report is told no more than its stub. */
function stubAfter(report: SealedReportRow, { category }: ReportPatch): RestrictedReport {
  return stubOf({
    ...report,
    restricted: true,
    category: category ?? report.category,
    version: report.version + 1,
  })
}

const supervisorsOnly = ['suspectedMalicious'] as const satisfies readonly (keyof ReportPatch)[]
const whileUnnamed: readonly string[] = ['restrictedTo', 'reason']

/** What this role may not do to any report, and so before it is told whether there is this one. */
function refuseByRole(person: Person, patch: ReportPatch): void {
  if (person.role === 'supervisor') return
  if (patch.status === 'approved' || supervisorsOnly.some((field) => patch[field] !== undefined)) {
    throw new Fault('not-permitted')
  }
}

function refuseByStub(person: Person, report: SealedReportRow, patch: ReportPatch): void {
  const fields = Object.keys(patch)
  // To whom the report is only a stub, naming people is the one thing to do.
  const isStub = report.restricted && !report.restrictedTo.includes(person.id)
  if (isStub && fields.some((field) => !whileUnnamed.includes(field))) throw new Fault('not-permitted')
}

function refuseWithoutReason(report: SealedReportRow, person: Person, patch: ReportPatch): void {
  const naming = report.restricted && !report.restrictedTo.includes(person.id)
  if ((naming || patch.suspectedMalicious !== undefined) && patch.reason === undefined) {
    throw invalid('/reason', 'required', 'must be given for this')
  }
}

async function refuseUnknownPeople(query: Query, { assignee, restrictedTo }: ReportPatch): Promise<void> {
  const people = [...(assignee ? [assignee] : []), ...(restrictedTo ?? [])]
  if (people.length === 0) return
  const known = await knownStaff(query, people)
  if (assignee && !known.includes(assignee))
    throw invalid('/assignee', 'unknown-person', 'must be a member of staff')
  const stranger = (restrictedTo ?? []).findIndex((one) => !known.includes(one))
  if (stranger >= 0) throw invalid(`/restrictedTo/${stranger}`, 'unknown-person', 'must be a member of staff')
}

/** A slug with a slip in it would shut nobody out, or lead nowhere. */
async function refuseUnknownAgencies(query: Query, patch: ReportPatch): Promise<void> {
  const { leadAgency, supportAgencies, conflictOfInterest } = patch
  const given = [
    ...(leadAgency === undefined ? [] : [{ slug: leadAgency, pointer: '/leadAgency' }]),
    ...(supportAgencies ?? []).map((slug, i) => ({ slug, pointer: `/supportAgencies/${i}` })),
    ...(conflictOfInterest ?? []).map((slug, i) => ({ slug, pointer: `/conflictOfInterest/${i}` })),
  ].filter(({ slug }) => agencyName(slug) === undefined)
  if (given.length === 0) return
  const added = (await listAgencies(query)).map(({ slug }) => slug)
  const stranger = given.find(({ slug }) => !added.includes(slug))
  if (stranger !== undefined) throw invalid(stranger.pointer, 'unknown-agency', 'must be a known agency')
}

/** RFC 7396 over the sealed fields: the same object if nothing of it changes. */
function mergeCase(content: Case, patch: ReportPatch): Case {
  const { deconfliction, referrals, disclosureRequests, proceedingsKnown, closeReason, status } = patch
  const reopened = status !== undefined && status !== 'closed' && closeReason === undefined
  const merged: Case = {
    deconfliction: deconfliction === undefined ? content.deconfliction : (deconfliction ?? 'not-needed'),
    referrals: referrals === undefined ? content.referrals : (referrals ?? []),
    disclosureRequests:
      disclosureRequests === undefined ? content.disclosureRequests : (disclosureRequests ?? []),
    proceedingsKnown: proceedingsKnown === undefined ? content.proceedingsKnown : (proceedingsKnown ?? false),
    closeReason: closeReason === undefined ? (reopened ? null : content.closeReason) : closeReason,
  }
  return JSON.stringify(merged) === JSON.stringify(content) ? content : merged
}

async function refuseMove(
  query: Query,
  keyring: Keyring,
  person: Person,
  report: SealedReportRow,
  merged: Case,
  patch: ReportPatch,
): Promise<void> {
  if (patch.status === undefined || patch.status === report.status) return
  const transition = transitionBetween(report.status as ReportStatus, patch.status)
  if (transition === undefined) throw new Fault('no-such-move')
  if (!transition.by.some((role) => role === person.role)) throw new Fault('not-permitted')
  for (const condition of transition.needs ?? []) {
    if (!(await holds(condition, query, keyring, report, merged, patch))) throw new Fault('no-such-move')
  }
}

async function holds(
  condition: Condition,
  query: Query,
  keyring: Keyring,
  report: SealedReportRow,
  merged: Case,
  patch: ReportPatch,
): Promise<boolean> {
  switch (condition) {
    case 'approved-item':
      return hasApprovedItem(query, keyring, report.id)
    case 'close-reason':
      return merged.closeReason !== null && (merged.closeReason !== 'out-of-remit' || wasReferred(merged))
    case 'assessed':
      return (await assessmentOf(query, keyring, report.id)) !== undefined
    case 'rationale':
      return patch.reason !== undefined || Boolean((await assessmentOf(query, keyring, report.id))?.rationale)
  }
}

/** What is out of remit is first referred on. */
function wasReferred({ referrals }: Case): boolean {
  return referrals.some(({ sent }) => sent !== undefined)
}

async function assessmentOf(
  query: Query,
  keyring: Keyring,
  reportId: string,
): Promise<AssessmentDraft | undefined> {
  const row = await newestCasework(query, reportId, 'assessment', reportId)
  return read(query, keyring, row)
}

function changesOf(patch: ReportPatch): ReportChanges {
  const {
    priority,
    supportAgencies,
    conflictOfInterest,
    restrictedTo,
    legalHold,
    suspectedMalicious,
    reviewGroup,
  } = patch
  return {
    status: patch.status,
    priority: priority === undefined ? undefined : rankOf(priority),
    category: patch.category,
    leadAgency: patch.leadAgency,
    supportAgencies: cleared(supportAgencies, []),
    conflictOfInterest: cleared(conflictOfInterest, []),
    restricted: restrictedTo === undefined ? undefined : restrictedTo !== null,
    restrictedTo: cleared(restrictedTo, []),
    legalHold: cleared(legalHold, false),
    suspectedMalicious: cleared(suspectedMalicious, false),
    assignee: patch.assignee,
    attentionBy: patch.attentionBy,
    reviewGroup: cleared(reviewGroup, 'unassessed'),
  }
}

/** What null clears a field to; undefined leaves it. */
function cleared<T>(value: T | null | undefined, empty: T): T | undefined {
  return value === null ? empty : value
}
