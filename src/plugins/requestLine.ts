import type { FastifyRequest } from 'fastify'
import { Fault } from '../faults.ts'
import type { Scope } from '../scope.ts'

/** Refuses what Node would answer by itself, before Fastify and not as a problem: a missing or repeated Host. */
export function requireHost(app: Scope): void {
  app.addHook('onRequest', async (request: FastifyRequest) => {
    const hosts = request.raw.headersDistinct.host
    const needed = request.raw.httpVersion !== '1.0'
    if ((needed && hosts === undefined) || (hosts !== undefined && hosts.length !== 1))
      throw new Fault('malformed')
  })
}
