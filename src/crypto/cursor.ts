import { createHmac, timingSafeEqual } from 'node:crypto'
import { lengthPrefixed } from './lengthPrefixed.ts'

const macBytes = 32
const longestCursor = 4096

/** Writes a place in a list as an opaque cursor: base64url of a MAC and the JSON. Signed, not secret. */
export function sealCursor(secret: Uint8Array, payload: unknown): string {
  const json = Buffer.from(JSON.stringify(payload))
  return Buffer.concat([macOf(secret, json), json]).toString('base64url')
}

/** Reads a cursor that `sealCursor` wrote under the same secret; undefined for anything else. */
export function openCursor(secret: Uint8Array, cursor: string): unknown | undefined {
  if (cursor.length > longestCursor) return undefined
  const bytes = Buffer.from(cursor, 'base64url')
  // Node skips what is not base64url: only the one spelling that was given out is good.
  if (bytes.length <= macBytes || bytes.toString('base64url') !== cursor) return undefined
  const json = bytes.subarray(macBytes)
  if (!timingSafeEqual(bytes.subarray(0, macBytes), macOf(secret, json))) return undefined
  return JSON.parse(json.toString())
}

function macOf(secret: Uint8Array, json: Uint8Array): Buffer {
  return createHmac('sha256', secret).update(lengthPrefixed('sotto/1/cursor', json)).digest()
}
