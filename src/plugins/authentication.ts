import type { FastifyRequest } from 'fastify'
import { mayDo, type Permission, permissions } from '../auth/permissions.ts'
import type { Scope } from '../scope.ts'
import { Fault } from '../vocabulary/faults.ts'
import type { Person } from '../vocabulary/person.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the bearer must be allowed to do. Every route of the staff's scope names one. */
    permission?: Permission
    /** What more it asks of some requests, which it checks, and whose refusal it records, itself. */
    partly?: readonly Permission[]
  }
  interface FastifyRequest {
    bearer: Person | null
  }
}

export interface Authenticator {
  /** Whose token this is, if it opens anything. */
  identify(token: string): Promise<Person | undefined>
  /** Records that somebody was refused. */
  recordDenial(person: Person, target: string): Promise<void>
}

/** Lets nobody into this scope but people whose role may do what the route does. Must come before its routes. */
export function authenticate(app: Scope, authenticator: Authenticator): void {
  app.decorateRequest('bearer', null)
  app.addHook('onRoute', ({ url, config }) => {
    if (config?.permission === undefined) throw new TypeError(`${url} names no permission`)
  })
  app.addHook('onRequest', async (request) => {
    const token = bearerToken(request)
    const person = token === undefined ? undefined : await authenticator.identify(token)
    if (person === undefined) throw new Fault('unauthorized')
    const permission = request.routeOptions.config.permission
    if (permission === undefined || !mayDo(person.role, permission)) {
      await authenticator.recordDenial(person, `${request.method} ${request.routeOptions.url}`)
      throw new Fault('forbidden')
    }
    request.bearer = person
  })
  // What the role may do of the route only in part is found out later, and leaves the same trace.
  app.addHook('onError', async ({ bearer, method, routeOptions: { url, config } }, _reply, error) => {
    const isLate = error instanceof Fault && error.kind === 'forbidden' && bearer !== null
    if (isLate && config.partly === undefined) await authenticator.recordDenial(bearer, `${method} ${url}`)
  })
}

/** The person behind a request that came through the authenticator. */
export function personOf(request: FastifyRequest): Person {
  if (request.bearer === null) throw new Fault('unauthorized')
  return request.bearer
}

/** Says in a route's schema who may call it, for the contract. */
export function whoMay(permission: Permission): string {
  return `Roles: ${permissions[permission].join(', ')}.`
}

/** What an Authorization header of the scheme Bearer carries (RFC 6750). */
export function bearerToken(request: FastifyRequest): string | undefined {
  return /^Bearer +([A-Za-z0-9._~+/=-]+) *$/i.exec(request.headers.authorization ?? '')?.[1]
}
