import accepts from 'accepts'
import type { FastifyRequest } from 'fastify'
import { Fault } from '../faults.ts'
import type { Scope } from '../scope.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Media types that the route can answer with, if not JSON. */
    produces?: readonly string[]
  }
}

const usual = ['application/json'] as const

/** Answers 406 where the Accept header rules out everything that the route can give. */
export function refuseUnacceptable(app: Scope): void {
  app.addHook('onRequest', async (request: FastifyRequest) => {
    // Pages for people are no part of the contract, and have types of their own.
    const isPage = request.routeOptions.schema?.hide === true
    if (request.is404 || isPage || request.headers.accept === undefined) return
    const produces = request.routeOptions.config.produces ?? usual
    if (accepts(request.raw).type([...produces]) === false) throw new Fault('nothing-acceptable')
  })
}
