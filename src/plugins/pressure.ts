import underPressure from '@fastify/under-pressure'
import { Fault } from '../faults.ts'
import type { Scope } from '../scope.ts'

/** Milliseconds by which the event loop may lag before new work is sent away. */
const lagAtMost = 1_000

/** Tells clients to come back while the process cannot keep up, rather than letting all of them wait. */
export async function shedLoad(app: Scope): Promise<void> {
  await app.register(underPressure, {
    maxEventLoopDelay: lagAtMost,
    pressureHandler: (request) => {
      if (!request.url.startsWith('/health/')) throw new Fault('busy')
    },
  })
}
