import formbody from '@fastify/formbody'
import multipart from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { imageLimits } from '../../schemas/mailbox.ts'
import type { Scope } from '../../scope.ts'
import { Fault } from '../../vocabulary/faults.ts'

/** Bytes of a form without an image. */
const formLimit = 1024 * 1024
/** More than the largest form has. */
const fieldsAtMost = 2_000

/** Reads what forms send, in this scope alone. */
export async function readForms(app: Scope): Promise<void> {
  app.removeAllContentTypeParsers()
  await app.register(formbody, { bodyLimit: formLimit, parser: parse })
  await app.register(multipart, {
    throwFileSizeLimit: false,
    limits: {
      fileSize: imageLimits.bytes,
      files: 1,
      fields: 20,
      fieldSize: 16_384,
      parts: 21,
      headerPairs: 20,
    },
  })
}

/** The fields of a form in their order, or none. */
export function fieldsOf({ body }: FastifyRequest): URLSearchParams {
  const { fields } = (body ?? {}) as { fields?: unknown }
  return fields instanceof URLSearchParams ? fields : new URLSearchParams()
}

/** Line ends are one character, as the schema counts them; browsers send two. */
function parse(text: string): { fields: URLSearchParams } {
  if (text.split('&', fieldsAtMost + 1).length > fieldsAtMost) throw new Fault('bad-request')
  return { fields: new URLSearchParams(text.replaceAll(/%0D%0A/gi, '%0A')) }
}
