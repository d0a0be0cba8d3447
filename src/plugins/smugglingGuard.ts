import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyRequest } from 'fastify'
import type { Scope } from '../scope.ts'
import { Fault } from '../vocabulary/faults.ts'
import { lingeringClose } from './lingeringClose.ts'
import { rawProblem } from './problems.ts'

/** Of these, two would be read by one program as the first and by another as the last. */
const onlyOnce: ReadonlySet<string> = new Set(['host', 'content-type', 'content-encoding', 'authorization'])

/**
 * Refuses what two programs in a row could read in two ways, and answers with a problem what Node would answer by
 * itself: no Host, an expectation that it does not know, a wish for a tunnel.
 */
export function guardAgainstSmuggling(app: Scope): void {
  const refuse = ({ socket }: { socket: Socket }) => lingeringClose(socket, rawProblem('bad-request'))
  app.server.on('checkExpectation', refuse)
  app.server.on('connect', refuse)
  app.addHook('onRequest', ({ raw }: FastifyRequest, _reply, done) => {
    done(isAmbiguous(raw) ? new Fault('bad-request') : undefined)
  })
}

function isAmbiguous({ httpVersion, headers, rawHeaders }: IncomingMessage): boolean {
  const coding = headers['transfer-encoding']
  return (
    (headers.host === undefined && httpVersion !== '1.0') ||
    (coding !== undefined && coding.toLowerCase() !== 'chunked') ||
    repeatsAny(rawHeaders)
  )
}

/** Names and values take turns in `rawHeaders`. */
function repeatsAny(rawHeaders: readonly string[]): boolean {
  const met = new Set<string>()
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]?.toLowerCase() ?? ''
    if (!onlyOnce.has(name)) continue
    if (met.has(name)) return true
    met.add(name)
  }
  return false
}
