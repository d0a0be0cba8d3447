import { type KeyForm, keyForms } from './keyForms.ts'
import type { KeyringKey, KeyStatus } from './keyringKey.ts'
import { publicKeyOf } from './publicKeys.ts'
import { rawKeyBytes } from './rawKeys.ts'
import { publicKeyIn } from './sealingPairs.ts'
import { suites, suiteWith } from './suites.ts'

type Fields = Record<string, unknown>

const statuses: readonly KeyStatus[] = ['pending', 'active', 'expired', 'destroyed']
const common = ['kid', 'purpose', 'status', 'agency', 'notBefore', 'notAfter']
/** What the keys of each form have besides, and with which values. */
const materials: Record<KeyForm, { own: string[]; fixed: Record<string, string | number> }> = {
  sealing: { own: ['publicKey', 'privateKey', 'kem', 'kdf', 'aead'], fixed: {} },
  ed25519: { own: ['publicKey', 'privateKey'], fixed: { alg: 'Ed25519' } },
  secret: { own: ['secret'], fixed: {} },
}
const kidShape = /^[A-Za-z0-9_-]{4,64}$/
const slugShape = /^[a-z0-9]+(-[a-z0-9]+)*$/

/** The first rule that a keyring breaks, with the position of the key; undefined if none. Quotes no value. */
export function brokenKeyringRule(value: unknown): string | undefined {
  if (!isFields(value) || value.version !== 1 || !Array.isArray(value.keys)) {
    return 'must be {version: 1, keys: []}'
  }
  if (Object.keys(value).length > 2) return 'has an unknown property'
  for (const [i, key] of value.keys.entries()) {
    const broken = brokenKeyRule(key)
    if (broken) return `keys[${i}] ${broken}`
  }
  return brokenRuleAcross(value.keys as KeyringKey[])
}

function brokenRuleAcross(keys: readonly KeyringKey[]): string | undefined {
  if (new Set(keys.map(({ kid }) => kid)).size < keys.length) return 'two keys have the same kid'
  const active = keys.filter(({ status }) => status === 'active')
  if (active.filter(({ purpose }) => purpose === 'organisation').length !== 1) {
    return 'exactly one organisation key must be active'
  }
  const roles = active.map(({ purpose, agency }) => `${purpose} ${agency ?? ''}`)
  if (new Set(roles).size < roles.length) return 'two active keys have the same purpose'
  return undefined
}

function brokenKeyRule(key: unknown): string | undefined {
  if (!isFields(key)) return 'must be an object'
  if (typeof key.kid !== 'string' || !kidShape.test(key.kid)) return 'kid must be 4 to 64 of A-Z a-z 0-9 _ -'
  if (typeof key.purpose !== 'string' || !Object.hasOwn(keyForms, key.purpose)) return 'purpose is unknown'
  if (!statuses.includes(key.status as KeyStatus)) return `status must be one of ${statuses.join(', ')}`
  if (!isDay(key.notBefore) || !isDay(key.notAfter)) return 'notBefore and notAfter must be days, YYYY-MM-DD'
  if (key.notAfter < key.notBefore) return 'notAfter must not lie before notBefore'
  return brokenAgencyRule(key) ?? brokenMaterialRule(key, keyForms[key.purpose as keyof typeof keyForms].form)
}

function brokenAgencyRule({ purpose, agency }: Fields): string | undefined {
  if (purpose !== 'agency') return agency === undefined ? undefined : 'only an agency key names an agency'
  const named = typeof agency === 'string' && slugShape.test(agency)
  return named ? undefined : 'must name its agency by its slug'
}

function brokenMaterialRule(key: Fields, form: KeyForm): string | undefined {
  const { own, fixed } = materials[form]
  const known = [...common, ...own, ...Object.keys(fixed)]
  if (Object.keys(key).some((name) => !known.includes(name)))
    return 'has a property that does not belong to it'
  const differing = Object.entries(fixed).find(([name, value]) => key[name] !== value)
  if (differing) return `${differing[0]} must be ${differing[1]}`
  const destroyed = key.status === 'destroyed'
  if (destroyed && (key.privateKey ?? key.secret) !== undefined) return 'is destroyed but has a private half'
  if (key.purpose === 'recovery' && key.privateKey !== undefined)
    return 'is for recovery: its private half belongs on paper'
  if (form === 'sealing') return brokenSealingRule(key)
  if (form === 'ed25519') return brokenSigningRule(key)
  return destroyed || isRaw(key.secret) ? undefined : 'secret must be 32 bytes as base64url'
}

function brokenSealingRule({ kem, kdf, aead, ...key }: Fields): string | undefined {
  const suite = suiteWith({ kem, kdf, aead })
  if (suite === undefined) return 'kem, kdf and aead must be those of a known suite'
  return brokenPairRule(key, suites[suite].publicKeyBytes, (own) => publicKeyIn(suite, own))
}

function brokenSigningRule(key: Fields): string | undefined {
  return brokenPairRule(key, rawKeyBytes, (own) => publicKeyOf('Ed25519', own))
}

function brokenPairRule(
  { publicKey, privateKey }: Fields,
  bytes: number,
  derive: (privateKey: Buffer) => Buffer,
): string | undefined {
  if (!isRaw(publicKey, bytes)) return `publicKey must be ${bytes} bytes as base64url`
  if (privateKey === undefined) return undefined
  if (!isRaw(privateKey)) return 'privateKey must be 32 bytes as base64url'
  const derived = derive(Buffer.from(privateKey, 'base64url')).toString('base64url')
  return derived === publicKey ? undefined : 'publicKey is not the one that belongs to privateKey'
}

/** One spelling only, so that two different texts are never the same key. */
function isRaw(text: unknown, length: number = rawKeyBytes): text is string {
  if (typeof text !== 'string') return false
  const bytes = Buffer.from(text, 'base64url')
  return bytes.length === length && bytes.toString('base64url') === text
}

function isDay(text: unknown): text is string {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
