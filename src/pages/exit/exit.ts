import type { Scope } from '../../scope.ts'
import { hidden } from '../frame/frame.ts'
import type { Site } from '../site.ts'

/** GET /exit: leads away at once, and has the browser forget what it keeps of these pages. */
export function leave(app: Scope, { exit }: Site): void {
  app.get('/exit', hidden, async (_request, reply) =>
    reply.code(303).header('clear-site-data', '"cache"').header('location', exit).send(),
  )
}
