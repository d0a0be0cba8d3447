import { createHash } from 'node:crypto'
import { decryptAesGcm, encryptAesGcm, nonceBytes } from './aesGcm.ts'
import { hkdfExpand, hkdfExtract } from './hkdf.ts'
import { lengthPrefixed } from './lengthPrefixed.ts'
import { padJson } from './padding.ts'
import { randomBytesPooled } from './random.ts'

/** An answer as it is kept for whoever sends the same again. */
export interface StoredAnswer {
  keyHash: Buffer
  answer: Buffer
}

/** Seals what was made, as an answer to be kept. */
export type SealAnswer = (made: unknown) => StoredAnswer

/** What finds and seals the answer stored for one Idempotency-Key. The key itself goes no further. */
export interface StoredAnswerKeys {
  /** Finds the answer; scoped to call and caller. */
  keyHash: Buffer
  seal(answer: string): Buffer
  /** The answer, or undefined where the body is not the one that it was stored for. */
  open(sealed: Buffer): string | undefined
}

const step = 4096

/** Derives what keeps an answer from a key of at least 128 random bits, the scope and the body's bytes. */
export function storedAnswerKeys(idempotencyKey: string, scope: string, body: Uint8Array): StoredAnswerKeys {
  const secret = Buffer.from(idempotencyKey, 'ascii')
  const derive = (salt: Uint8Array, label: string) =>
    hkdfExpand(hkdfExtract(salt, secret), lengthPrefixed(`sotto/1/kept-answer/${label}`, scope), 32)
  const keyHash = derive(new Uint8Array(), 'lookup')
  const sealingKey = () => derive(createHash('sha256').update(body).digest(), 'seal')
  return {
    keyHash,
    seal(answer) {
      const nonce = randomBytesPooled(nonceBytes)
      return encryptAesGcm(sealingKey(), nonce, keyHash, Buffer.from(padJson(answer, step)), nonce)
    },
    open(sealed) {
      try {
        const nonce = sealed.subarray(0, nonceBytes)
        return decryptAesGcm(sealingKey(), nonce, keyHash, sealed.subarray(nonceBytes)).toString()
      } catch {
        return undefined
      }
    },
  }
}
