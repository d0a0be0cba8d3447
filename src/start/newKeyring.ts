import { hasNativeHybrid } from '../crypto/hybrid.ts'
import { type Keyring, makeKeyring, withAgencyKeys } from '../crypto/keyring.ts'
import type { SuiteName } from '../crypto/suites.ts'
import { agencies } from '../vocabulary/agencies.ts'

/** A whole keyring for a new deployment. It holds the keys of the usual agencies too, until they bring their own. */
export function newKeyring(today: string, suite: SuiteName = 'x25519'): Keyring {
  return withAgencyKeys(
    makeKeyring(today, suite),
    agencies.map(({ slug }) => slug),
    today,
  )
}

/** The suite of a new keyring where nobody says which: the post-quantum one, where this Node has it of its own. */
export async function usualSuite(): Promise<SuiteName> {
  return (await hasNativeHybrid()) ? 'mlkem768-x25519' : 'x25519'
}
