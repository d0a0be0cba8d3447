import type { FastifyReply, FastifyRequest } from 'fastify'
import { printable } from '../domain/sharing/printable.ts'
import { preferredType } from '../plugins/contentNegotiation.ts'
import type { Dissemination } from '../schemas/sharing.ts'

/** A product comes as JSON, or as a page to print with its handling markings. */
export const productTypes = ['application/json', 'text/markdown'] as const

export function sendProduct<T extends Dissemination>(
  request: FastifyRequest,
  reply: FastifyReply,
  product: T,
): FastifyReply {
  if (preferredType(request, productTypes) !== 'text/markdown') return reply.send(product)
  return reply.type('text/markdown; charset=utf-8').serializer(String).send(printable(product))
}
