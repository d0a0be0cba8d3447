import fc from 'fast-check'
import { canonicalJson, chainHash } from '../../src/crypto/chain.ts'
import { openCursor, sealCursor } from '../../src/crypto/cursor.ts'
import { newRawKeyPair } from '../../src/crypto/rawKeys.ts'
import { type Attestation, signAttestation, verifyAttestation } from '../../src/crypto/sign.ts'
import {
  hashToken,
  isStaffToken,
  macToken,
  newStaffToken,
  type TokenClaims,
  tokenMacMatches,
} from '../../src/crypto/token.ts'
import { t } from '../support/suite.ts'

const secret = Buffer.alloc(32, 1)
const otherSecret = Buffer.alloc(32, 2)
const flipped = (bytes: Uint8Array, at: number) => {
  const copy = Buffer.from(bytes)
  copy[at] = (copy[at] ?? 0) ^ 1
  return copy
}

const claims: TokenClaims = {
  hash: hashToken('sotto_example'),
  personId: 'person',
  name: 'Ada Example',
  role: 'triager',
  agency: null,
  expires: '2026-06-01T00:00:00Z',
}

t.test('a staff token has 256 random bits and is told from other bearer tokens', async (t) => {
  const token = newStaffToken()
  t.match(token, /^sotto_[A-Za-z0-9_-]{43}$/)
  t.not(newStaffToken(), token)
  t.ok(isStaffToken(token))
  for (const other of [
    '',
    'sotto_',
    token.slice(1),
    `${token}A`,
    `${token}\n`,
    token.toUpperCase(),
    'a.b.c',
  ]) {
    t.notOk(isStaffToken(other))
  }
  t.equal(
    hashToken('abc').toString('hex'),
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  )
})

t.test('a token row with any part changed is worth nothing', async (t) => {
  const mac = macToken(secret, claims)
  t.ok(tokenMacMatches(secret, claims, mac))
  const changes: Partial<TokenClaims>[] = [
    { hash: hashToken('sotto_other') },
    { personId: 'somebody' },
    { name: 'Ada' },
    { role: 'supervisor' },
    { agency: '' },
    { agency: 'police' },
    { expires: '2036-06-01T00:00:00Z' },
    { personId: 'perso', name: 'nAda Example' },
  ]
  for (const change of changes) t.notOk(tokenMacMatches(secret, { ...claims, ...change }, mac))
  t.notOk(tokenMacMatches(otherSecret, claims, mac))
  t.notOk(tokenMacMatches(secret, claims, mac.subarray(1)))
  for (let at = 0; at < mac.length; at++) t.notOk(tokenMacMatches(secret, claims, flipped(mac, at)))
})

t.test('a cursor reads back what was written, and says nothing else', async (t) => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 2 }), (payload) => {
      const cursor = sealCursor(secret, payload)
      return /^[\w-]+$/.test(cursor) && JSON.stringify(openCursor(secret, cursor)) === JSON.stringify(payload)
    }),
  )
  const cursor = sealCursor(secret, { after: ['P1', '2026-03-01', 'id'], filters: 'abc' })
  t.equal(openCursor(otherSecret, cursor), undefined)
  for (let at = 0; at < cursor.length; at++) {
    const changed = cursor.slice(0, at) + (cursor[at] === 'A' ? 'B' : 'A') + cursor.slice(at + 1)
    if (openCursor(secret, changed) !== undefined) t.fail(`symbol ${at}`)
  }
  for (const text of [
    '',
    'A',
    `${cursor}=`,
    ` ${cursor}`,
    `${cursor}A`,
    cursor.slice(4),
    '\u0000',
    'A'.repeat(5000),
  ]) {
    t.equal(openCursor(secret, text), undefined)
  }
  fc.assert(fc.property(fc.string(), (text) => openCursor(secret, text) === undefined))
})

t.test('canonical JSON is as RFC 8785 has it', async (t) => {
  // Section 3.2.3: members in order of UTF-16 code units, not of code points.
  const members = {
    '\u20ac': 'Euro Sign',
    '\r': 'Carriage Return',
    '\ufb33': 'Hebrew Letter Dalet With Dagesh',
    '1': 'One',
    '\ud83d\ude00': 'Emoji: Grinning Face',
    '\u0080': 'Control',
    '\u00f6': 'Latin Small Letter O With Diaeresis',
  }
  t.equal(
    canonicalJson(members),
    '{"\\r":"Carriage Return","1":"One","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis",' +
      '"\u20ac":"Euro Sign","\ud83d\ude00":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
  )
  // Section 3.2.2: texts and literals; its numbers are not safe integers, which we do not take.
  const text = '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/'
  t.equal(
    canonicalJson({ string: text, literals: [null, true, false] }),
    '{"literals":[null,true,false],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  )
  t.equal(canonicalJson({ b: [1, -0, -7], a: { d: {}, c: [] } }), '{"a":{"c":[],"d":{}},"b":[1,0,-7]}')
  t.equal(canonicalJson(JSON.parse('{"__proto__":1}')), '{"__proto__":1}')
})

t.test('canonical JSON takes nothing that could be written in two ways', async (t) => {
  const refused = [
    1.5,
    2 ** 53,
    Number.NaN,
    Infinity,
    1n,
    undefined,
    { a: undefined },
    [undefined],
    new Date(0),
    new Map(),
    Buffer.alloc(1),
    () => 1,
    Symbol.iterator,
    '\ud800',
    { '\udc00': 1 },
    Array(1),
  ]
  for (const value of refused) t.throws(() => canonicalJson(value), TypeError)
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      fc.maxSafeInteger(),
      fc.string({ unit: 'grapheme' }),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('any')),
      fc.dictionary(fc.string(), tie('any')),
    ),
  })).any
  fc.assert(fc.property(value, (any) => canonicalJson(JSON.parse(canonicalJson(any))) === canonicalJson(any)))
})

t.test('a chain hash depends on the record, on every one before it, and on their order', async (t) => {
  const records = [
    { seq: 1, action: 'consultation' },
    { seq: 2, action: 'alteration' },
    { seq: 3, action: 'erasure' },
  ]
  const chain = (list: object[]) =>
    list.reduce<Buffer | null>((previous, record) => chainHash(previous, record), null)
  const whole = chain(records)
  t.equal(whole?.length, 32)
  t.same(
    chain(records.map(({ seq, action }) => ({ action, seq }))),
    whole,
    'the order of members does not matter',
  )
  const [one, two, three] = records as [object, object, object]
  for (const other of [
    [one, two],
    [two, three],
    [two, one, three],
    [one, { ...two, action: 'denied' }, three],
  ]) {
    t.notSame(chain(other), whole)
  }
  t.notSame(chainHash(null, one), chainHash(Buffer.alloc(32), one))
  t.throws(() => chainHash(Buffer.alloc(31), one))
})

t.test('a statement is signed in all its parts', async (t) => {
  const pair = newRawKeyPair('Ed25519')
  const statement: Attestation = {
    kind: 'message-from-staff',
    id: 'id',
    reportId: 'report',
    version: 3,
    author: 'person',
    decision: 'approved',
    hash: Buffer.alloc(32, 5),
  }
  const signature = signAttestation(pair.privateKey, statement)
  t.equal(signature.length, 64)
  t.ok(verifyAttestation(pair.publicKey, statement, signature))
  const changes: Partial<Attestation>[] = [
    { kind: 'note' },
    { id: 'other' },
    { reportId: '' },
    { version: 4 },
    { author: 'somebody' },
    { decision: 'refused' },
    { decision: undefined },
    { decision: '' },
    { hash: Buffer.alloc(32, 6) },
    { id: 'idr', reportId: 'eport' },
  ]
  for (const change of changes)
    t.notOk(verifyAttestation(pair.publicKey, { ...statement, ...change }, signature))
  t.notOk(verifyAttestation(newRawKeyPair('Ed25519').publicKey, statement, signature))
  t.notOk(
    verifyAttestation(Buffer.alloc(32), statement, Buffer.alloc(64)),
    'not even under a key of small order',
  )
  for (let at = 0; at < 64; at++)
    t.notOk(verifyAttestation(pair.publicKey, statement, flipped(signature, at)))
})
