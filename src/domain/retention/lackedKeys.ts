import type { Keyring } from '../../crypto/keyring.ts'
import type { Pool } from '../../storage/pool.ts'
import { reportsSealedToOthers } from '../../storage/sealedTo.ts'

export interface Lacked {
  kid: string
  /** Live reports that are sealed to it, and open by no key of the keyring. */
  reports: number
}

/** The keys that live reports are sealed to and this keyring does not have. What was destroyed is not lacked. */
export function lackedKeys(pool: Pool<'sotto_triage'>, { keys }: Keyring): Promise<Lacked[]> {
  const ofOrganisation = keys.filter(({ purpose }) => purpose === 'organisation')
  const kidsOf = (some: typeof keys) => some.map(({ kid }) => kid)
  return reportsSealedToOthers(
    pool,
    kidsOf(ofOrganisation.filter(({ privateKey }) => privateKey !== undefined)),
    kidsOf(ofOrganisation.filter(({ status }) => status === 'destroyed')),
  )
}

/** How it is said to an operator, in one line; undefined if nothing is lacked. */
export function sayLacked(lacked: readonly Lacked[]): string | undefined {
  if (lacked.length === 0) return undefined
  const reports = lacked.reduce((sum, each) => sum + each.reports, 0)
  return `the keyring lacks ${lacked.length} keys (${lacked.map(({ kid }) => kid).join(', ')}) to which ${reports} live reports are sealed`
}
