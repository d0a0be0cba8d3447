import { Type } from 'typebox'
import { component, ref } from '../../schemas/component.ts'
import type { ProblemCode } from '../../schemas/problem.ts'
import { problems, withExample } from '../../schemas/responses.ts'
import { oneOf } from '../../schemas/text.ts'
import type { Scope } from '../../scope.ts'
import { Fault } from '../../vocabulary/faults.ts'

const Health = component(
  'Health',
  Type.Object({ status: oneOf(['ok'], 'ok') }, { additionalProperties: false, description: 'It is well' }),
)

/** A part that the service cannot do without: resolves if it is well. */
export type Check = () => Promise<void>

/** How often somebody asks for these is not limited. */
function healthProblems(...codes: ProblemCode[]) {
  const { 429: _limited, ...others } = problems('not-acceptable', ...codes)
  return others
}

/** GET /health/live and /health/ready: whether the process answers, and whether it can do its work. */
export function readHealth(app: Scope, checks: ReadonlyMap<string, Check>): void {
  const ok = withExample(ref(Health), { status: 'ok' })
  app.get(
    '/health/live',
    {
      schema: {
        operationId: 'getLiveness',
        summary: 'Does the process answer?',
        description: 'Says nothing of the parts that it needs, so that it is not killed for their sake.',
        response: { 200: ok, ...healthProblems() },
      },
    },
    // A page of another site may learn that the service is there, and so that the page itself is set up wrongly.
    async (_request, reply) => {
      reply.header('cross-origin-resource-policy', 'cross-origin')
      return { status: 'ok' as const }
    },
  )
  app.get(
    '/health/ready',
    {
      schema: {
        operationId: 'getReadiness',
        summary: 'Can it do its work?',
        description: 'If not, the entries of `errors` name the parts that are down, no more.',
        response: { 200: ok, ...healthProblems('not-ready') },
      },
    },
    async () => {
      const results = await Promise.allSettled([...checks.values()].map((check) => check()))
      const down = [...checks.keys()].filter((_, index) => results[index]?.status === 'rejected')
      if (down.length > 0) {
        throw new Fault(
          'storage-away',
          down.map((part) => ({ pointer: '', code: part, message: `${part} is down` })),
        )
      }
      return { status: 'ok' as const }
    },
  )
}
