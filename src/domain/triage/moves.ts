import type { AssessmentDraft, Case, ReportPatch } from '../../schemas/casework.ts'
import { newestCasework } from '../../storage/casework.ts'
import type { SealedReportRow } from '../../storage/reports.ts'
import { Fault } from '../../vocabulary/faults.ts'
import type { ReportStatus } from '../../vocabulary/statuses.ts'
import {
  type Condition,
  conditions,
  isOpenTo,
  type Move,
  type Transition,
  transitionBetween,
  transitionsFrom,
} from '../../vocabulary/transitions.ts'
import type { Act } from '../calls/act.ts'
import type { Work } from '../envelope/work.ts'
import { read } from './casework.ts'
import { hasApprovedItem } from './items.ts'

/** What the conditions of moves are held against. */
interface Grounds {
  report: Pick<SealedReportRow, 'id' | 'status'>
  content: Case
  /** Why it is moved, where that is said with the move. */
  reason?: string | undefined
}

/** Where a report may go from here by this person's hand, and what each move still lacks. */
export async function movesOf(act: Act, grounds: Grounds): Promise<Move[]> {
  const from = transitionsFrom(grounds.report.status as ReportStatus)
  const needed = new Set(from.flatMap(({ needs = [] }) => needs))
  const lacking = await lackingOf(act, needed, grounds)
  return from.map(({ to, by, needs = [] }) => {
    const missing = needs.filter((condition) => lacking.has(condition))
    if (!isOpenTo(act.person.role, { by })) missing.push('supervisor')
    return { to, allowed: missing.length === 0, missing }
  })
}

/** Refuses a move of the status that is not listed, not this person's, or lacks something. */
export async function refuseMove(
  act: Act,
  { report, content, reason }: Grounds,
  patch: ReportPatch,
): Promise<void> {
  const { status } = patch
  if (status === undefined || status === report.status) return
  const transition: Transition | undefined = transitionBetween(report.status as ReportStatus, status)
  if (transition !== undefined && !isOpenTo(act.person.role, transition)) {
    throw new Fault('forbidden')
  }
  const moves = await movesOf(act, { report, content, reason })
  const move = moves.find(({ to }) => to === status)
  if (move?.allowed) return
  throw noSuchMove(moves, move === undefined ? whereTo(moves) : whatLacks(move.missing))
}

/** A move that is refused, with what would be taken instead. */
export function noSuchMove(moves: Move[], detail: string): Fault {
  return new Fault('invalid-transition', [], { detail, moves })
}

function whereTo(moves: readonly Move[]): string {
  if (moves.length === 0) return 'By hand it goes nowhere from here: the first dissemination moves it on.'
  return `From here it goes to ${moves.map(({ to }) => to).join(', ')}.`
}

function whatLacks(missing: readonly Condition[]): string {
  return `This move still lacks something: ${missing.map((condition) => conditions[condition]).join('; ')}.`
}

async function lackingOf(
  work: Work,
  needed: ReadonlySet<Condition>,
  { report, content, reason }: Grounds,
): Promise<Set<Condition>> {
  const assessment = needed.has('assessed') ? await assessmentOf(work, report.id) : undefined
  const hasItem = needed.has('approved-item') && (await hasApprovedItem(work, report.id))
  const holds: Record<Condition, boolean> = {
    assessed: assessment !== undefined,
    'approved-item': hasItem,
    'close-reason': content.closeReason !== null,
    referred: content.closeReason !== 'out-of-remit' || wasReferred(content),
    rationale: reason !== undefined || Boolean(assessment?.rationale),
    supervisor: true,
  }
  return new Set([...needed].filter((condition) => !holds[condition]))
}

/** What is out of remit is first referred on. */
function wasReferred({ referrals }: Case): boolean {
  return referrals.some(({ sent }) => sent !== undefined)
}

async function assessmentOf(work: Work, reportId: string): Promise<AssessmentDraft | undefined> {
  const row = await newestCasework(work.query, reportId, 'assessment', reportId)
  return read(work, row)
}
