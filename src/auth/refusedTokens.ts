import { errors } from 'jose'

/** Why a JWT opens nothing: a class, and nothing of the token. */
export type TokenRefusal =
  | 'malformed'
  | 'algorithm'
  | 'unknown-key'
  | 'bad-signature'
  | 'expired'
  | 'not-yet-valid'
  | 'wrong-issuer'
  | 'wrong-audience'
  | 'missing-claim'
  | 'no-access-token'
  | 'claims-elsewhere'
  | 'no-role'
  | 'revoked'

const claims: Readonly<Record<string, TokenRefusal>> = {
  iss: 'wrong-issuer',
  aud: 'wrong-audience',
  nbf: 'not-yet-valid',
}

/** The class of what the verification threw. */
export function refusalOf(error: unknown): TokenRefusal {
  if (error instanceof errors.JWTExpired) return 'expired'
  if (error instanceof errors.JWTClaimValidationFailed) {
    return error.reason === 'missing' ? 'missing-claim' : (claims[error.claim] ?? 'missing-claim')
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'bad-signature'
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) {
    return 'unknown-key'
  }
  if (error instanceof errors.JOSEAlgNotAllowed || error instanceof errors.JOSENotSupported)
    return 'algorithm'
  return 'malformed'
}

const pause = 60_000

/**
 * Tells of refusals by class: at once, and of the same class once a minute at most, with how many there were since. So a
 * flood of tokens does not fill the log.
 */
export function tellingOfRefusals(
  tell: (refusal: TokenRefusal, count: number) => void,
  clock = () => performance.now(),
): (refusal: TokenRefusal) => void {
  const since = new Map<TokenRefusal, { toldAt: number; count: number }>()
  return (refusal) => {
    const now = clock()
    const before = since.get(refusal) ?? { toldAt: Number.NEGATIVE_INFINITY, count: 0 }
    const count = before.count + 1
    if (now < before.toldAt + pause) {
      since.set(refusal, { ...before, count })
      return
    }
    since.set(refusal, { toldAt: now, count: 0 })
    tell(refusal, count)
  }
}
