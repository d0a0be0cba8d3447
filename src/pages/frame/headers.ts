import type { FastifyReply } from 'fastify'
import type { Scope } from '../../scope.ts'
import type { Site } from '../site.ts'

/** Our own style, script and icon, forms to ourselves, and nothing else from anywhere. */
const policy = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Headers of every page, beyond those of every answer (plugins/headers.ts). */
export function setPageHeaders(app: Scope, site: Site): void {
  app.addHook('onRequest', async (_request, reply) => setHeadersOfPage(reply, site))
}

export function setHeadersOfPage(reply: FastifyReply, { onion }: Site): void {
  reply
    .header('content-security-policy', policy)
    .header('cache-control', 'no-store, no-transform')
    .header('x-robots-tag', 'noarchive')
    .header('permissions-policy', 'browsing-topics=(), camera=(), geolocation=(), microphone=()')
  // One address of the onion service for all pages: which page it was that somebody left is not told.
  if (onion !== undefined) reply.header('onion-location', `${onion}/`)
}
