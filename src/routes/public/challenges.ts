import { Type } from 'typebox'
import type { Challenges } from '../../domain/challenge/challenges.ts'
import { Challenge, exampleChallenge } from '../../schemas/challenge.ts'
import { ref } from '../../schemas/component.ts'
import { problems, withExample } from '../../schemas/responses.ts'
import type { Scope } from '../../scope.ts'

const summary = 'A proof-of-work challenge'
const description =
  'To be solved after `challenge-required`, or at any time before: a solution is good for 10 to 20 minutes, once. The widget of ALTCHA takes this address as its `challenge`; what it gives goes into the header `Challenge-Solution`. It names nobody, and is harder while more reports come in. Nothing is stored.'
const nothing = Type.Object({}, { additionalProperties: false })
const answer = { 200: withExample(ref(Challenge), exampleChallenge) }
const refusals = ['validation', 'not-acceptable', 'rate-limited', 'not-ready'] as const

/** GET or POST /v1/challenges: a challenge. The widget gets it, other clients may post for it. */
export function challengeRoutes(app: Scope, challenges: Pick<Challenges, 'issue'>): void {
  app.get(
    '/v1/challenges',
    {
      schema: {
        operationId: 'getChallenge',
        summary,
        description,
        querystring: nothing,
        response: { ...answer, ...problems(...refusals) },
      },
    },
    async () => challenges.issue(),
  )
  app.post(
    '/v1/challenges',
    {
      schema: {
        operationId: 'createChallenge',
        summary,
        description: `${description} The body is empty.`,
        querystring: nothing,
        body: withExample(
          Type.Union([nothing, Type.Null()], { description: 'Nothing, or an empty object' }),
          {},
        ),
        response: {
          ...answer,
          ...problems(...refusals, 'malformed-json', 'payload-too-large', 'unsupported-media-type'),
        },
      },
    },
    async () => challenges.issue(),
  )
}
