import type { StaffRole } from './roles.ts'
import type { ReportStatus } from './statuses.ts'

/** What must hold before a report may move. */
export type Condition = 'assessed' | 'approved-item' | 'close-reason' | 'rationale'

export interface Transition {
  from: ReportStatus
  to: ReportStatus
  by: readonly StaffRole[]
  needs?: readonly Condition[]
}

const anyone = ['triager', 'supervisor'] as const satisfies readonly StaffRole[]
const supervisors = ['supervisor'] as const satisfies readonly StaffRole[]
const toClose = ['assessed', 'close-reason', 'rationale'] as const satisfies readonly Condition[]

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

export function transitionBetween(from: ReportStatus, to: ReportStatus): Transition | undefined {
  return transitions.find((transition) => transition.from === from && transition.to === to)
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
