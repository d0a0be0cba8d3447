import { type Static, Type } from 'typebox'
import { component } from './component.ts'

const closed = { additionalProperties: false } as const
const hex = (description: string, length?: number) =>
  Type.String({ pattern: length === undefined ? '^([0-9a-f]{2})+$' : `^[0-9a-f]{${length}}$`, description })

/** A proof-of-work challenge in the form of ALTCHA (version 2), whose widget solves it. */
export const Challenge = component(
  'Challenge',
  Type.Object(
    {
      parameters: Type.Object(
        {
          algorithm: Type.Literal('PBKDF2/SHA-256', { description: 'How a key is derived' }),
          cost: Type.Integer({ minimum: 1, description: 'Iterations of each derivation' }),
          expiresAt: Type.Integer({ description: 'Unix time in seconds; until then a solution is taken' }),
          keyLength: Type.Integer({ minimum: 1, description: 'Bytes of a derived key' }),
          keyPrefix: hex('What the derived key must begin with'),
          keySignature: hex('Lets the service check the key', 64),
          nonce: hex('With a counter (four bytes, big-endian) behind it, the password of a derivation', 32),
          salt: hex('Salt of each derivation', 32),
        },
        closed,
      ),
      signature: hex('Lets the service know its own challenge', 64),
    },
    {
      ...closed,
      description:
        'Find the counter, from 0 up, whose derived key begins with `keyPrefix`. Base64 of the JSON text `{"challenge": …, "solution": {"counter": …, "derivedKey": …}}` is the solution. The widget of ALTCHA (3.x) does all of it',
    },
  ),
)
export type Challenge = Static<typeof Challenge>

export const exampleChallenge: Challenge = {
  parameters: {
    algorithm: 'PBKDF2/SHA-256',
    cost: 2500,
    expiresAt: 1795521600,
    keyLength: 32,
    keyPrefix: '6f1c0f5a3f8f2b9d5c1e7a40b6d2e893',
    keySignature: '9b0c5d7e1f2a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4',
    nonce: '0f1e2d3c4b5a69788796a5b4c3d2e1f0',
    salt: 'a1b2c3d4e5f60718293a4b5c6d7e8f90',
  },
  signature: 'c0ffee11d00dfeed0123456789abcdef0123456789abcdeffedcba9876543210',
}
