import { openFrom, sealTo } from './hpke.ts'
import { type Keyring, parseKeyring } from './keyring.ts'
import type { KeyringKey } from './keyringKey.ts'
import { lengthPrefixed } from './lengthPrefixed.ts'
import { publicKeyIn } from './sealingPairs.ts'
import { suiteOf } from './suites.ts'

/**
 * What brings a keyring back: every key of it, its private half sealed to the recovery key, whose own private half is on
 * paper alone. Whoever has this file and not the paper learns which keys there are, and opens nothing.
 */
export interface RecoveryFile {
  version: 1
  /** Which recovery key. */
  kid: string
  publicKey: string
  keys: RecoverableKey[]
}

type RecoverableKey = Omit<KeyringKey, 'privateKey' | 'secret'> & {
  sealed?: { enc: string; ciphertext: string }
}

/** The paper key is another than the file was sealed to, or a key in the file is not as it was sealed. */
export class NotRecovered extends Error {}

const info = Buffer.from('sotto/1/recovery')
const wrongFile = 'the recovery file is none, or not whole'

/** Seals every private key of a keyring to its active recovery key; undefined where it has none. */
export async function sealForRecovery({ keys }: Keyring): Promise<RecoveryFile | undefined> {
  const recovery = keys.find(({ purpose, status }) => purpose === 'recovery' && status === 'active')
  if (recovery?.publicKey === undefined) return undefined
  const { kid, publicKey } = recovery
  const sealed: RecoverableKey[] = []
  for (const key of keys) sealed.push(await sealKey(kid, publicKey, key))
  return { version: 1, kid, publicKey, keys: sealed }
}

/** Opens a recovery file with the private half from paper. Rejects with NotRecovered. */
export async function recoverKeyring(
  { kid, publicKey, keys }: RecoveryFile,
  privateKey: Uint8Array,
): Promise<Keyring> {
  if (!publicHalfOf(raw(publicKey), privateKey).equals(raw(publicKey))) {
    throw new NotRecovered('the words are whole, and of another paper key than this file was sealed to')
  }
  const pair = { publicKey: raw(publicKey), privateKey }
  const opened: KeyringKey[] = []
  for (const key of keys) opened.push(await openKey(kid, pair, key))
  return parseKeyring(JSON.stringify({ version: 1, keys: opened }))
}

/** Reads a recovery file. The error quotes nothing. */
export function parseRecoveryFile(text: string): RecoveryFile {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new NotRecovered(wrongFile)
  }
  if (!isRecoveryFile(value)) throw new NotRecovered(wrongFile)
  return value
}

/** The public half, in the suite of the key that the file names. */
function publicHalfOf(named: Buffer, privateKey: Uint8Array): Buffer {
  try {
    return publicKeyIn(suiteOf(named), privateKey)
  } catch {
    throw new NotRecovered(wrongFile)
  }
}

async function sealKey(to: string, publicKey: string, key: KeyringKey): Promise<RecoverableKey> {
  const { privateKey, secret, ...shown } = key
  const hidden = privateKey ?? secret
  if (hidden === undefined) return shown
  const { enc, ciphertext } = await sealTo(raw(publicKey), info, boundTo(to, shown), raw(hidden))
  return { ...shown, sealed: { enc: text(enc), ciphertext: text(ciphertext) } }
}

async function openKey(
  to: string,
  pair: { publicKey: Uint8Array; privateKey: Uint8Array },
  { sealed, ...shown }: RecoverableKey,
): Promise<KeyringKey> {
  if (sealed === undefined) return shown
  const opened = await openFrom(
    pair,
    raw(sealed.enc),
    info,
    boundTo(to, shown),
    raw(sealed.ciphertext),
  ).catch(() => {
    throw new NotRecovered('a key in the recovery file is not as it was sealed')
  })
  return { ...shown, [shown.publicKey === undefined ? 'secret' : 'privateKey']: text(opened) }
}

/** What of a key never changes. Its status does. */
function boundTo(to: string, { kid, purpose, agency = '', publicKey = '' }: RecoverableKey): Buffer {
  return lengthPrefixed(to, kid, purpose, agency, publicKey)
}

/** What is in it is looked at once it is open, as a keyring is. */
function isRecoveryFile(value: unknown): value is RecoveryFile {
  return (
    isFields(value) &&
    value.version === 1 &&
    typeof value.kid === 'string' &&
    typeof value.publicKey === 'string' &&
    Array.isArray(value.keys) &&
    value.keys.every(isRecoverable)
  )
}

function isRecoverable(value: unknown): boolean {
  if (!isFields(value) || typeof value.kid !== 'string' || typeof value.purpose !== 'string') return false
  if (value.sealed === undefined) return true
  const { enc, ciphertext } = isFields(value.sealed) ? value.sealed : {}
  return typeof enc === 'string' && typeof ciphertext === 'string'
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function raw(encoded: string): Buffer {
  return Buffer.from(encoded, 'base64url')
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url')
}
