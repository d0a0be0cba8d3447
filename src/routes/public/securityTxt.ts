import type { Scope } from '../../scope.ts'

/** Days for which it holds: RFC 9116 asks for less than a year. */
const holdsFor = 180
const day = 86_400_000

/** GET /.well-known/security.txt: whom to tell of a flaw (RFC 9116). */
export function tellSecurityContact(app: Scope, contact: string): void {
  app.get(
    '/.well-known/security.txt',
    { config: { produces: ['text/plain'] }, schema: { hide: true } },
    async (_request, reply) => {
      const lines = [`Contact: ${contact}`, `Expires: ${expiry()}`, 'Preferred-Languages: en, cy']
      return reply
        .header('cache-control', 'public, max-age=86400')
        .type('text/plain; charset=utf-8')
        .send(`${lines.join('\n')}\n`)
    },
  )
}

/** The beginning of a day: the answer tells no more of when it was asked for. */
function expiry(): string {
  const today = Math.floor(Date.now() / day)
  return new Date((today + holdsFor) * day).toISOString()
}
