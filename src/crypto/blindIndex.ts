import { createHmac } from 'node:crypto'
import { lengthPrefixed } from './lengthPrefixed.ts'

/**
 * The blind index of a value: HMAC-SHA-256 under the index key, of the kind and the whole normalised value. Equal
 * values give equal tokens; whoever has the key can try values, whoever has not learns equality and counts only.
 */
export function blindToken(secret: Uint8Array, kind: string, value: string): Buffer {
  return createHmac('sha256', secret)
    .update(lengthPrefixed('sotto/1/index', kind, value))
    .digest()
}
