import { AEAD_AES_256_GCM, CipherSuite, KDF_HKDF_SHA256, KEM_DHKEM_X25519_HKDF_SHA256 } from 'hpke'
import type { components } from '../../../client/src/index.ts'

type Schemas = components['schemas']
type Dissemination = Schemas['Dissemination']
type Sealed = Schemas['SealedProduct']

/** The product does not open with this key, or is not as it was sent. */
export class NotOpened extends Error {}

const encoder = new TextEncoder()
const version = 1
const nonceBytes = 12

/** Opens what was sealed to an agency's own key, in the browser (docs/sealed-format.md). The key goes nowhere. */
export async function openSealed(product: Dissemination, keyFile: string): Promise<Dissemination> {
  const { sealed, ...rest } = product
  if (sealed === undefined) return product
  try {
    const batchKey = await openBatchKey(sealed, keyFile)
    const wrapped = prefixed(sealed.batchId, 'dissemination', product.id)
    const dataKey = await decrypt(batchKey, wrapped, bytesOf(sealed.wrappedKey))
    const place = prefixed('dissemination', 'body', product.id, '', sealed.sentOn, '1', 'staff')
    const padded = await decrypt(dataKey, place, bytesOf(sealed.body))
    const text = new TextDecoder().decode(padded.subarray(0, padded.lastIndexOf(0x80)))
    const content: Pick<Dissemination, 'items' | 'gateway' | 'basis' | 'purpose' | 'leadOrInformation'> =
      JSON.parse(text)
    return { ...rest, ...content }
  } catch {
    throw new NotOpened()
  }
}

async function openBatchKey({ batchId, kid, enc, batchKey }: Sealed, keyFile: string): Promise<Uint8Array> {
  const { publicKey, privateKey }: { publicKey: string; privateKey: string } = JSON.parse(keyFile)
  const suite = await suiteOf(publicKey)
  const key = await suite.DeserializePrivateKey(bytesOf(privateKey), true)
  return suite.Open(key, bytesOf(enc), bytesOf(batchKey), {
    info: encoder.encode('sotto/1/batch-key/agency'),
    aad: lengthPrefixed(batchId, kid),
  })
}

const x25519Characters = 43

/** The suite of a key, which its length tells. What the post-quantum one needs is loaded when it is wanted. */
async function suiteOf(publicKey: string): Promise<CipherSuite> {
  const kem =
    publicKey.length === x25519Characters
      ? KEM_DHKEM_X25519_HKDF_SHA256
      : (await import('@panva/hpke-noble')).KEM_MLKEM768_X25519
  return new CipherSuite(kem, KDF_HKDF_SHA256, AEAD_AES_256_GCM)
}

/** `version | nonce | ciphertext | tag`, AES-256-GCM. */
async function decrypt(
  raw: Uint8Array,
  place: Uint8Array<ArrayBuffer>,
  sealed: Uint8Array,
): Promise<Uint8Array> {
  if (sealed[0] !== version) throw new NotOpened()
  const key = await crypto.subtle.importKey('raw', new Uint8Array(raw), 'AES-GCM', false, ['decrypt'])
  const iv = new Uint8Array(sealed.subarray(1, 1 + nonceBytes))
  const rest = new Uint8Array(sealed.subarray(1 + nonceBytes))
  return new Uint8Array(
    await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: place }, key, rest),
  )
}

function prefixed(...parts: string[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array([version, ...lengthPrefixed(...parts)])
}

/** Every part with its length before it: four bytes, big-endian. */
function lengthPrefixed(...parts: string[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(
    parts.flatMap((part) => {
      const bytes = encoder.encode(part)
      const length = new Uint8Array(4)
      new DataView(length.buffer).setUint32(0, bytes.length)
      return [...length, ...bytes]
    }),
  )
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}
