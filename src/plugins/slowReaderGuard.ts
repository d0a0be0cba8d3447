import type { Scope } from '../scope.ts'
import { memoryBudget } from './memoryBudget.ts'

/** Bytes of large answers, of all clients without an account together, that their clients have yet to read. */
const bytesForAnswers = 32 * 1024 * 1024
/** What is smaller than this the system takes at once. */
const large = 65_536

/**
 * Ends connections of clients that ask and do not read: answers wait in memory until they are read, and nothing else
 * would end them. Staff may take as long as they need. Must come before what costs something.
 */
export function guardAgainstSlowReaders(app: Scope): void {
  const budget = memoryBudget(bytesForAnswers)
  app.addHook('onSend', (request, reply, payload, done) => {
    const isStaff = request.routeOptions.config?.permission !== undefined
    const size = typeof payload === 'string' || Buffer.isBuffer(payload) ? payload.length : 0
    if (isStaff || size < large || reply.raw.destroyed) return done()
    const held = budget.enter(() => request.raw.socket.destroy())
    reply.raw.once('close', held.leave)
    held.grow(size)
    done()
  })
}
