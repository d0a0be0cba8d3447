import { ml_kem768_x25519 } from '@noble/post-quantum/hybrid.js'
import { KEM_MLKEM768_X25519 as kemOfNoble } from '@panva/hpke-noble'
import { CipherSuite, type Key, KEM_MLKEM768_X25519 as kemOfNode } from 'hpke'
import { aesGcm, hkdfSha256 } from './hpkeNode.ts'

/**
 * MLKEM768-X25519: opens to nobody who breaks only one of the two, be it by a quantum computer or by a flaw in what is new.
 * Node has its parts from 24.7 on; before, a library in JavaScript does the same, five to ten times as slow.
 */

const native = new CipherSuite(kemOfNode, hkdfSha256, aesGcm(256))
const inJavaScript = new CipherSuite(kemOfNoble, hkdfSha256, aesGcm(256))

let isNativeHere: Promise<boolean> | undefined

/** Whether this Node has the suite of its own. */
export function hasNativeHybrid(): Promise<boolean> {
  isNativeHere ??= native.GenerateKeyPair().then(
    () => true,
    () => false,
  )
  return isNativeHere
}

async function suite(): Promise<CipherSuite> {
  return (await hasNativeHybrid()) ? native : inJavaScript
}

/** The public half of a raw private key, which is a seed of 32 bytes. */
export function hybridPublicKeyOf(privateKey: Uint8Array): Buffer {
  return Buffer.from(ml_kem768_x25519.keygen(privateKey).publicKey)
}

/** Whom most is sealed to is the same for a month: reading the key anew each time would cost as much as sealing. */
const recipients = new Map<string, Key>()
const recipientsAtMost = 32

async function recipientOf(hpke: CipherSuite, raw: Uint8Array): Promise<Key> {
  const name = Buffer.from(raw).toString('base64')
  const known = recipients.get(name)
  if (known !== undefined) return known
  if (!isCanonical(raw)) throw new TypeError('no key of ML-KEM-768: a coefficient is out of range')
  const key = await hpke.DeserializePublicKey(raw)
  if (recipients.size >= recipientsAtMost) recipients.clear()
  recipients.set(name, key)
  return key
}

const modulus = 3_329
const coefficientBytes = 1_152

/**
 * The modulus check that FIPS 203 (section 7.2) asks of whoever seals: every coefficient, of twelve bits, is below 3,329.
 * Node makes it; the library in JavaScript, at 0.5.4, lets any bytes pass.
 */
function isCanonical(publicKey: Uint8Array): boolean {
  for (let at = 0; at < coefficientBytes; at += 3) {
    const [low = 0, middle = 0, high = 0] = publicKey.subarray(at, at + 3)
    const first = low | ((middle & 15) << 8)
    const second = (middle >> 4) | (high << 4)
    if (first >= modulus || second >= modulus) return false
  }
  return true
}

/** The same as `sealTo`, for a public key of this suite. */
export async function hybridSeal(
  publicKey: Uint8Array,
  info: Uint8Array,
  aad: Uint8Array,
  plaintext: Uint8Array,
): Promise<{ enc: Uint8Array; ciphertext: Uint8Array }> {
  const hpke = await suite()
  const recipient = await recipientOf(hpke, publicKey)
  const { encapsulatedSecret, ciphertext } = await hpke.Seal(recipient, plaintext, { info, aad })
  return { enc: encapsulatedSecret, ciphertext }
}

/** The same as `openFrom`, for a key pair of this suite. */
export async function hybridOpen(
  privateKey: Uint8Array,
  enc: Uint8Array,
  info: Uint8Array,
  aad: Uint8Array,
  ciphertext: Uint8Array,
): Promise<Uint8Array> {
  const hpke = await suite()
  const key = await hpke.DeserializePrivateKey(privateKey, false)
  return hpke.Open(key, enc, ciphertext, { info, aad })
}
