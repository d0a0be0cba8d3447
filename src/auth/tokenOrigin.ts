import { IssuerAway, readTokenOrigin } from './issuerDocuments.ts'

const timeout = 5_000
const pause = 60_000

/**
 * The origin at which the issuer gives tokens: asked for at once, and kept. Undefined while the issuer does not say; then
 * it is asked again by whoever wants to know, once a minute at most.
 */
export function tokenOriginOf(
  issuer: string,
  whenAway: (reason: string) => void,
): () => Promise<string | undefined> {
  let askedAt = 0
  let answer = ask()

  async function ask(): Promise<string | undefined> {
    askedAt = Date.now()
    try {
      return await readTokenOrigin(issuer, AbortSignal.timeout(timeout))
    } catch (error) {
      whenAway(error instanceof IssuerAway ? error.message : 'it does not answer in time')
      return undefined
    }
  }

  return async () => {
    const origin = await answer
    if (origin !== undefined || Date.now() < askedAt + pause) return origin
    answer = ask()
    return answer
  }
}
