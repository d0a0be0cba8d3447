import { decryptAesGcm, encryptAesGcm, nonceBytes } from './aesGcm.ts'
import { hkdfExpand, hkdfExtract } from './hkdf.ts'
import { randomBytesPooled } from './random.ts'

const usualLongest = 1024

/** Seals a small value as text that only holders of `key` can read or make; `label` says what for, and is bound to it. */
export function sealOpaque(key: Uint8Array, label: string, value: unknown): string {
  const nonce = randomBytesPooled(nonceBytes)
  const plaintext = Buffer.from(JSON.stringify(value))
  return Buffer.concat([nonce, encryptAesGcm(key, nonce, Buffer.from(label), plaintext)]).toString(
    'base64url',
  )
}

/** The value that `sealOpaque` sealed under the same key and label; undefined for any other text, and a longer one. */
export function openOpaque(key: Uint8Array, label: string, text: string, longest = usualLongest): unknown {
  if (text.length > longest) return undefined
  const sealed = Buffer.from(text, 'base64url')
  // Node skips what is not base64url: only the one spelling that was given out is good.
  if (sealed.toString('base64url') !== text) return undefined
  try {
    const opened = decryptAesGcm(
      key,
      sealed.subarray(0, nonceBytes),
      Buffer.from(label),
      sealed.subarray(nonceBytes),
    )
    return JSON.parse(opened.toString())
  } catch {
    return undefined
  }
}

/** A key for sealing under one label, made of a secret that serves something else too. */
export function opaqueKeyOf(secret: Uint8Array, label: string): Buffer {
  return hkdfExpand(hkdfExtract(Buffer.from(label), secret), nothing, 32)
}

const nothing = new Uint8Array()
