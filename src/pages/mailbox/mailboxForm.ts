import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ImageRoom } from '../../plugins/imageBodies.ts'
import { Fault } from '../../vocabulary/faults.ts'
import { fieldsOf } from '../frame/forms.ts'

/** What was sent to the mailbox: fields, and an image, in memory alone. */
export interface MailboxForm {
  fields: URLSearchParams
  image: Buffer | 'too-large' | 'busy' | undefined
}

interface Reading {
  room: ImageRoom
  isGood: (handle: string) => boolean
}

/** Reads the form, however it was encoded. An image is read only for who has a good handle, which comes before it. */
export async function readMailboxForm(
  request: FastifyRequest,
  reply: FastifyReply,
  { room, isGood }: Reading,
): Promise<MailboxForm> {
  if (!request.isMultipart()) return { fields: fieldsOf(request), image: undefined }
  try {
    return await readParts(request, reply, { room, isGood })
  } catch (error) {
    throw isKnown(error) ? error : new Fault('bad-request')
  }
}

/** What its reader says of a form that is cut, or is none, has no status. */
function isKnown(error: unknown): boolean {
  if (error instanceof Fault) return true
  return error instanceof Error && 'statusCode' in error && Number(error.statusCode) < 500
}

async function readParts(
  request: FastifyRequest,
  reply: FastifyReply,
  { room, isGood }: Reading,
): Promise<MailboxForm> {
  const fields = new URLSearchParams()
  let image: MailboxForm['image']
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      fields.append(part.fieldname, String(part.value))
      continue
    }
    if (part.fieldname !== 'image' || !isGood(fields.get('handle') ?? '')) {
      part.file.resume()
      continue
    }
    image = await readImage(part.file, reply, room)
    // What still comes is not read.
    if (image === 'busy') break
  }
  return { fields, image }
}

/** As by the API: where there is no more room, whoever sends slowest loses theirs. */
async function readImage(
  file: NodeJS.ReadableStream & { truncated: boolean; destroy(error: Error): unknown },
  reply: FastifyReply,
  { budget, waitForTurn }: ImageRoom,
): Promise<MailboxForm['image']> {
  if (budget.isFull()) return turnedAway(reply)
  let pieces: Uint8Array[] = []
  let isLost = false
  const held = budget.enter(() => {
    isLost = true
    pieces = []
    file.destroy(new Fault('overloaded'))
  })
  if (reply.raw.destroyed) held.leave()
  else reply.raw.once('close', held.leave)
  try {
    for await (const piece of file) {
      const bytes = Buffer.from(piece)
      pieces.push(bytes)
      held.grow(bytes.length)
      await new Promise<void>((resolve) => waitForTurn(resolve))
    }
  } catch (error) {
    if (!isLost) throw error
  }
  if (isLost) return turnedAway(reply)
  held.settle()
  if (file.truncated) return 'too-large'
  const whole = Buffer.concat(pieces)
  pieces = []
  return whole
}

function turnedAway(reply: FastifyReply): 'busy' {
  reply.header('connection', 'close')
  return 'busy'
}
