import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import helmet from 'helmet'
import type { Scope } from '../scope.ts'

/** An API's own helmet. */
const protect = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
    },
  },
  crossOriginResourcePolicy: { policy: 'same-site' },
  referrerPolicy: { policy: 'no-referrer' },
  strictTransportSecurity: { maxAge: 31_536_000, includeSubDomains: false },
})

/** Headers of every answer: helmet's, and nothing that may be stored unless its route says so. */
export function setHeaders(app: Scope): void {
  const constant = helmetHeaders()
  app.addHook('onRequest', (_request, reply, done) => {
    for (const [name, value] of constant) reply.raw.setHeader(name, value)
    reply.header('cache-control', 'no-store')
    done()
  })
}

/** What helmet says, which is the same each time: to ask it anew for each answer took a twentieth of a report's time. */
function helmetHeaders(): [string, string][] {
  const request = new IncomingMessage(new Socket())
  const response = new ServerResponse(request)
  protect(request, response, (error) => {
    if (error !== undefined) throw error
  })
  return Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)])
}
