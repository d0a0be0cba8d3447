import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Scope } from '../scope.ts'

/** Requests on one connection that are worked on at once. Hardly any client sends a second before the first is answered. */
const atOnce = 4
/** What came in one piece with them, and waits. The system hands on 64 KB a piece, which holds no more of the shortest. */
const waitingAtMost = 4_000

interface Line {
  unanswered: number
  isHeld: boolean
  waiting: Array<() => void>
}

/**
 * Works on a few requests of one connection at once. Those beyond wait, and what comes after them is not read until
 * they have their turn: so a client that asks and does not read is worked for no more. Must come first.
 */
export function workInTurn(app: Scope): void {
  const lines = new WeakMap<Socket, Line>()
  const turns = new WeakMap<IncomingMessage, Promise<void>>()

  function endOne(socket: Socket, line: Line): void {
    line.unanswered -= 1
    line.waiting.shift()?.()
    // Others may have stopped the reading of this connection for reasons of their own.
    if (!line.isHeld || line.waiting.length > 0) return
    line.isHeld = false
    socket.resume()
  }

  app.server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request
    const line = lines.get(socket) ?? { unanswered: 0, isHeld: false, waiting: [] }
    lines.set(socket, line)
    line.unanswered += 1
    response.once('close', () => endOne(socket, line))
    if (line.unanswered <= atOnce) return
    line.isHeld = true
    socket.pause()
    turns.set(request, new Promise((resolve) => line.waiting.push(resolve)))
    if (line.waiting.length > waitingAtMost) socket.destroy()
  })

  app.addHook('onRequest', ({ raw }, reply, done) => {
    // Nobody is there any more to be answered: the request ends here.
    const goOn = () => (raw.socket.destroyed ? void reply.hijack() : done())
    const turn = turns.get(raw)
    if (turn === undefined) goOn()
    else void turn.then(goOn)
  })
}
