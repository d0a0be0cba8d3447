import type { Admission, ChallengeKind, Challenges, Outcome } from '../domain/challenge/challenges.ts'
import type { Scope } from '../scope.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Calls of this kind may need a proof of work. */
    challenge?: ChallengeKind
  }
  interface FastifyRequest {
    admission: Admission | null
  }
}

const stepOfDrafts = 8_192

/**
 * Asks for a proof of work on every route that names a `challenge`, while one is wanted: after the request was found
 * valid, before anything is done. A solution is spent only by a 2xx; what is not spent is good again before the answer
 * goes. Must come before its routes.
 */
export function askForChallenges(app: Scope, challenges: Pick<Challenges, 'admitFree' | 'admitPaid'>): void {
  app.decorateRequest('admission', null)
  app.addHook('preHandler', (request, _reply, done) => {
    const kind = request.routeOptions.config.challenge
    if (kind === undefined) return done()
    // A draft costs by its length; a report costs the same however long it is, since it is kept.
    const weight = kind === 'draft' ? Math.ceil((request.bodyBytes?.length ?? 1) / stepOfDrafts) : 1
    request.admission = challenges.admitFree(kind, weight) ?? null
    if (request.admission !== null) return done()
    const paid = { solution: [request.headers['challenge-solution']].flat()[0] }
    challenges.admitPaid(kind, paid, request.storedAnswer?.keyHash, weight).then((admission) => {
      request.admission = admission
      done()
    }, done)
  })
  app.addHook('onSend', (request, reply, _payload, done) => {
    const { admission } = request
    request.admission = null
    if (admission === null) return done()
    // A repeat was paid for when it came first.
    const outcome = reply.hasHeader('idempotency-replayed') ? 'not-done' : outcomeOf(reply.statusCode)
    const settled = admission.settle(outcome)
    if (settled === undefined) done()
    else settled.then(() => done(), done)
  })
}

function outcomeOf(status: number): Outcome {
  if (status >= 200 && status < 300) return 'done'
  return status === 401 ? 'unknown-receipt' : 'not-done'
}
