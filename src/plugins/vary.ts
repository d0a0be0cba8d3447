import type { FastifyReply } from 'fastify'

/** Says to caches that the answer depends on this header of the request. */
export function varyBy(reply: FastifyReply, name: string): void {
  const before = reply.getHeader('vary')
  reply.header('vary', before === undefined ? name : `${before}, ${name}`)
}
