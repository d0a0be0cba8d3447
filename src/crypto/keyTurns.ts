import { endOfPeriod, type Keyring, keyByKid, keyringWith, newKey, suiteOfKeyring } from './keyring.ts'
import type { KeyPurpose, KeyringKey } from './keyringKey.ts'
import type { SuiteName } from './suites.ts'

/** How keys come, turn over and go. Each act gives another keyring, and leaves the one that it was given as it is. */

/** Adds an organisation key: pending unless `status` is 'active', which also expires the one active so far. */
export function newOrganisationKey(
  keyring: Keyring,
  today: string,
  status: 'pending' | 'active' = 'pending',
  suite: SuiteName = suiteOfKeyring(keyring),
): Keyring {
  const key = newKey('organisation', today, 'pending', undefined, suite)
  const added = keyringWith([...keyring.keys, key])
  return status === 'active' ? activateKey(added, key.kid, today) : added
}

/** Adds a pending key. An index key, once it is active, has everything indexed again. */
export function newKeyOf(
  keyring: Keyring,
  purpose: Exclude<KeyPurpose, 'recovery' | 'agency'>,
  today: string,
  suite: SuiteName = suiteOfKeyring(keyring),
): Keyring {
  return keyringWith([...keyring.keys, newKey(purpose, today, 'pending', undefined, suite)])
}

/**
 * Adds a recovery key, which is active at once and expires the one before. Its private half is given here and stands
 * nowhere else: it belongs on paper.
 */
export function newRecoveryKey(
  keyring: Keyring,
  today: string,
  suite: SuiteName = suiteOfKeyring(keyring),
): { keyring: Keyring; privateKey: Buffer } {
  const { privateKey = '', ...key } = newKey('recovery', today, 'active', undefined, suite)
  const before = keyring.keys.map((known) =>
    known.purpose === 'recovery' && known.status === 'active'
      ? { ...known, status: 'expired' as const, notAfter: later(known.notBefore, today) }
      : known,
  )
  return { keyring: keyringWith([...before, key]), privateKey: Buffer.from(privateKey, 'base64url') }
}

/**
 * Turns over: the pending key becomes active and its period begins `today`; the active one of the same purpose (and
 * agency) expires today, from which day its grace for sealing counts.
 */
export function activateKey(keyring: Keyring, kid: string, today: string): Keyring {
  const next = pick(keyring, kid)
  if (next.status !== 'pending') throw new Error('only a pending key can be activated')
  return keyringWith(
    keyring.keys.map((key) => {
      if (key === next) {
        return {
          ...key,
          status: 'active',
          notBefore: today,
          notAfter: endOfPeriod(key.purpose, today),
        }
      }
      const turnsOver = key.status === 'active' && key.purpose === next.purpose && key.agency === next.agency
      return turnsOver ? { ...key, status: 'expired', notAfter: today } : key
    }),
  )
}

/** Takes a key out of use without a successor: it still opens. What the service cannot do without needs one. */
export function retireKey(keyring: Keyring, kid: string): Keyring {
  const retired = pick(keyring, kid)
  if (retired.status !== 'pending' && retired.status !== 'active') {
    throw new Error('only a pending or an active key can be retired')
  }
  if (retired.status === 'active' && retired.purpose !== 'agency' && retired.purpose !== 'recovery') {
    throw new Error('the active key of this purpose can only be retired by activating another')
  }
  return keyringWith(keyring.keys.map((key) => (key === retired ? { ...key, status: 'expired' } : key)))
}

/**
 * Destroys an expired key of the organisation or of an agency, or an index key: what is secret of it goes, and the rest
 * stays to tell of it. Destroyed already, it stays as it is.
 */
export function destroyKey(keyring: Keyring, kid: string): Keyring {
  const gone = pick(keyring, kid)
  if (gone.purpose !== 'organisation' && gone.purpose !== 'agency' && gone.purpose !== 'index') {
    throw new Error('only a key of the organisation or of an agency, or an index key, can be destroyed')
  }
  if (gone.status !== 'expired' && gone.status !== 'destroyed') {
    throw new Error(`a key that is ${gone.status} cannot be destroyed: another takes its place first`)
  }
  const { privateKey: _private, secret: _secret, ...rest } = gone
  return keyringWith(keyring.keys.map((key) => (key === gone ? { ...rest, status: 'destroyed' } : key)))
}

function pick(keyring: Keyring, kid: string): KeyringKey {
  const key = keyByKid(keyring, kid)
  if (!key) throw new Error('the keyring has no key with this kid')
  return key
}

function later(one: string, other: string): string {
  return one > other ? one : other
}
