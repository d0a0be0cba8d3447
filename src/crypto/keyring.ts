import { createHash, randomBytes } from 'node:crypto'
import { createDurably, readPrivateFile, replaceDurably } from './durableFile.ts'
import { type KeyForm, keyForms } from './keyForms.ts'
import { brokenKeyringRule } from './keyringRules.ts'
import { newRawKeyPair } from './rawKeys.ts'
import { newSealingPair } from './sealingPairs.ts'
import { type SuiteName, suiteOf, suites } from './suites.ts'

export type KeyPurpose =
  | 'organisation'
  | 'recovery'
  | 'agency'
  | 'index'
  | 'token'
  | 'sign'
  | 'audit'
  | 'cursor'

/** A pending key waits for its period; an expired one still opens; a destroyed one has no private half left. */
export type KeyStatus = 'pending' | 'active' | 'expired' | 'destroyed'

export type KeyringKey = {
  kid: string
  /** HPKE ids, of keys that things are sealed to. */
  kem?: number
  kdf?: number
  aead?: number
  /** Of keys that sign. */
  alg?: 'Ed25519'
  purpose: KeyPurpose
  status: KeyStatus
  agency?: string
  /** base64url of the raw key; of an Ed25519 private key, the seed. */
  publicKey?: string
  privateKey?: string
  secret?: string
  notBefore: string
  /** Of an active key the day it should turn over; of an expired one the day it did. */
  notAfter: string
}

export type Keyring = { version: 1; keys: KeyringKey[] }

/** The purposes whose public halves the public side needs. */
const publicPurposes: readonly KeyPurpose[] = ['organisation', 'agency', 'sign', 'audit']

/** A whole new keyring, as of `today` (YYYY-MM-DD): one active key of each purpose that a service cannot do without. */
export function makeKeyring(today: string, suite: SuiteName = 'x25519'): Keyring {
  const purposes = ['organisation', 'index', 'token', 'sign', 'audit', 'cursor'] as const
  return checked(purposes.map((purpose) => newKey(purpose, today, 'active', undefined, suite)))
}

/** The same keyring with an active key for each of these agencies, held by the service. */
export function withAgencyKeys(keyring: Keyring, agencies: readonly string[], today: string): Keyring {
  const suite = suiteOfKeyring(keyring)
  const keys = agencies.map((agency) => newKey('agency', today, 'active', agency, suite))
  return checked([...keyring.keys, ...keys])
}

/** The suite that this keyring seals in: its active organisation key's. */
export function suiteOfKeyring(keyring: Keyring): SuiteName {
  const { publicKey = '' } = activeKey(keyring, 'organisation')
  return suiteOf(Buffer.from(publicKey, 'base64url'))
}

/** A fresh random key of any purpose, its period beginning `today`; one that things are sealed to, in this suite. */
export function newKey(
  purpose: KeyPurpose,
  today: string,
  status: KeyStatus,
  agency?: string,
  suite: SuiteName = 'x25519',
): KeyringKey {
  const { prefix, days } = keyForms[purpose]
  return {
    kid: `${prefix}-${randomBytes(12).toString('base64url')}`,
    purpose,
    status,
    ...(agency === undefined ? {} : { agency }),
    ...newMaterial(keyForms[purpose].form, suite),
    notBefore: today,
    notAfter: addDays(today, days),
  }
}

/** Adds an organisation key: pending unless `status` is 'active', which also expires the one active so far. */
export function newOrganisationKey(
  keyring: Keyring,
  today: string,
  status: 'pending' | 'active' = 'pending',
  suite: SuiteName = suiteOfKeyring(keyring),
): Keyring {
  const key = newKey('organisation', today, 'pending', undefined, suite)
  const added = checked([...keyring.keys, key])
  return status === 'active' ? activateKey(added, key.kid, today) : added
}

/** Adds a pending key. An index key, once it is active, has everything indexed again. */
export function newKeyOf(
  keyring: Keyring,
  purpose: Exclude<KeyPurpose, 'recovery' | 'agency'>,
  today: string,
  suite: SuiteName = suiteOfKeyring(keyring),
): Keyring {
  return checked([...keyring.keys, newKey(purpose, today, 'pending', undefined, suite)])
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
  return { keyring: checked([...before, key]), privateKey: Buffer.from(privateKey, 'base64url') }
}

/**
 * Turns over: the pending key becomes active and its period begins `today`; the active one of the same purpose (and
 * agency) expires today, from which day its grace for sealing counts.
 */
export function activateKey(keyring: Keyring, kid: string, today: string): Keyring {
  const next = pick(keyring, kid)
  if (next.status !== 'pending') throw new Error('only a pending key can be activated')
  return checked(
    keyring.keys.map((key) => {
      if (key === next) {
        return {
          ...key,
          status: 'active',
          notBefore: today,
          notAfter: addDays(today, keyForms[key.purpose].days),
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
  return checked(keyring.keys.map((key) => (key === retired ? { ...key, status: 'expired' } : key)))
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
  return checked(keyring.keys.map((key) => (key === gone ? { ...rest, status: 'destroyed' } : key)))
}

/** The same keyring for the public side: no private half, no secret, and no key that is nothing but secret. */
export function publicKeyring(keyring: Keyring): Keyring {
  const keys = keyring.keys.filter(({ purpose }) => publicPurposes.includes(purpose))
  return checked(keys.map(({ privateKey: _private, secret: _secret, ...key }) => key))
}

/** Whether any key here could open, sign or index anything. `ROLE=intake` refuses such a keyring. */
export function hasPrivateKeys(keyring: Keyring): boolean {
  return keyring.keys.some((key) => key.privateKey !== undefined || key.secret !== undefined)
}

/** The active key of a purpose (and, of that kind, of an agency). Throws if the keyring has none. */
export function activeKey(keyring: Keyring, purpose: KeyPurpose, agency?: string): KeyringKey {
  const found = keyring.keys.find(
    (key) => key.purpose === purpose && key.status === 'active' && key.agency === agency,
  )
  if (!found) throw new Error(`the keyring has no active ${purpose} key`)
  return found
}

/** The secrets of a purpose that ever were in use: the active one first, and then what was made before it. */
export function secretsOf({ keys }: Keyring, purpose: 'token' | 'cursor' | 'index'): Buffer[] {
  return keys
    .filter((key) => key.purpose === purpose && (key.status === 'active' || key.status === 'expired'))
    .sort((a, b) => Number(b.status === 'active') - Number(a.status === 'active'))
    .map(({ secret = '' }) => Buffer.from(secret, 'base64url'))
}

/** The secret that a purpose uses now. Throws if the keyring has none. */
export function activeSecret(keyring: Keyring, purpose: 'token' | 'cursor' | 'index'): Buffer {
  return Buffer.from(activeKey(keyring, purpose).secret ?? '', 'base64url')
}

export function keyByKid(keyring: Keyring, kid: string): KeyringKey | undefined {
  return keyring.keys.find((key) => key.kid === kid)
}

/** Reads a keyring strictly. The error names the key's position and the rule, never what stood there. */
export function parseKeyring(text: string): Keyring {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new Error('keyring: not JSON')
  }
  const broken = brokenKeyringRule(value)
  if (broken) throw new Error(`keyring: ${broken}`)
  return value as Keyring
}

/** Reads a keyring file; refuses one that others than its owner may read or write. */
export function readKeyringFile(path: string): Keyring {
  return parseKeyring(readPrivateFile(path))
}

/** Writes a new keyring file (0600), durably. Throws if there is one already. */
export function writeKeyringFile(path: string, keyring: Keyring): void {
  createDurably(path, keyringText(keyring))
}

/** The file is not what it was read as: somebody else changed it. */
export class KeyringChanged extends Error {}

/** Replaces a keyring file in one step: after a crash there is the old one or the new one, whole. */
export function replaceKeyringFile(path: string, keyring: Keyring): void {
  replaceDurably(path, keyringText(keyring))
}

/** The same, unless the file is no longer what `before` was read from: then it throws `KeyringChanged`. */
export function exchangeKeyringFile(path: string, before: Keyring, after: Keyring): void {
  requireUnchanged(path, before)
  replaceKeyringFile(path, after)
}

/** Throws `KeyringChanged` if the file is no longer what `before` was read from. */
export function requireUnchanged(path: string, before: Keyring): void {
  if (hashOf(readKeyringFile(path)) !== hashOf(before)) throw new KeyringChanged()
}

function hashOf(keyring: Keyring): string {
  return createHash('sha256').update(keyringText(keyring)).digest('hex')
}

function keyringText(keyring: Keyring): string {
  return `${JSON.stringify(checked(keyring.keys), null, 2)}\n`
}

function checked(keys: KeyringKey[]): Keyring {
  const keyring: Keyring = { version: 1, keys }
  const broken = brokenKeyringRule(keyring)
  if (broken) throw new Error(`keyring: ${broken}`)
  return keyring
}

function pick(keyring: Keyring, kid: string): KeyringKey {
  const key = keyByKid(keyring, kid)
  if (!key) throw new Error('the keyring has no key with this kid')
  return key
}

function newMaterial(form: KeyForm, suite: SuiteName): Partial<KeyringKey> {
  if (form === 'secret') return { secret: randomBytes(32).toString('base64url') }
  const pair = form === 'sealing' ? newSealingPair(suite) : newRawKeyPair('Ed25519')
  return {
    ...(form === 'sealing' ? suites[suite].ids : { alg: 'Ed25519' as const }),
    publicKey: pair.publicKey.toString('base64url'),
    privateKey: pair.privateKey.toString('base64url'),
  }
}

function later(one: string, other: string): string {
  return one > other ? one : other
}

function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}
