import { type KeyObject, randomBytes } from 'node:crypto'
import { type AEAD, concat, encode, I2OSP, type KDF, type KEM, LabeledExpand, LabeledExtract } from 'hpke'
import { decryptAesGcm, encryptAesGcm } from './aesGcm.ts'
import { agree } from './agreement.ts'
import { hkdfExpand, hkdfExtract } from './hkdf.ts'
import { publicKeyOf } from './publicKeys.ts'
import { privateKeyFromRaw, publicKeyFromRaw, rawKeyBytes, rawPrivateKey, rawPublicKey } from './rawKeys.ts'

/*
 * The three interfaces that the `hpke` package asks for, filled in with node:crypto's synchronous calls. The
 * package's own, on Web Crypto, cost 1.5 to 2.1 ms a seal on Node 20; these cost a tenth and interoperate.
 */

/**
 * A key as `hpke` passes it around. Of a raw one Node's own is made when it is asked for, which neither sealing nor opening
 * does: it costs as much as the agreement.
 */
export type NodeKey = {
  readonly algorithm: { name: 'X25519' }
  readonly type: 'public' | 'private'
  readonly extractable: boolean
  readonly key: KeyObject
  readonly raw?: Uint8Array
}

export const publicNodeKey = (key: KeyObject): NodeKey => nodeKey('public', key, true)
/** Throws if its length is wrong. */
export const publicNodeKeyOfRaw = (raw: Uint8Array): NodeKey =>
  nodeKeyOfRaw('public', raw, (bytes) => publicKeyFromRaw('X25519', bytes))
/** The same of a private one. */
export const privateNodeKeyOfRaw = (raw: Uint8Array): NodeKey =>
  nodeKeyOfRaw('private', raw, (bytes) => privateKeyFromRaw('X25519', bytes))
export const privateNodeKey = (key: KeyObject, extractable = false): NodeKey =>
  nodeKey('private', key, extractable)

/** HKDF-SHA256 in its two stages (RFC 5869). */
export const hkdfSha256 = (): KDF => ({
  id: 1,
  type: 'KDF',
  name: 'HKDF-SHA256',
  Nh: 32,
  stages: 2,
  Extract: async (salt, ikm) => hkdfExtract(salt, ikm),
  Expand: async (prk, info, length) => hkdfExpand(prk, info, length),
  Derive: async () => {
    throw new Error('HKDF has two stages')
  },
})

/** AES-GCM with keys of 256 bits, or of 128 for the RFC's own vectors. */
export const aesGcm = (bits: 128 | 256) => (): AEAD => ({
  id: bits === 256 ? 2 : 1,
  type: 'AEAD',
  name: `AES-${bits}-GCM`,
  Nk: bits / 8,
  Nn: 12,
  Nt: 16,
  Seal: async (key, nonce, aad, plaintext) => encryptAesGcm(key, nonce, aad, plaintext),
  Open: async (key, nonce, aad, ciphertext) => decryptAesGcm(key, nonce, aad, ciphertext),
})

/**
 * DHKEM(X25519, HKDF-SHA256) (RFC 9180, section 4.1). Refuses a public key of small order: both libraries throw on
 * an all-zero shared secret. `newEphemeral` is an argument only so that a test can repeat the RFC's vectors.
 */
export const dhkemX25519 =
  (newEphemeral: () => Buffer = randomEphemeral) =>
  (): KEM<NodeKey> => ({
    id: 32,
    type: 'KEM',
    name: 'DHKEM(X25519, HKDF-SHA256)',
    Nsecret: 32,
    Nenc: 32,
    Npk: 32,
    Nsk: 32,
    DeriveKeyPair: async (ikm, extractable) => {
      const prk = await LabeledExtract(kdf, suiteId, new Uint8Array(), encode('dkp_prk'), ikm)
      const raw = await LabeledExpand(kdf, suiteId, prk, encode('sk'), new Uint8Array(), 32)
      return pairOf(privateKeyFromRaw('X25519', raw), extractable)
    },
    GenerateKeyPair: async (extractable) =>
      pairOf(privateKeyFromRaw('X25519', randomEphemeral()), extractable),
    SerializePublicKey: async (publicKey) => rawOf(publicKey),
    DeserializePublicKey: async (raw) => publicNodeKeyOfRaw(raw),
    SerializePrivateKey: async ({ key }) => rawPrivateKey(key),
    DeserializePrivateKey: async (raw, extractable) =>
      privateNodeKey(privateKeyFromRaw('X25519', raw), extractable),
    Encap: async (recipient) => {
      const ephemeral = newEphemeral()
      const to = rawOf(recipient)
      try {
        const enc = publicKeyOf('X25519', ephemeral)
        const dh = agree(ephemeral, to)
        return { enc, shared_secret: await extractAndExpand(dh, enc, to) }
      } finally {
        ephemeral.fill(0)
      }
    },
    Decap: async (enc, own, ownPublic) => {
      const dh = agree(own.raw ?? rawPrivateKey(own.key), enc)
      return extractAndExpand(dh, enc, ownPublic === undefined ? rawPublicKey(own.key) : rawOf(ownPublic))
    },
  })

function rawOf(publicKey: NodeKey): Uint8Array {
  return publicKey.raw ?? rawPublicKey(publicKey.key)
}

const kdf = hkdfSha256()
const suiteId = concat(encode('KEM'), I2OSP(32, 2))

async function extractAndExpand(dh: Uint8Array, enc: Uint8Array, recipient: Uint8Array): Promise<Uint8Array> {
  const prk = await LabeledExtract(kdf, suiteId, new Uint8Array(), encode('eae_prk'), dh)
  return LabeledExpand(kdf, suiteId, prk, encode('shared_secret'), concat(enc, recipient), 32)
}

function randomEphemeral(): Buffer {
  return randomBytes(rawKeyBytes)
}

function pairOf(privateKey: KeyObject, extractable: boolean) {
  return {
    publicKey: publicNodeKey(publicKeyFromRaw('X25519', rawPublicKey(privateKey))),
    privateKey: privateNodeKey(privateKey, extractable),
  }
}

function nodeKey(type: NodeKey['type'], key: KeyObject, extractable: boolean): NodeKey {
  return { algorithm: { name: 'X25519' }, type, extractable, key }
}

function nodeKeyOfRaw(type: NodeKey['type'], raw: Uint8Array, made: (raw: Uint8Array) => KeyObject): NodeKey {
  if (raw.length !== rawKeyBytes) throw new TypeError(`a raw key has ${rawKeyBytes} bytes`)
  return {
    algorithm: { name: 'X25519' },
    type,
    extractable: type === 'public',
    raw,
    get key() {
      return made(raw)
    },
  }
}
