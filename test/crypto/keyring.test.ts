import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import {
  activeKey,
  hasPrivateKeys,
  type Keyring,
  keyByKid,
  makeKeyring,
  newKey,
  parseKeyring,
  publicKeyring,
  readKeyringFile,
  replaceKeyringFile,
  writeKeyringFile,
} from '../../src/crypto/keyring.ts'
import type { KeyringKey } from '../../src/crypto/keyringKey.ts'
import { activateKey, newOrganisationKey, retireKey } from '../../src/crypto/keyTurns.ts'
import { openBatchKey, sealBatchKey } from '../../src/crypto/seal.ts'
import { t } from '../support/suite.ts'

const today = '2026-01-05'
const raw = (text: string | undefined) => Buffer.from(text ?? '', 'base64url')
const statusOf = (keyring: Keyring, kid: string) => keyByKid(keyring, kid)?.status

t.test('a new keyring has one active key of every purpose, and reads back', async (t) => {
  const keyring = makeKeyring(today)
  t.same(
    keyring.keys.map(({ purpose, status }) => `${purpose} ${status}`),
    ['organisation active', 'index active', 'token active', 'sign active', 'audit active', 'cursor active'],
  )
  t.same(parseKeyring(JSON.stringify(keyring)), keyring)
  const organisation = activeKey(keyring, 'organisation')
  t.match(organisation, { kem: 32, kdf: 1, aead: 2, notBefore: today, notAfter: '2026-02-05' })
  t.match(organisation.kid, /^org-[A-Za-z0-9_-]{16}$/)
  t.match(activeKey(keyring, 'sign'), { alg: 'Ed25519', kem: undefined })
  t.throws(() => activeKey(keyring, 'recovery'), new Error('the keyring has no active recovery key'))
  t.notSame(makeKeyring(today), keyring)
})

t.test('its organisation key opens what was sealed to its public half', async (t) => {
  const { kid, publicKey, privateKey } = activeKey(makeKeyring(today), 'organisation')
  const pair = { kid, publicKey: raw(publicKey), privateKey: raw(privateKey) }
  const sealed = await sealBatchKey('batch', Buffer.alloc(32, 7), pair, 'organisation')
  t.same(await openBatchKey(pair, 'batch', sealed, 'organisation'), Buffer.alloc(32, 7))
})

t.test('organisation keys turn over: pending, active, expired', async (t) => {
  const first = makeKeyring(today)
  const before = structuredClone(first)
  const old = activeKey(first, 'organisation').kid
  const second = newOrganisationKey(first, '2026-01-20')
  const next = second.keys.at(-1)?.kid ?? ''
  t.same([statusOf(second, old), statusOf(second, next)], ['active', 'pending'])

  const third = activateKey(second, next, '2026-02-01')
  t.match(keyByKid(third, old), { status: 'expired', notAfter: '2026-02-01' })
  t.match(keyByKid(third, next), { status: 'active', notBefore: '2026-02-01', notAfter: '2026-03-04' })
  t.equal(activeKey(third, 'organisation').kid, next)
  t.same(first, before, 'the keyring that was given is left as it was')

  const atOnce = newOrganisationKey(first, '2026-01-20', 'active')
  t.equal(statusOf(atOnce, old), 'expired')
  t.not(activeKey(atOnce, 'organisation').kid, old)
})

t.test('misuse of a keyring is refused with its rule', async (t) => {
  const keyring = newOrganisationKey(makeKeyring(today), today)
  const active = activeKey(keyring, 'organisation').kid
  const pending = keyring.keys.at(-1)?.kid ?? ''
  t.throws(() => activateKey(keyring, 'none', today), new Error('the keyring has no key with this kid'))
  t.throws(() => activateKey(keyring, active, today), new Error('only a pending key can be activated'))
  t.throws(() => activateKey(keyring, pending, '2025-12-31'), /notAfter must not lie before notBefore/)
  t.throws(() => retireKey(keyring, active), /only be retired by activating another/)
  const retired = retireKey(keyring, pending)
  t.equal(statusOf(retired, pending), 'expired')
  t.throws(() => retireKey(retired, pending), new Error('only a pending or an active key can be retired'))
  t.throws(() => makeKeyring('2026-02-30'), /must be days/)
})

t.test("an agency's key can be retired, and each agency has its own", async (t) => {
  const { keys } = makeKeyring(today)
  const [housing, police] = [
    newKey('agency', today, 'active', 'housing'),
    newKey('agency', today, 'active', 'police'),
  ]
  const keyring = parseKeyring(JSON.stringify({ version: 1, keys: [...keys, housing, police] }))
  t.equal(activeKey(keyring, 'agency', 'police').kid, police.kid)
  t.equal(statusOf(retireKey(keyring, housing.kid), housing.kid), 'expired')
})

t.test('the public keyring holds nothing that opens, signs or indexes', async (t) => {
  const keyring = makeKeyring(today)
  const shared = publicKeyring(keyring)
  t.same(
    shared.keys.map(({ purpose }) => purpose),
    ['organisation', 'sign', 'audit'],
  )
  t.ok(hasPrivateKeys(keyring))
  t.notOk(hasPrivateKeys(shared))
  t.same(parseKeyring(JSON.stringify(shared)), shared)
  const secrets = keyring.keys.flatMap(({ privateKey, secret }) => privateKey ?? secret ?? [])
  t.equal(secrets.length, 6)
  t.notOk(secrets.some((secret) => JSON.stringify(shared).includes(secret)))
})

const good = makeKeyring(today)
const [organisation, index, , sign] = good.keys as [KeyringKey, KeyringKey, KeyringKey, KeyringKey]
const altered = (position: number, change: object) =>
  JSON.stringify({
    version: 1,
    keys: good.keys.map((key, i) => (i === position ? { ...key, ...change } : key)),
  })
const marker = 'MARKER-7f3a'

t.test('a keyring with anything wrong in it is refused, and the error quotes nothing of it', async (t) => {
  const refused: Record<string, string> = {
    'not JSON': `{"version":1,"keys":[{"privateKey":"${marker}"`,
    'not an object': `["${marker}"]`,
    'another version': JSON.stringify({ ...good, version: 2 }),
    'an unknown property': JSON.stringify({ ...good, note: marker }),
    'keys not a list': JSON.stringify({ version: 1, keys: { marker } }),
    'no key': JSON.stringify({ version: 1, keys: [] }),
    'a key that is no object': JSON.stringify({ version: 1, keys: [...good.keys, marker] }),
    'a strange kid': altered(0, { kid: `${marker} ` }),
    'a kid twice': altered(1, { kid: organisation.kid }),
    'an unknown purpose': altered(0, { purpose: marker }),
    'a purpose every object has': altered(0, { purpose: 'constructor' }),
    'an unknown status': altered(0, { status: marker }),
    'no active organisation key': altered(0, { status: 'expired' }),
    'two active organisation keys': JSON.stringify({
      version: 1,
      keys: [...good.keys, newKey('organisation', today, 'active')],
    }),
    'two active token keys': JSON.stringify({
      version: 1,
      keys: [...good.keys, newKey('token', today, 'active')],
    }),
    'a day that does not exist': altered(0, { notAfter: '2026-02-30' }),
    'a time instead of a day': altered(0, { notAfter: '2026-03-01T00:00:00Z' }),
    'an end before the beginning': altered(0, { notAfter: '2025-01-01' }),
    'an unknown property of a key': altered(0, { comment: marker }),
    'a secret in a sealing key': altered(0, { secret: index.secret }),
    'another suite': altered(0, { aead: 3 }),
    'no suite': altered(0, { kem: undefined }),
    'no public key': altered(0, { publicKey: undefined }),
    'a short public key': altered(0, { publicKey: organisation.publicKey?.slice(1) }),
    'a public key in another spelling': altered(0, { publicKey: `${organisation.publicKey}=` }),
    'a long private key': altered(0, { privateKey: `${organisation.privateKey}AAAA` }),
    'the private key of another': altered(0, { privateKey: sign.privateKey }),
    'the signing key of another': altered(3, { privateKey: organisation.privateKey }),
    'a signing key without its algorithm': altered(3, { alg: undefined }),
    'a secret that is too short': altered(1, { secret: index.secret?.slice(2) }),
    'a secret key without a secret': altered(1, { secret: undefined }),
    'an agency without a name': JSON.stringify({
      version: 1,
      keys: [...good.keys, newKey('agency', today, 'active')],
    }),
    'an agency where none belongs': altered(0, { agency: 'police' }),
    'a destroyed key without its public half': JSON.stringify({
      version: 1,
      keys: [
        ...good.keys,
        { ...newKey('sign', today, 'destroyed'), publicKey: marker, privateKey: undefined },
      ],
    }),
    'a destroyed key with its private half': JSON.stringify({
      version: 1,
      keys: [...good.keys, { ...newKey('organisation', today, 'destroyed') }],
    }),
  }
  const values = good.keys.flatMap(({ kid, publicKey, privateKey, secret }) => [
    kid,
    publicKey,
    privateKey,
    secret,
  ])
  for (const [how, text] of Object.entries(refused)) {
    const message = messageOf(() => parseKeyring(text))
    t.match(message, /^keyring: /, how)
    t.notOk(
      [marker, ...values].some((value) => value && message.includes(value)),
      `${how}: nothing is quoted`,
    )
  }
  t.match(
    messageOf(() => parseKeyring(altered(3, { alg: 'RS256' }))),
    /^keyring: keys\[3\] alg must be Ed25519$/,
  )
})

t.test('no text makes reading a keyring fail in any other way', async () => {
  const anyKeys = fc.array(
    fc.oneof(
      fc.jsonValue(),
      fc.record({ kid: fc.string(), purpose: fc.jsonValue(), status: fc.jsonValue() }),
    ),
  )
  fc.assert(
    fc.property(fc.record({ version: fc.constant(1), keys: anyKeys }), (value) =>
      messageOf(() => parseKeyring(JSON.stringify(value))).startsWith('keyring: '),
    ),
  )
})

t.test(
  "the file is its owner's alone, is never overwritten by accident, and is replaced whole",
  async (t) => {
    const folder = t.testdir()
    const path = join(folder, 'keyring.json')
    writeKeyringFile(path, good)
    t.equal(statSync(path).mode & 0o777, 0o600)
    t.same(readKeyringFile(path), good)
    t.throws(() => writeKeyringFile(path, makeKeyring(today)), { code: 'EEXIST' })

    const next = newOrganisationKey(good, today)
    replaceKeyringFile(path, next)
    t.equal(statSync(path).mode & 0o777, 0o600)
    t.same(readKeyringFile(path), next)
    t.throws(() => replaceKeyringFile(path, { version: 1, keys: [] }), /exactly one organisation key/)
    t.same(readKeyringFile(path), next)
    t.same(readdirSync(folder), ['keyring.json'], 'nothing is left lying about')

    for (const mode of [0o640, 0o604, 0o620, 0o644]) {
      chmodSync(path, mode)
      t.throws(() => readKeyringFile(path), /others than its owner/)
    }
    chmodSync(path, 0o600)
    writeFileSync(path, readFileSync(path, 'utf8').slice(0, -9))
    t.throws(() => readKeyringFile(path), new Error('keyring: not JSON'))
    t.throws(() => readKeyringFile(folder), /not a file/)
    t.throws(() => readKeyringFile(join(folder, 'none')), { code: 'ENOENT' })
  },
)

function messageOf(run: () => unknown): string {
  try {
    run()
    return 'it was accepted'
  } catch (error) {
    return error instanceof Error ? error.message : 'not an error'
  }
}
