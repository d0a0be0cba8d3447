import type { Keyring } from '../../crypto/keyring.ts'
import type { Query } from '../../storage/pool.ts'

/** What is done with sealed things: in which transaction, and with which keys. */
export interface Work {
  query: Query
  keyring: Keyring
}
