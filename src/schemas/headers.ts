import { Type } from 'typebox'
import { rule } from './rules.ts'

/** Request headers that calls read. Others are allowed and ignored: headers are not a closed set. */

const idempotencyKey = Type.Optional(
  Type.String({
    description:
      '22 to 128 characters of A-Z a-z 0-9 _ -, made from at least 128 random bits (a UUID v4 will do). The same key and bytes give the same answer, to the end of the next UTC day but one.',
  }),
)
const challengeSolution = Type.Optional(
  Type.String({
    description:
      'The solution of a challenge from /v1/challenges, as the ALTCHA widget gives it (base64). Good once.',
  }),
)

export const ChallengeHeaders = Type.Object({ 'challenge-solution': challengeSolution })

const acceptLanguage = Type.Optional(
  Type.String({ description: '`cy` for texts in Welsh; otherwise they are in English' }),
)

export const LanguageHeaders = Type.Object({ 'accept-language': acceptLanguage })
export const ReportHeaders = Type.Object({
  'accept-language': acceptLanguage,
  'idempotency-key': idempotencyKey,
  'challenge-solution': challengeSolution,
})
export const DraftHeaders = Type.Object({
  'accept-language': acceptLanguage,
  'challenge-solution': challengeSolution,
})

/** Of answers with texts. */
export const languageHeader = {
  'Content-Language': Type.String({ description: '`en` or `cy`: the language of the texts' }),
}

export const IdempotencyHeaders = Type.Object({ 'idempotency-key': idempotencyKey })

export const IntakeHeaders = Type.Object({
  'idempotency-key': idempotencyKey,
  'challenge-solution': challengeSolution,
})

/** Of answers to such calls. */
export const ReplayHeaders = {
  'Idempotency-Replayed': Type.String({
    description: '`true` where this is the answer to an earlier call, given again; otherwise absent',
  }),
}

export const ReasonHeaders = Type.Object({
  'audit-reason': Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 500,
      'x-visible': 1,
      pattern: rule(
        '^[^\\u0000-\\u001F\\u007F-\\u009F\\uD800-\\uDFFF]*$',
        'must be one line of text, as plain ASCII or as UTF-8 percent-encoded',
      ),
      description:
        'Why, for the audit trail: 1 to 500 characters, as plain ASCII or as UTF-8 percent-encoded. Kept sealed.',
    }),
  ),
})

export const IfMatchHeaders = Type.Object({
  'if-match': Type.Optional(
    Type.String({
      description: 'The ETag of the version that was read. Missing or `*` is 428, stale or weak is 412',
    }),
  ),
})

/** Of changes that may come without. */
export const OptionalIfMatchHeaders = Type.Object({
  'if-match': Type.Optional(
    Type.String({ description: 'The ETag of the version that was read, if that must be the one; else 412' }),
  ),
})

/** The content types of a JSON merge patch (RFC 7396). */
export const mergePatchTypes = ['application/json', 'application/merge-patch+json']

/** Of answers that carry a version. */
export const VersionHeaders = { ETag: Type.String({ description: 'The version in quotes' }) }

/** Of a created thing that has an address of its own. */
export const CreatedHeaders = {
  Location: Type.String({ description: 'Where it can be read' }),
  ...ReplayHeaders,
}
