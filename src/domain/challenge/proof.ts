import { createChallenge, type Solution, type Challenge as Unsolved, verifySolution } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import type { Challenge } from '../../schemas/challenge.ts'
import type { SpentChallenge } from '../../storage/challenges.ts'
import { drawTries, type Effort } from './effort.ts'
import type { DaySecrets } from './secrets.ts'

/** Challenges end on a grid, so that the end does not tell when one was made. */
const grid = 600

/** Makes a challenge (ALTCHA, proof of work version 2) that is good for 10 to 20 minutes. It names nobody. */
export async function makeChallenge(secrets: DaySecrets, effort: Effort, now: Date): Promise<Challenge> {
  const challenge = await createChallenge({
    algorithm: 'PBKDF2/SHA-256',
    cost: effort.cost,
    counter: drawTries(effort),
    deriveKey,
    expiresAt: (Math.floor(now.getTime() / 1_000 / grid) + 2) * grid,
    keyLength: 32,
    hmacSignatureSecret: secrets.signature,
    hmacKeySignatureSecret: secrets.keySignature,
  })
  return challenge as Challenge
}

/** A challenge and its solution, as the widget sends them: base64 of JSON. Nothing about them is known to be right. */
export interface Payload {
  challenge: Unsolved
  solution: Solution
}

const lengthAtMost = 4_096

/** Reads a payload; undefined where it is none. */
export function readPayload(text: string): Payload | undefined {
  if (text.length > lengthAtMost) return undefined
  try {
    const payload: Partial<Payload> | null = JSON.parse(Buffer.from(text, 'base64').toString())
    const { challenge, solution } = payload ?? {}
    return isObject(challenge) && isObject(challenge.parameters) && isObject(solution)
      ? { challenge, solution }
      : undefined
  } catch {
    return undefined
  }
}

/**
 * Checks that the challenge was made with one of these secrets, has not ended, and is solved. Needs two HMACs, and none
 * of the work. Tells by what the solution is known in the database.
 */
export async function checkProof(
  payload: Payload,
  secrets: readonly DaySecrets[],
  now: Date,
): Promise<SpentChallenge | undefined> {
  const { nonce, expiresAt } = payload.challenge.parameters
  if (typeof nonce !== 'string' || typeof expiresAt !== 'number' || expiresAt * 1_000 <= now.getTime()) {
    return undefined
  }
  for (const { day, signature, keySignature, hash } of secrets) {
    if (await isRight(payload, signature, keySignature)) return { day, hash: hash('nonce', nonce) }
  }
  return undefined
}

async function isRight(payload: Payload, signature: string, keySignature: string): Promise<boolean> {
  try {
    const { verified } = await verifySolution({
      ...payload,
      deriveKey,
      hmacSignatureSecret: signature,
      hmacKeySignatureSecret: keySignature,
    })
    return verified
  } catch {
    // What a client made up may have any form.
    return false
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
