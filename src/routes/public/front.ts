import type { Scope } from '../../scope.ts'

/** GET /, where there are no pages for the public: leads whoever looks to what there is, the API to read. */
export function leadToDocs(app: Scope): void {
  app.get('/', { config: { produces: ['text/html'] }, schema: { hide: true } }, async (_request, reply) =>
    reply.redirect('/docs/', 303),
  )
}
