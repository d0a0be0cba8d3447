import { IssuerAway, IssuerRefuses } from './issuerDocuments.ts'

/**
 * Runs attempts, but none for a while after one that failed: requests must not queue behind an issuer that is away. One that
 * refused a single request is not.
 */
export function pausing(pause: number, whenAway: (reason: string) => void) {
  let failedAt = Number.NEGATIVE_INFINITY
  let isAway = false
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (Date.now() < failedAt + pause) throw new IssuerAway('it did not answer just now')
    try {
      const result = await work()
      isAway = false
      return result
    } catch (error) {
      if (!(error instanceof IssuerRefuses)) failedAt = Date.now()
      const away = error instanceof IssuerAway ? error : new IssuerAway('it does not answer in time')
      if (!isAway) whenAway(away.message)
      isAway = true
      throw away
    }
  }
}
