import { ref } from '../../schemas/component.ts'
import { exampleKey } from '../../schemas/examples.ts'
import type { PublicKeys as Keys } from '../../schemas/intake.ts'
import { PublicKeys } from '../../schemas/intake.ts'
import { problems, withExample } from '../../schemas/responses.ts'
import type { Scope } from '../../scope.ts'

/** GET /v1/keys: the public keys that reports are sealed to. */
export function readKeys(app: Scope, keys: () => Keys): void {
  app.get(
    '/v1/keys',
    {
      schema: {
        operationId: 'listKeys',
        summary: 'The keys that reports are sealed to',
        description:
          'So that anyone can compare them over time and between instances. They are public halves only.',
        response: {
          200: withExample(ref(PublicKeys), { items: [exampleKey] }),
          ...problems('not-acceptable'),
        },
      },
    },
    async (_request, reply) => reply.header('cache-control', 'public, max-age=300').send(keys()),
  )
}
