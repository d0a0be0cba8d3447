import { Aes256Gcm, CipherSuite, HkdfSha256 } from '@hpke/core'
import { XWing } from '@hpke/hybridkem-x-wing'
import { canSealTo, openFrom, sealTo } from '../../src/crypto/hpke.ts'
import { hasNativeHybrid } from '../../src/crypto/hybrid.ts'
import { activeKey, makeKeyring, newKey, parseKeyring, suiteOfKeyring } from '../../src/crypto/keyring.ts'
import { activateKey, newOrganisationKey, newRecoveryKey } from '../../src/crypto/keyTurns.ts'
import { recoverKeyring, sealForRecovery } from '../../src/crypto/recovery.ts'
import { openBatchKey, SealBroken, sealBatchKey } from '../../src/crypto/seal.ts'
import { newSealingPair, publicKeyIn } from '../../src/crypto/sealingPairs.ts'
import { suiteNames, suites } from '../../src/crypto/suites.ts'
import { usualSuite } from '../../src/start/newKeyring.ts'
import { t } from '../support/suite.ts'

/** Two suites side by side: a key has one, and nothing else is tried with it. */

const today = '2026-01-05'
const [info, aad, secret] = [Buffer.from('info'), Buffer.from('aad'), Buffer.from('a batch key')]
const pq = 'mlkem768-x25519'

for (const suite of suiteNames) {
  t.test(`${suite}: what is sealed to a key opens with it, and with nothing else`, async (t) => {
    const [pair, other] = [newSealingPair(suite), newSealingPair(suite)]
    t.equal(pair.publicKey.length, suites[suite].publicKeyBytes)
    t.same(publicKeyIn(suite, pair.privateKey), pair.publicKey)
    const { enc, ciphertext } = await sealTo(pair.publicKey, info, aad, secret)
    t.same(Buffer.from(await openFrom(pair, enc, info, aad, ciphertext)), secret)
    await t.rejects(openFrom(other, enc, info, aad, ciphertext))
    await t.rejects(openFrom(pair, enc, aad, aad, ciphertext))
    await t.rejects(openFrom(pair, enc.subarray(1), info, aad, ciphertext))
    for (const part of [enc, ciphertext]) {
      const changed = part.map((byte, at) => (at === 7 ? byte ^ 1 : byte))
      const [first, second] = part === enc ? [changed, ciphertext] : [enc, changed]
      await t.rejects(openFrom(pair, first, info, aad, second))
    }
    t.ok(await canSealTo(pair.publicKey))
    if (suite === pq) {
      const outOfRange = Buffer.from(pair.publicKey)
      outOfRange.fill(255, 300, 303)
      t.notOk(await canSealTo(outOfRange))
    }
    const weak = Buffer.from(pair.publicKey).fill(0, pair.publicKey.length - 32)
    t.notOk(await canSealTo(weak), 'of small order')
    t.notOk(await canSealTo(pair.publicKey.subarray(1)))
  })
}

t.test('another implementation opens what is sealed post-quantum, and the other way round', async (t) => {
  const theirs = new CipherSuite({ kem: new XWing(), kdf: new HkdfSha256(), aead: new Aes256Gcm() })
  t.same({ kem: theirs.kem.id, kdf: theirs.kdf.id, aead: theirs.aead.id }, suites[pq].ids)
  const pair = newSealingPair(pq)
  const { enc, ciphertext } = await sealTo(pair.publicKey, info, aad, secret)
  const plain = (bytes: Uint8Array) => new Uint8Array(bytes).buffer as ArrayBuffer
  const recipientKey = await theirs.kem.importKey('raw', plain(pair.privateKey), false)
  const opened = await theirs.open(
    { recipientKey, enc: plain(enc), info: plain(info) },
    plain(ciphertext),
    plain(aad),
  )
  t.same(Buffer.from(opened), secret)
  const recipientPublicKey = await theirs.kem.importKey('raw', plain(pair.publicKey), true)
  const sealed = await theirs.seal({ recipientPublicKey, info: plain(info) }, plain(secret), plain(aad))
  t.same(
    Buffer.from(await openFrom(pair, new Uint8Array(sealed.enc), info, aad, new Uint8Array(sealed.ct))),
    secret,
  )
  t.comment(`Node has it of its own: ${await hasNativeHybrid()}`)
})

t.test('the kid decides the suite: what says otherwise is refused', async (t) => {
  const [old, fresh] = suiteNames.map((suite) => ({ kid: 'org-1', ...newSealingPair(suite) }))
  if (old === undefined || fresh === undefined) throw new Error('two suites')
  for (const [to, by] of [
    [old, fresh],
    [fresh, old],
  ] as const) {
    const sealed = await sealBatchKey('batch', Buffer.alloc(32, 7), to, 'organisation')
    t.same(await openBatchKey(to, 'batch', sealed, 'organisation'), Buffer.alloc(32, 7))
    await t.rejects(openBatchKey(by, 'batch', sealed, 'organisation'), SealBroken)
  }
  const keyring = makeKeyring(today, pq)
  t.match(activeKey(keyring, 'organisation'), { kem: 0x647a, kdf: 1, aead: 2 })
  t.same(parseKeyring(JSON.stringify(keyring)), keyring)
  const [organisation, ...rest] = keyring.keys
  for (const change of [
    { kem: 32 },
    { kem: 0x0041 },
    { publicKey: activeKey(makeKeyring(today), 'organisation').publicKey },
    { privateKey: activeKey(makeKeyring(today, pq), 'organisation').privateKey },
  ]) {
    const changed = { version: 1, keys: [{ ...organisation, ...change }, ...rest] }
    t.throws(() => parseKeyring(JSON.stringify(changed)), /^keyring: keys\[0\]/)
  }
})

t.test(
  'a keyring goes from one suite to the other by a turn of its key, and recovers in either',
  async (t) => {
    const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
    const hasItsOwn = major > 24 || (major === 24 && minor >= 7)
    t.equal(await usualSuite(), hasItsOwn ? pq : 'x25519', 'of a new keyring')
    const first = makeKeyring(today)
    t.equal(suiteOfKeyring(first), 'x25519')
    const pending = newOrganisationKey(first, today, 'pending', pq)
    const moved = activateKey(pending, pending.keys.at(-1)?.kid ?? '', '2026-02-01')
    t.equal(suiteOfKeyring(moved), pq)
    t.equal(suiteOfKeyring(newOrganisationKey(moved, '2026-02-02', 'active')), pq, 'and stays')
    t.equal(newKey('agency', today, 'active', 'housing', pq).publicKey?.length, 1622)
    for (const suite of suiteNames) {
      const { keyring, privateKey } = newRecoveryKey(moved, '2026-02-01', suite)
      const file = await sealForRecovery(keyring)
      if (file === undefined) throw new Error('it has a recovery key')
      t.same(await recoverKeyring(file, privateKey), keyring)
      await t.rejects(recoverKeyring(file, newSealingPair(suite).privateKey), /another paper key/)
    }
  },
)

t.end()
