import type { components } from './contract.ts'
import { faultOf } from './errors.ts'
import { base64 } from './random.ts'

type Challenge = components['schemas']['Challenge']

/** A challenge is good for ten minutes at least. */
const timeout = 9 * 60_000

/**
 * Solves a challenge: the text for the header Challenge-Solution. Several searches run side by side, so that WebCrypto
 * uses several cores without a worker, which a strict Content-Security-Policy would have to allow. Rejects with
 * `challenge-unsolved`, or with the reason of `signal`.
 */
export async function solve(challenge: Challenge, signal?: AbortSignal): Promise<string> {
  if (globalThis.crypto?.subtle === undefined) {
    throw faultOf('challenge-unsolved', 'no WebCrypto here: a page needs https (or an onion address)')
  }
  // Only whoever is asked for a proof loads what solves it.
  const [{ solveChallenge }, { deriveKey }] = await Promise.all([
    import('altcha-lib'),
    import('altcha-lib/algorithms/web/pbkdf2'),
  ])
  const controller = new AbortController()
  const abort = () => controller.abort()
  signal?.addEventListener('abort', abort)
  const searches = cores()
  try {
    const found = await Promise.any(
      Array.from({ length: searches }, async (_, counterStart) => {
        const solution = await solveChallenge({
          // Names and values are those of the contract; the library's types are wider.
          challenge: challenge as Parameters<typeof solveChallenge>[0]['challenge'],
          deriveKey,
          controller,
          counterStart,
          counterStep: searches,
          timeout,
        })
        if (solution === null) throw new Error('not found')
        return solution
      }),
    )
    const { counter, derivedKey } = found
    const payload = JSON.stringify({ challenge, solution: { counter, derivedKey } })
    return base64(new TextEncoder().encode(payload))
  } catch (cause) {
    signal?.throwIfAborted()
    throw faultOf('challenge-unsolved', 'the challenge was not solved in time', { cause })
  } finally {
    signal?.removeEventListener('abort', abort)
    abort()
  }
}

function cores(): number {
  const { navigator } = globalThis as { navigator?: { hardwareConcurrency?: number } }
  return Math.min(8, Math.max(2, navigator?.hardwareConcurrency ?? 4))
}
