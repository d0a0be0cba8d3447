import cors from '@fastify/cors'
import type { Scope } from '../scope.ts'

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']
const allowedHeaders = [
  'Authorization',
  'Content-Type',
  'If-Match',
  'If-None-Match',
  'Idempotency-Key',
  'Challenge-Solution',
  'Audit-Reason',
  'Last-Event-ID',
]
const exposedHeaders = ['ETag', 'Location', 'Retry-After', 'Idempotency-Replayed']

/**
 * Lets the pages of these origins call from a browser, never with credentials of the browser's own. With none, no answer
 * has a CORS header. Must come before what answers OPTIONS (methods.ts): this only adds headers, to a preflight and to a
 * bare OPTIONS alike.
 */
export async function allowOrigins(app: Scope, origins: readonly string[]): Promise<void> {
  if (origins.length === 0) return
  await app.register(cors, {
    origin: origins.includes('*') ? '*' : [...origins],
    methods,
    allowedHeaders,
    exposedHeaders,
    credentials: false,
    maxAge: 7_200,
    preflightContinue: true,
    strictPreflight: false,
  })
}

/**
 * Reads a list of origins, separated by commas, or `*` alone: of web pages, of apps (`capacitor://localhost`), and `null`
 * where it is listed, which Tor Browser sends for a page of an onion service. Throws a RangeError that states the rule
 * for anything that a browser would never send as an origin: a path, a slash at the end, a pattern.
 */
export function parseOrigins(text: string): string[] {
  const origins = text.split(',').map((one) => one.trim())
  if (origins.length === 1 && origins[0] === '*') return origins
  if (!origins.every(isOrigin)) {
    throw new RangeError(
      'must list origins such as https://report.example or capacitor://localhost, separated by commas, or be * alone',
    )
  }
  return origins
}

function isOrigin(text: string): boolean {
  if (text === 'null') return true
  if (/^https?:/.test(text)) return !text.includes('*') && URL.canParse(text) && new URL(text).origin === text
  // Other schemes have no origin by the URL standard; apps send scheme, host and port as they are written.
  return /^[a-z][a-z0-9+.-]*:\/\/[a-z0-9._-]+(:\d{1,5})?$/.test(text)
}
