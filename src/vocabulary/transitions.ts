import type { StaffRole } from './roles.ts'
import type { ReportStatus } from './statuses.ts'

/** What must hold before a report may move, with what to do where it does not. */
export const conditions = {
  assessed: 'write the assessment',
  'approved-item': 'have an item approved',
  'close-reason': 'send closeReason',
  referred: 'for closeReason out-of-remit, enter a referral with the day on which it was sent',
  rationale: 'send a reason, or write a rationale into the assessment',
  supervisor: 'ask a supervisor',
} as const
export type Condition = keyof typeof conditions
export const conditionNames = Object.keys(conditions) as Condition[]

export interface Transition {
  from: ReportStatus
  to: ReportStatus
  by: readonly StaffRole[]
  needs?: readonly Condition[]
}

const anyone = ['triager', 'supervisor'] as const satisfies readonly StaffRole[]
const supervisors = ['supervisor'] as const satisfies readonly StaffRole[]
const toClose = ['assessed', 'close-reason', 'referred', 'rationale'] as const satisfies readonly Condition[]

/**
 * Who may move a report by hand, from where to where (domain.md, section 4). `disseminated` is not here: the
 * first dissemination sets it.
 */
export const transitions = [
  { from: 'received', to: 'screening', by: anyone },
  { from: 'screening', to: 'sanitising', by: anyone },
  { from: 'sanitising', to: 'graded', by: anyone, needs: ['assessed'] },

  { from: 'graded', to: 'development', by: anyone },
  { from: 'graded', to: 'awaiting-clarification', by: anyone },
  { from: 'development', to: 'graded', by: anyone, needs: ['assessed'] },
  { from: 'development', to: 'awaiting-clarification', by: anyone },
  { from: 'awaiting-clarification', to: 'graded', by: anyone, needs: ['assessed'] },
  { from: 'awaiting-clarification', to: 'development', by: anyone },

  { from: 'graded', to: 'approved', by: supervisors, needs: ['approved-item'] },
  { from: 'development', to: 'approved', by: supervisors, needs: ['approved-item'] },
  { from: 'awaiting-clarification', to: 'approved', by: supervisors, needs: ['approved-item'] },

  { from: 'disseminated', to: 'outcome-pending', by: anyone },
  { from: 'disseminated', to: 'development', by: anyone },
  { from: 'outcome-pending', to: 'development', by: anyone },
  { from: 'outcome-pending', to: 'closed', by: anyone, needs: ['assessed'] },

  { from: 'screening', to: 'closed', by: anyone, needs: toClose },
  { from: 'sanitising', to: 'closed', by: anyone, needs: toClose },
  { from: 'graded', to: 'closed', by: anyone, needs: toClose },
  { from: 'development', to: 'closed', by: anyone, needs: toClose },

  { from: 'closed', to: 'screening', by: anyone },
] as const satisfies readonly Transition[]

/** A move that the table lists, as it stands for one person now. */
export interface Move {
  to: ReportStatus
  /** Whether the status alone, sent now, would move it. */
  allowed: boolean
  /** What lacks. */
  missing: Condition[]
}

export function transitionsFrom(from: ReportStatus): readonly Transition[] {
  return transitions.filter((transition) => transition.from === from)
}

export function transitionBetween(from: ReportStatus, to: ReportStatus): Transition | undefined {
  return transitions.find((transition) => transition.from === from && transition.to === to)
}

/** Whether somebody of this role makes such a move by hand, once nothing lacks. */
export function isOpenTo(role: StaffRole, { by }: Pick<Transition, 'by'>): boolean {
  return by.includes(role)
}

/** Whether this role makes any of the listed moves to a status; true where none is listed, which is no matter of roles. */
export function mayEverMoveTo(role: StaffRole, to: ReportStatus): boolean {
  const leading: readonly Transition[] = transitions.filter((one) => one.to === to)
  return leading.length === 0 || leading.some((one) => isOpenTo(role, one))
}

/** What the reporter sees is coarse. `shared` shows only if a supervisor let it. */
export function coarseStatus(
  status: ReportStatus,
  mayTellShared: boolean,
): 'received' | 'reviewed' | 'shared' | 'closed' {
  if (status === 'received') return 'received'
  if (status === 'closed') return 'closed'
  const shared = status === 'disseminated' || status === 'outcome-pending'
  return shared && mayTellShared ? 'shared' : 'reviewed'
}
