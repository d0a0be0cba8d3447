import { randomUUID } from 'node:crypto'
import { isOneOf } from '../../auth/people.ts'
import type { Case } from '../../schemas/casework.ts'
import type {
  Closure,
  ClosureApproval,
  ClosureReport,
  ClosureRequest,
  SealedClosure,
} from '../../schemas/closures.ts'
import { insertClosure, reportsOfClosure } from '../../storage/closures.ts'
import { mayTellShared } from '../../storage/disseminations.ts'
import type { Query } from '../../storage/pool.ts'
import { changeMailboxStatus, changeReport } from '../../storage/reportChanges.ts'
import { openReports, type SealedReportRow } from '../../storage/reports.ts'
import { peopleOf } from '../../storage/staff.ts'
import { dayOf } from '../../vocabulary/calendar.ts'
import { Fault, refusal } from '../../vocabulary/faults.ts'
import type { Person } from '../../vocabulary/person.ts'
import { coarseStatus } from '../../vocabulary/transitions.ts'
import { beginAct, type TriageDeps } from '../acts/begin.ts'
import { consulted, type Deed, deeds } from '../audit/deeds.ts'
import { type Act, transact } from '../calls/act.ts'
import { type Decision, decisionOf } from '../calls/approval.ts'
import type { StoreAnswer } from '../calls/storeAnswer.ts'
import type { Work } from '../envelope/work.ts'
import { readCase, readCases } from './case.ts'
import { write } from './casework.ts'
import { isWaiting, refusalOf, type Selected, type Shown, stateOf, waits } from './closureRules.ts'
import { refuseMove } from './moves.ts'

/**
 * Closing a selection: an officer asks, a supervisor who is another person confirms. Each report's own rules hold, at both
 * times; what cannot be closed is told, report by report, and stops none of the others.
 */
export function closures(deps: TriageDeps) {
  const { audit, clock } = deps

  type Asked = Omit<SealedClosure, 'version' | 'status'>

  async function caseOf(work: Work, report: SealedReportRow) {
    const { version, content, isLost } = await readCase(work, report)
    // Of what does not open, the stricter is taken.
    return { version, content: isLost ? { ...content, proceedingsKnown: true } : content }
  }

  /** Refuses what this person could not close by itself either. */
  async function refuseClosing(
    act: Act,
    report: SealedReportRow,
    content: Case,
    { closeReason, rationale }: Pick<Asked, 'closeReason' | 'rationale'>,
  ): Promise<void> {
    if (report.status === 'closed') throw refusal('invalid-transition', 'It is closed already.')
    const grounds = { report, content: { ...content, closeReason }, reason: rationale }
    await refuseMove(act, grounds, { status: 'closed' })
  }

  async function put(act: Act, { id }: SealedReportRow, version: number, content: Case) {
    await write(act, clock(), { kind: 'case', id, version, reportId: id }, content)
  }

  /** Lets one report wait. */
  async function ask(act: Act, id: string, asked: Asked): Promise<ClosureReport> {
    return refusalOf(id, async () => {
      const report = await beginAct(act, id)
      const { version, content } = await caseOf(act, report)
      if (isWaiting(report, content.closure))
        throw refusal('not-in-this-state', 'It waits in another selection already.')
      await refuseClosing(act, report, content, asked)
      const closure = { ...asked, version: report.version + 1, status: 'pending' } as const
      await put(act, report, version + 1, { ...content, closure })
      await changeReport(act.query, id, { pending: true })
      return { id, status: 'pending' }
    })
  }

  /** Closes one that waits, or takes it out of the selection. */
  async function settle(act: Act, selected: Selected, isClosed: boolean): Promise<void> {
    const { report, content, version, closure } = selected
    const { id } = report
    if (isClosed) await refuseClosing(act, report, content, closure)
    const after = {
      ...closure,
      version: report.version + 1,
      status: isClosed ? 'closed' : 'withdrawn',
    } as const
    const closeReason = isClosed ? closure.closeReason : content.closeReason
    await put(act, report, version + 1, { ...content, closeReason, closure: after })
    const pending = (content.pending ?? []).length > 0
    await changeReport(act.query, id, { pending, ...(isClosed ? { status: 'closed' } : {}) })
    if (isClosed) {
      await changeMailboxStatus(act.query, id, coarseStatus('closed', await mayTellShared(act.query, id)))
    }
  }

  /** What becomes of one, if it waits. */
  function settled(act: Act, selected: Selected, decision: Decision): ClosureReport | Promise<ClosureReport> {
    if (!waits(selected)) return stateOf(selected)
    const { id } = selected.report
    const isClosed = decision === 'approved'
    return refusalOf(id, async () => {
      await settle(act, selected, isClosed)
      return { id, status: isClosed ? 'closed' : 'withdrawn' }
    })
  }

  /** The reports of a selection that this person may see, one by one begun to act on. Throws `not-found` without any. */
  async function selectedFor(act: Act, id: string): Promise<Selected[]> {
    const found: Selected[] = []
    for (const reportId of await reportsOfClosure(act.query, id)) {
      const report = await ifThere(() => beginAct(act, reportId))
      if (report === undefined) continue
      const { version, content } = await caseOf(act, report)
      if (content.closure?.id === id) found.push({ report, version, content, closure: content.closure })
    }
    if (found.length === 0) throw new Fault('not-found')
    return found
  }

  async function viewOf(
    query: Query,
    { id, closeReason, rationale, by, on }: Asked,
    reports: ClosureReport[],
  ): Promise<Closure> {
    const [author] = await peopleOf(query, [by])
    const status = reports.some((one) => one.status === 'pending') ? 'pending' : 'decided'
    return { id, closeReason, rationale, by: { id: by, name: author?.name ?? '' }, on, status, reports }
  }

  return {
    request: (
      person: Person,
      { ids, closeReason, rationale }: ClosureRequest,
      storeAnswer: StoreAnswer,
    ): Promise<Closure> =>
      transact(deps, person, async (act) => {
        const id = randomUUID()
        const asked = { id, closeReason, rationale, by: person.id, on: dayOf(clock()) }
        const told = new Map<string, ClosureReport>()
        // In one order for everybody, so that two selections never wait for each other.
        for (const reportId of [...ids].sort()) told.set(reportId, await ask(act, reportId, asked))
        const reports = ids.flatMap((reportId) => told.get(reportId) ?? [])
        const waiting = reports.filter(({ status }) => status === 'pending').map((one) => one.id)
        await insertClosure(act.query, id, waiting)
        const view = await viewOf(act.query, asked, reports)
        await storeAnswer(act.query, view, waiting.length > 0 ? { location: closurePath(id) } : undefined)
        const done = waiting.map((reportId) => deeds.closure(reportId, id, 'needed'))
        await audit.recordAll(act, done, rationale)
        return view
      }),

    find: (person: Person, id: string): Promise<Closure> =>
      transact(deps, person, async (act) => {
        const selected = await shownOf(act, id)
        await audit.record(act, consulted(`closure/${id}`))
        return viewOf(act.query, askedIn(selected), selected.map(stateOf))
      }),

    /** By a supervisor who did not ask; whoever asked may withdraw it. The same again changes nothing. */
    decide: (person: Person, id: string, approval: ClosureApproval): Promise<Closure> =>
      transact(deps, person, async (act) => {
        const { approved = true, reason } = approval
        const decision = decisionOf({ ...approval, approved })
        const selected = await selectedFor(act, id)
        await refuseDeciding(act, selected, decision)
        const reports: ClosureReport[] = []
        for (const one of selected) reports.push(await settled(act, one, decision))
        const view = await viewOf(act.query, askedIn(selected), reports)
        const done = selected.filter(waits).flatMap(({ report }) => {
          const became = reports.find((one) => one.id === report.id)
          return became === undefined ? [] : deedsOf(became, id)
        })
        await audit.recordAll(act, done, reason)
        return view
      }),
  }
}

/** The reports of a selection that this person may see, all read at once. Throws `not-found` without any. */
async function shownOf(act: Act, id: string): Promise<Shown[]> {
  const viewer = { personId: act.person.id, agency: act.person.agency }
  const reports = await openReports(act.query, viewer, await reportsOfClosure(act.query, id))
  const cases = await readCases(
    act,
    reports.map((report) => report.id),
  )
  const shown = reports.flatMap((report) => {
    const closure = cases.get(report.id)?.closure
    return closure?.id === id ? [{ report, closure }] : []
  })
  if (shown.length === 0) throw new Fault('not-found')
  return shown
}

/** Nobody confirms what they asked for themselves; and what was decided is not decided otherwise. */
async function refuseDeciding(act: Act, selected: readonly Selected[], decision: Decision): Promise<void> {
  const askers = [...new Set(selected.map(({ closure }) => closure.by))]
  if (decision === 'approved' && (await isOneOf(act.query, act.person.id, askers)))
    throw new Fault('four-eyes')
  const other = decision === 'approved' ? 'withdrawn' : 'closed'
  if (!selected.some(waits) && selected.some(({ closure }) => closure.status === other))
    throw refusal(
      'not-in-this-state',
      `This selection was ${other} already. Select anew what is to be closed.`,
    )
}

/** What was done to one that waited. */
function deedsOf({ id, status }: ClosureReport, closure: string): Deed[] {
  if (status === 'withdrawn') return [deeds.closure(id, closure, 'withdrawn')]
  if (status !== 'closed') return []
  return [deeds.reportChanged(id, ['status', 'closeReason']), deeds.closure(id, closure, 'given')]
}

export type Closures = ReturnType<typeof closures>

export function closurePath(id: string): string {
  return `/v1/triage/reports/closures/${id}`
}

/** What was asked: the same with each report of the selection. */
function askedIn(selected: readonly Shown[]): SealedClosure {
  const [first] = selected
  if (first === undefined) throw new Fault('not-found')
  return first.closure
}

/** Undefined for what is not there, or not for this person. */
async function ifThere<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Fault && error.kind === 'not-found') return undefined
    throw error
  }
}
