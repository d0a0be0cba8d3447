import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { type StoredAnswerKeys, storedAnswerKeys } from '../crypto/storedAnswer.ts'
import { contentParser } from '../domain/envelope/content.ts'
import type { Scope } from '../scope.ts'
import { Fault, type FaultKind, invalid } from '../vocabulary/faults.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The name under which this call's answers are stored, where it takes an Idempotency-Key. */
    idempotentAs?: string
    /** It is `repeated` before anything is stored if it came before, so that it is looked for only where it fails. */
    findsRepeats?: true
  }
  interface FastifyRequest {
    storedAnswer: StoredAnswerKeys | null
  }
}

const Answer = Type.Object({
  status: Type.Integer({ minimum: 200, maximum: 299 }),
  headers: Type.Record(
    Type.String({ pattern: '^(location|etag|content-language)$' }),
    Type.String({ maxLength: 2048 }),
    {
      additionalProperties: false,
    },
  ),
  body: Type.Unknown(),
})
type Answer = Static<typeof Answer>

/** Whoever writes to the database may have stored anything under the key. */
const parseAnswer = contentParser(Answer)

export interface IdempotencyStore {
  /** The sealed answer of an earlier call, if it succeeded. */
  find(keyHash: Buffer): Promise<Buffer | undefined>
  /** Who calls, beyond the call itself: a receipt's mailbox, a member of staff. */
  callerOf(request: FastifyRequest): string
}

/** How a call can be refused because its twin was done first: the twin may also have taken the last place. */
const lostToTwin: readonly FaultKind[] = ['repeated', 'limit-reached']
/** What says nothing of the call itself, while the database has enough to do. */
const inTrouble: readonly FaultKind[] = ['overloaded', 'storage-away', 'storage-unsafe']

const shape = /^[A-Za-z0-9_-]{22,128}$/

/**
 * Takes Idempotency-Key on every route that is `idempotentAs` something: the same key and the same bytes give the same answer,
 * also when both arrive at once, here or at another instance; other bytes are a mismatch.
 */
export function takeIdempotencyKeys(app: Scope, { find, callerOf }: IdempotencyStore): void {
  const underWay = new Map<string, Promise<void>>()
  app.decorateRequest('storedAnswer', null)

  app.addHook('preValidation', (request, reply, done) => {
    const call = request.routeOptions.config.idempotentAs
    const key = request.headers['idempotency-key']
    if (call === undefined || key === undefined) return done()
    replayed(request, reply, call, key).then((isAnswered) => {
      if (!isAnswered) done()
    }, done)
  })

  /** Answers a repeat with the answer of before. */
  async function replayed(
    request: FastifyRequest,
    reply: FastifyReply,
    call: string,
    key: string | string[],
  ): Promise<boolean> {
    if (typeof key !== 'string' || !shape.test(key)) {
      throw invalid('header:idempotency-key', 'pattern', 'must be 22 to 128 characters of A-Z a-z 0-9 _ -')
    }
    const body = request.bodyBytes ?? Buffer.alloc(0)
    const path = request.url.split('?', 1)[0]
    request.storedAnswer = storedAnswerKeys(key, `${call} ${path} ${callerOf(request)}`, body)
    await waitForTwin(request.storedAnswer, reply)
    if (request.routeOptions.config.findsRepeats) return false
    return replay(request.storedAnswer, reply)
  }

  // A twin at another instance was faster: the database refused the second, and its answer is the first's. Of a call that has
  // not been looked for before, a repeat may have other bytes, which break a rule, or come without a proof of work.
  app.setErrorHandler(async (error, request, reply) => {
    const { storedAnswer, routeOptions } = request
    const kind = error instanceof Fault ? error.kind : undefined
    const mayBeRepeat = routeOptions.config.findsRepeats
      ? kind === undefined || !inTrouble.includes(kind)
      : kind !== undefined && lostToTwin.includes(kind)
    if (mayBeRepeat && storedAnswer !== null && (await replay(storedAnswer, reply))) return reply
    throw error
  })

  /** A twin at this instance is waited for, so that it need not break a batch to be found out. */
  async function waitForTwin({ keyHash }: StoredAnswerKeys, reply: FastifyReply): Promise<void> {
    const name = keyHash.toString('base64')
    for (let twin = underWay.get(name); twin !== undefined; twin = underWay.get(name)) await twin
    // Of a client that has gone while waiting no event would come any more: it must keep nobody waiting.
    if (reply.raw.destroyed) return
    const answered = new Promise<void>((resolve) => {
      reply.raw.once('finish', resolve).once('close', resolve)
    })
    underWay.set(name, answered)
    void answered.then(() => {
      if (underWay.get(name) === answered) underWay.delete(name)
    })
  }

  async function replay(keys: StoredAnswerKeys, reply: FastifyReply): Promise<boolean> {
    const sealed = await find(keys.keyHash)
    if (sealed === undefined) return false
    const opened = keys.open(sealed)
    const answer = opened && parseAnswer(Buffer.from(opened))
    if (!answer) throw new Fault('idempotency-mismatch')
    const { status, headers, body } = answer
    reply.code(status).headers(headers).header('idempotency-replayed', 'true').send(body)
    return true
  }
}

/** How to seal this call's answer for its repeats; undefined where the client sent no Idempotency-Key. */
export function answerSealer(request: FastifyRequest, status: number) {
  const { storedAnswer: keys } = request
  if (keys === null) return undefined
  return (body: unknown, headers: Record<string, string> = {}) => ({
    keyHash: keys.keyHash,
    answer: keys.seal(JSON.stringify({ status, headers, body } satisfies Answer)),
  })
}
