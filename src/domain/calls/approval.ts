import { isOneOf } from '../../auth/people.ts'
import type { Approval } from '../../schemas/casework.ts'
import { Fault, invalid, refusal } from '../../vocabulary/faults.ts'
import type { Act } from './act.ts'

export type Decision = 'approved' | 'refused'

/** What an approval decides. A refusal says why. */
export function decisionOf({ approved, reason }: Approval): Decision {
  if (!approved && reason === undefined) throw invalid('/reason', 'required', 'must be given for a refusal')
  return approved ? 'approved' : 'refused'
}

/**
 * Whether this decision is still to be made: false if the same was made before. Throws where it may not be:
 * `four-eyes` by whoever wrote any of the thing, `not-in-this-state` once the other was made, with what to do `instead`.
 */
export async function isStillToDecide(
  act: Act,
  { authors, status }: { authors: readonly string[]; status: 'draft' | Decision },
  wanted: Decision,
  instead: string,
): Promise<boolean> {
  if (await isOneOf(act.query, act.person.id, authors)) throw new Fault('four-eyes')
  if (status !== 'draft' && status !== wanted)
    throw refusal('not-in-this-state', `It was ${status} already. ${instead}`)
  return status === 'draft'
}
