import type { Keyring } from '../crypto/keyring.ts'

/** A keyring in use: whoever holds it finds the keys of now at each look. */
export interface LiveKeyring {
  readonly keyring: Keyring
  /** From here on its keys are those of another. */
  replace(next: Keyring): void
}

export function liveKeyring(first: Keyring): LiveKeyring {
  let current = first
  return {
    keyring: {
      version: 1,
      get keys() {
        return current.keys
      },
    },
    replace(next) {
      current = next
    },
  }
}
