import type { Keyring } from '../../crypto/keyring.ts'
import type { Pool } from '../../storage/pool.ts'
import type { Person } from '../../vocabulary/person.ts'
import type { Work } from '../envelope/work.ts'

/** What somebody does: who, in which transaction, with which keys, by which clock. */
export interface Act extends Work {
  person: Person
  clock: () => Date
}

/** What acts are done with. */
export interface ActDeps {
  pool: Pool<'sotto_triage'>
  keyring: Keyring
  clock: () => Date
}

/** Does an act of a person: all of it in one transaction, or nothing. */
export function transact<T>(
  { pool, keyring, clock }: ActDeps,
  person: Person,
  work: (act: Act) => Promise<T>,
): Promise<T> {
  return pool.transaction((query) => work({ person, query, keyring, clock }))
}
