import {
  AEAD_AES_256_GCM,
  CipherSuite,
  KDF_HKDF_SHA256,
  KEM_DHKEM_X25519_HKDF_SHA256,
  type RecipientContext,
  type SenderContext,
} from 'hpke'
import { agreeByNode, agreeBySodium } from '../../src/crypto/agreement.ts'
import { openFrom, sealTo, suite } from '../../src/crypto/hpke.ts'
import { aesGcm, dhkemX25519, hkdfSha256, privateNodeKey, publicNodeKey } from '../../src/crypto/hpkeNode.ts'
import { newRawKeyPair, privateKeyFromRaw, publicKeyFromRaw } from '../../src/crypto/rawKeys.ts'
import { suites } from '../../src/crypto/suites.ts'
import { t } from '../support/suite.ts'
import { aes128, aes256 } from './vectors/hpke.ts'

const bytes = (hex: string) => Buffer.from(hex, 'hex')
const hex = (raw: Uint8Array) => Buffer.from(raw).toString('hex')
const info = Buffer.from('info')
const aad = Buffer.from('aad')
const secret = Buffer.from('a report')

/** What the vector holds for each of its sequence numbers, sealing and opening every message up to the last. */
async function walk(
  sender: SenderContext,
  recipient: RecipientContext,
  vector: typeof aes128 | typeof aes256,
) {
  const plaintext = bytes(vector.plaintext)
  const kept: string[] = []
  for (let i = 0; i <= 256; i++) {
    const count = Buffer.from(`Count-${i}`)
    const ciphertext = await sender.Seal(plaintext, count)
    const opened = await recipient.Open(ciphertext, count)
    if (!plaintext.equals(opened)) throw new Error(`message ${i} did not open`)
    if ((vector.sequence as readonly number[]).includes(i)) kept.push(hex(ciphertext))
  }
  return kept
}

for (const [bits, vector] of [
  [128, aes128],
  [256, aes256],
] as const) {
  t.test(`RFC 9180 with AES-${bits}-GCM: every printed value comes out, sealing and opening`, async (t) => {
    const ephemeral = () => bytes(vector.skEm)
    const suite = new CipherSuite(dhkemX25519(ephemeral), hkdfSha256, aesGcm(bits))
    const recipient = {
      publicKey: publicNodeKey(publicKeyFromRaw('X25519', bytes(vector.pkRm))),
      privateKey: privateNodeKey(privateKeyFromRaw('X25519', bytes(vector.skRm))),
    }
    const info = bytes(vector.info)

    const { encapsulatedSecret, ctx } = await suite.SetupSender(recipient.publicKey, { info })
    t.equal(hex(encapsulatedSecret), vector.enc)
    const opener = await suite.SetupRecipient(recipient, bytes(vector.enc), { info })
    t.same(await walk(ctx, opener, vector), vector.ciphertexts)
    for (const [i, exported] of vector.exports.entries()) {
      t.equal(hex(await opener.Export(bytes(vector.exporterContexts[i] ?? ''), 32)), exported)
    }
  })
}

t.test('libsodium and Node agree on the same bytes, and on none with a point of low order', async (t) => {
  if (agreeBySodium === undefined) return t.fail('libsodium does not load here')
  const pairs = Array.from({ length: 100 }, () => [newRawKeyPair('X25519'), newRawKeyPair('X25519')] as const)
  const differing = pairs.filter(([one, other]) => {
    const agreed = agreeBySodium?.(one.privateKey, other.publicKey)
    return !agreed?.equals(agreeByNode(other.privateKey, one.publicKey))
  })
  t.same(differing, [])
  const [own] = pairs[0] ?? []
  for (const agree of [agreeBySodium, agreeByNode]) {
    t.throws(() => agree(own?.privateKey ?? Buffer.alloc(0), Buffer.alloc(32)))
    t.throws(() => agree(own?.privateKey ?? Buffer.alloc(0), Buffer.alloc(31)))
  }
})

t.test('RFC 9180: a key pair is derived as the RFC derives it', async (t) => {
  for (const [ikm, sk, pk] of [
    [aes128.ikmR, aes128.skRm, aes128.pkRm],
    [aes128.ikmE, aes128.skEm, aes128.enc],
  ] as const) {
    const pair = await suite.DeriveKeyPair(bytes(ikm), true)
    t.equal(hex(await suite.SerializePrivateKey(pair.privateKey)), sk)
    t.equal(hex(await suite.SerializePublicKey(pair.publicKey)), pk)
  }
})

t.test("what we seal, hpke's own Web Crypto suite opens, and the other way round", async (t) => {
  const theirs = new CipherSuite(KEM_DHKEM_X25519_HKDF_SHA256, KDF_HKDF_SHA256, AEAD_AES_256_GCM)
  t.same({ kem: theirs.KEM.id, kdf: theirs.KDF.id, aead: theirs.AEAD.id }, suites.x25519.ids)
  t.same(
    { kem: suite.KEM, kdf: suite.KDF, aead: suite.AEAD },
    { kem: theirs.KEM, kdf: theirs.KDF, aead: theirs.AEAD },
  )

  const ours = newRawKeyPair('X25519')
  const pair = {
    publicKey: await theirs.DeserializePublicKey(ours.publicKey),
    privateKey: await theirs.DeserializePrivateKey(ours.privateKey),
  }
  const sealed = await sealTo(ours.publicKey, info, aad, secret)
  t.same(Buffer.from(await theirs.Open(pair, sealed.enc, sealed.ciphertext, { info, aad })), secret)

  const { encapsulatedSecret, ciphertext } = await theirs.Seal(pair.publicKey, secret, { info, aad })
  t.same(Buffer.from(await openFrom(ours, encapsulatedSecret, info, aad, ciphertext)), secret)
})

t.test('another key, info, aad, encapsulation or ciphertext does not open', async (t) => {
  const pair = newRawKeyPair('X25519')
  const other = newRawKeyPair('X25519')
  const { enc, ciphertext } = await sealTo(pair.publicKey, info, aad, secret)
  const again = await sealTo(pair.publicKey, info, aad, secret)
  t.notSame(enc, again.enc, 'each seal has an ephemeral key of its own')
  await t.rejects(openFrom(other, enc, info, aad, ciphertext))
  await t.rejects(openFrom({ ...pair, publicKey: other.publicKey }, enc, info, aad, ciphertext))
  await t.rejects(openFrom(pair, again.enc, info, aad, ciphertext))
  await t.rejects(openFrom(pair, enc.subarray(1), info, aad, ciphertext))
  await t.rejects(openFrom(pair, enc, Buffer.from('other'), aad, ciphertext))
  await t.rejects(openFrom(pair, enc, info, Buffer.from('other'), ciphertext))
  await t.rejects(openFrom(pair, enc, info, aad, ciphertext.subarray(0, 12)))
  t.same(Buffer.from(await openFrom(pair, enc, info, aad, ciphertext)), secret)
})

t.test('nothing is sealed to a key of small order, or of a wrong length', async (t) => {
  const smallOrder = [
    '0000000000000000000000000000000000000000000000000000000000000000',
    '0100000000000000000000000000000000000000000000000000000000000000',
    'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
    'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  ]
  for (const key of smallOrder) await t.rejects(sealTo(bytes(key), info, aad, secret))
  await t.rejects(sealTo(Buffer.alloc(31, 9), info, aad, secret))
})
