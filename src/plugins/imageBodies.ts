import type { IncomingMessage } from 'node:http'
import { errorCodes, type FastifyRequest } from 'fastify'
import type { Scope } from '../scope.ts'
import { Fault } from '../vocabulary/faults.ts'
import { memoryBudget, type Reservation } from './memoryBudget.ts'
import { pacer } from './pacer.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** What the body of this request takes of the budget. */
    budget: Reservation | null
    /** Told when it is taken away. */
    loseRoom: (() => void) | null
  }
}

/** Bytes of images of all senders together, from their first to the answer: two of the largest, or eight photographs. */
const bytesForImages = 24 * 1024 * 1024

/** What the images of all senders share, however they come: memory, and turns in which to be read. */
export interface ImageRoom {
  budget: ReturnType<typeof memoryBudget>
  waitForTurn: ReturnType<typeof pacer>
}

/** One for all of an instance, up to a hundred megabytes a second. */
export function imageRoom(): ImageRoom {
  return { budget: memoryBudget(bytesForImages), waitForTurn: pacer(4, 5) }
}

/**
 * Reads images into memory in this scope, whatever kind of image their label says, and nothing else. Images are large, and
 * come slowly: without a limit for all of them together a few hundred senders could exhaust the memory.
 */
export function readImages(app: Scope, bodyLimit: number, { budget, waitForTurn }: ImageRoom): void {
  app.decorateRequest('budget', null)
  app.decorateRequest('loseRoom', null)
  app.addHook('onRequest', async (request, reply) => {
    if (budget.isFull()) throw new Fault('overloaded')
    const held = budget.enter(() => request.loseRoom?.())
    request.budget = held
    if (reply.raw.destroyed) held.leave()
    else reply.raw.once('close', held.leave)
  })
  app.removeAllContentTypeParsers()
  // Also without a label, which is what this parser is for. What is no image is told by its bytes.
  app.addContentTypeParser('*', async (request: FastifyRequest, payload: IncomingMessage) => {
    if (!mayBeImage(request.headers['content-type'])) throw new Fault('unsupported-media-type')
    request.bodyBytes = await read(request, payload, { limit: bodyLimit, waitForTurn })
    request.budget?.settle()
    return request.bodyBytes
  })
}

/** Telephones, apps and stores label images as they like, or say that they do not know: the bytes tell what it is. */
function mayBeImage(label: string | undefined): boolean {
  return (
    label === undefined ||
    /^\s*(image\/|(\w+\/(x-)?(octet-stream|unknown|binary)|\*\/\*)\s*(;|$))/i.test(label)
  )
}

function read(
  request: FastifyRequest,
  payload: IncomingMessage,
  { limit, waitForTurn }: Pick<ImageRoom, 'waitForTurn'> & { limit: number },
): Promise<Buffer> {
  const declared = Number(payload.headers['content-length'] ?? Number.NaN)
  return new Promise((resolve, reject) => {
    let pieces: Buffer[] = []
    let length = 0

    function refuse(error: Error): void {
      payload.off('data', take)
      pieces = []
      // What still comes is thrown away, so that the client can read the answer.
      payload.resume()
      reject(error)
    }
    function take(piece: Buffer): void {
      length += piece.length
      if (length > limit) {
        refuse(new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE())
        return
      }
      pieces.push(piece)
      payload.pause()
      waitForTurn(() => payload.resume())
      request.budget?.grow(piece.length)
    }

    if (declared > limit) {
      refuse(new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE())
      return
    }
    request.loseRoom = () => refuse(new Fault('overloaded'))
    payload.on('data', take)
    payload.once('end', () => {
      const whole = Buffer.concat(pieces)
      pieces = []
      resolve(whole)
    })
    payload.once('error', reject)
    payload.once('close', () => reject(new Fault('bad-request')))
  })
}
