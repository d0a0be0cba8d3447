import { createHash, randomBytes } from 'node:crypto'
import { createDurably, readPrivateFile, replaceDurably } from './durableFile.ts'
import { type KeyForm, keyForms } from './keyForms.ts'
import type { KeyPurpose, KeyringKey, KeyStatus } from './keyringKey.ts'
import { brokenKeyringRule } from './keyringRules.ts'
import { newRawKeyPair } from './rawKeys.ts'
import { newSealingPair } from './sealingPairs.ts'
import { type SuiteName, suiteOf, suites } from './suites.ts'

export type Keyring = { version: 1; keys: KeyringKey[] }

/** The purposes whose public halves the public side needs. */
const publicPurposes: readonly KeyPurpose[] = ['organisation', 'agency', 'sign', 'audit']

/** A whole new keyring, as of `today` (YYYY-MM-DD): one active key of each purpose that a service cannot do without. */
export function makeKeyring(today: string, suite: SuiteName = 'x25519'): Keyring {
  const purposes = ['organisation', 'index', 'token', 'sign', 'audit', 'cursor'] as const
  return keyringWith(purposes.map((purpose) => newKey(purpose, today, 'active', undefined, suite)))
}

/** The same keyring with an active key for each of these agencies, held by the service. */
export function withAgencyKeys(keyring: Keyring, agencies: readonly string[], today: string): Keyring {
  const suite = suiteOfKeyring(keyring)
  const keys = agencies.map((agency) => newKey('agency', today, 'active', agency, suite))
  return keyringWith([...keyring.keys, ...keys])
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
  const { prefix, form } = keyForms[purpose]
  return {
    kid: `${prefix}-${randomBytes(12).toString('base64url')}`,
    purpose,
    status,
    ...(agency === undefined ? {} : { agency }),
    ...newMaterial(form, suite),
    notBefore: today,
    notAfter: endOfPeriod(purpose, today),
  }
}

/** The same keyring for the public side: no private half, no secret, and no key that is nothing but secret. */
export function publicKeyring(keyring: Keyring): Keyring {
  const keys = keyring.keys.filter(({ purpose }) => publicPurposes.includes(purpose))
  return keyringWith(keys.map(({ privateKey: _private, secret: _secret, ...key }) => key))
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
  return `${JSON.stringify(keyringWith(keyring.keys), null, 2)}\n`
}

/** A keyring of these keys. Throws, with the rule's name, where they keep one of them not. */
export function keyringWith(keys: KeyringKey[]): Keyring {
  const keyring: Keyring = { version: 1, keys }
  const broken = brokenKeyringRule(keyring)
  if (broken) throw new Error(`keyring: ${broken}`)
  return keyring
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

/** The last day of a period of this purpose that begins on `day`. */
export function endOfPeriod(purpose: KeyPurpose, day: string): string {
  return addDays(day, keyForms[purpose].days)
}

function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}
