import type { IncomingMessage } from 'node:http'
import { errorCodes, type FastifyRequest } from 'fastify'
import { Fault } from '../faults.ts'
import { imageTypes } from '../images/imageType.ts'
import type { Scope } from '../scope.ts'
import { createRoom, type Held } from './room.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The room that the body of this request takes. */
    room: Held | null
    /** Told when the room is lost. */
    loseRoom: (() => void) | null
  }
}

/** Bytes of images of all senders together, from their first byte to the answer. Three of the largest, or ten photographs. */
const roomForImages = 32 * 1024 * 1024
const firstBuffer = 65_536

/**
 * Reads images into memory in this scope, and nothing else: every other type is unsupported. Images are large, and
 * come slowly: without a limit for all of them together a few hundred senders could exhaust the memory.
 */
export function readImages(app: Scope, bodyLimit: number): void {
  const room = createRoom(roomForImages)
  app.decorateRequest('room', null)
  app.decorateRequest('loseRoom', null)
  app.addHook('onRequest', async (request, reply) => {
    if (room.isFull()) throw new Fault('busy')
    const held = room.enter(() => request.loseRoom?.())
    request.room = held
    if (reply.raw.destroyed) held.leave()
    else reply.raw.once('close', held.leave)
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser([...imageTypes], async (request: FastifyRequest, payload: IncomingMessage) => {
    request.bodyBytes = await read(request, payload, bodyLimit)
    request.room?.settle()
    return request.bodyBytes
  })
}

function read(request: FastifyRequest, payload: IncomingMessage, limit: number): Promise<Buffer> {
  const declared = Number(payload.headers['content-length'] ?? Number.NaN)
  return new Promise((resolve, reject) => {
    let whole = Buffer.allocUnsafeSlow(firstBuffer)
    let length = 0

    function refuse(error: Error): void {
      payload.off('data', take)
      whole = Buffer.alloc(0)
      // What still comes is thrown away, so that the client can read the answer.
      payload.resume()
      reject(error)
    }
    function take(chunk: Buffer): void {
      if (length + chunk.length > limit) {
        refuse(new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE())
        return
      }
      if (length + chunk.length > whole.length) {
        const larger = Buffer.allocUnsafeSlow(
          Math.min(limit, Math.max(whole.length * 2, length + chunk.length)),
        )
        whole.copy(larger, 0, 0, length)
        whole = larger
      }
      chunk.copy(whole, length)
      length += chunk.length
      request.room?.grow(chunk.length)
    }

    if (declared > limit) {
      refuse(new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE())
      return
    }
    request.loseRoom = () => refuse(new Fault('busy'))
    payload.on('data', take)
    payload.once('end', () => resolve(whole.subarray(0, length)))
    payload.once('error', reject)
    payload.once('close', () => reject(new Fault('malformed')))
  })
}
