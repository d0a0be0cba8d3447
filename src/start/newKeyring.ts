import { type Keyring, makeKeyring, withAgencyKeys } from '../crypto/keyring.ts'
import { agencies } from '../vocabulary/agencies.ts'

/** A whole keyring for a new deployment. It holds the keys of the usual agencies too, until they bring their own. */
export function newKeyring(today: string): Keyring {
  return withAgencyKeys(
    makeKeyring(today),
    agencies.map(({ slug }) => slug),
    today,
  )
}
