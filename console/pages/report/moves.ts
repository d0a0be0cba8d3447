import type { StaffEvent } from '../../../client/src/index.ts'
import { isOpenTo, transitionsFrom } from '../../../src/vocabulary/transitions.ts'
import { me } from '../../state/session.ts'
import type { Case, Opened } from './state.ts'

type Moves = Opened['moves']
type Missing = Moves[number]['missing'][number]

/** What is known since the report was read, by what was done here or seen to be done. */
export interface Learnt {
  /** Conditions of moves, and whether they hold. */
  holds?: Partial<Record<Missing, boolean>>
  /** Where the report stands now. */
  status?: Opened['status']
}

/**
 * Where the report may go, by the service's own table, from what an answer to something else told: so that nothing has to be
 * read, and recorded as read, once more. The service asks again at every move.
 */
export function learn(of: Case, { holds = {}, status }: Learnt): void {
  const opened = of.opened.value
  const role = me.value?.role
  if (opened === undefined || role === undefined) return
  const now = status ?? opened.status
  const moves = transitionsFrom(now).map(({ to, by, needs = [] }) => {
    const before = opened.moves.find((move) => move.to === to)?.missing ?? []
    const missing: Missing[] = needs.filter((one) => lacks(holds[one], before.includes(one)))
    if (!isOpenTo(role, { by })) missing.push('supervisor')
    return { to, allowed: missing.length === 0, missing }
  })
  // A new status is a new version: where more has changed, the next change meets that, and is merged.
  const version = opened.version + Number(now !== opened.status)
  of.opened.value = { ...opened, status: now, version, moves }
}

/** What others did to it meanwhile, as far as an event tells. */
export function learnFrom(of: Case, { kind, report }: StaffEvent): void {
  if (report !== of.id) return
  if (kind === 'assessment-changed') learn(of, { holds: { assessed: true } })
  if (kind === 'item-approved') learn(of, { holds: { 'approved-item': true } })
}

function lacks(holds: boolean | undefined, before: boolean): boolean {
  return holds === undefined ? before : !holds
}
