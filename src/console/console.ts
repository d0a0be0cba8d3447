import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Scope } from '../scope.ts'
import { Fault } from '../vocabulary/faults.ts'
import type { ConsoleFile, ConsoleFiles } from './files.ts'

/** What the console must know of this deployment before anybody has signed in. Nothing of it is secret. */
export interface ConsoleSettings {
  /** Whether a report opens only to those who say why. */
  requireReason: boolean
  /** How staff sign in at their issuer; absent: by token alone. */
  signIn: { issuer: string; clientId: string; audience: string } | undefined
}

export interface Console {
  files: ConsoleFiles
  settings: ConsoleSettings
  /** Where the issuer gives tokens, as it says; undefined: nowhere that is known. */
  tokenOrigin: () => Promise<string | undefined>
}

/** `/console/…`: the console for staff (contract section 6): a page and its parts, which call the API and nothing else. */
export function serveConsole(app: Scope, { files, settings, tokenOrigin }: Console): void {
  const page = files.page.replace('{settings}', escaped(JSON.stringify(settings)))
  app.addHook('onRequest', async (_request, reply) => {
    reply
      .header('content-security-policy', policyFor(settings, await tokenOrigin()))
      .header('cross-origin-resource-policy', 'same-origin')
      .header('x-robots-tag', 'noindex, noarchive')
      .header('permissions-policy', 'browsing-topics=(), camera=(), geolocation=(), microphone=()')
  })
  const hidden = { schema: { hide: true } }
  app.get('/console', hidden, async (_request, reply) => reply.redirect('/console/', 303))
  app.get('/console/', hidden, async (_request, reply) => reply.type('text/html; charset=utf-8').send(page))
  app.get<{ Params: { name: string } }>('/console/assets/:name', hidden, async (request, reply) => {
    const file = files.named.get(request.params.name)
    if (file === undefined) throw new Fault('not-found')
    return sendFile(request, reply, file)
  })
}

/**
 * Our own script, style and icon; calls to ourselves, and, where there is an issuer, to it and to where it gives tokens; no
 * text becomes markup.
 */
function policyFor({ signIn }: ConsoleSettings, tokensAt: string | undefined): string {
  const elsewhere = signIn === undefined ? [] : [new URL(signIn.issuer).origin, tokensAt ?? []].flat()
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    ["connect-src 'self'", ...new Set(elsewhere)].join(' '),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ')
}

function sendFile(request: FastifyRequest, reply: FastifyReply, file: ConsoleFile): FastifyReply {
  const coding = codingOf([request.headers['accept-encoding'] ?? ''].flat().join(','))
  if (coding !== undefined) reply.header('content-encoding', coding)
  const kept = file.isNamedByContent ? 'public, max-age=31536000, immutable' : 'public, max-age=3600'
  return reply
    .header('cache-control', kept)
    .header('vary', 'accept-encoding')
    .type(file.type)
    .send(coding === undefined ? file.plain : file[coding]())
}

/** The better of the two that a client takes (RFC 9110, section 12.5.3). */
function codingOf(accepted: string): 'br' | 'gzip' | undefined {
  const taken = accepted
    .toLowerCase()
    .split(',')
    .map((one) => one.replaceAll(/\s/g, ''))
    .filter((one) => !/;q=0(\.0*)?$/.test(one))
    .map((one) => one.split(';', 1)[0])
  return taken.includes('br') ? 'br' : taken.includes('gzip') ? 'gzip' : undefined
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
}
