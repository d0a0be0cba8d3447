import { Socket } from 'node:net'
import { pacer } from './pacer.ts'

/** Milliseconds in which a client can finish sending, and read what it was told. */
const patience = 5_000

/** One client at a time is read for one turn of the event loop, up to two megabytes: a hundred in a second. */
const waitForTurn = pacer(1, 20)

/**
 * Ends a connection with `lastWord`, so that the client can read it though it is still sending: a socket that is
 * destroyed with bytes unread resets the connection, and most clients then lose the answer.
 */
export function lingeringClose(socket: Socket, lastWord = ''): void {
  if (socket.destroyed || socket.writableEnded) return
  socket.end(lastWord)
  readSlowly(socket)
  const timer = setTimeout(() => socket.destroy(), patience).unref()
  socket.once('close', () => clearTimeout(timer))
}

/** Reads and throws away by turns: who sends fast must not keep others waiting. */
function readSlowly(socket: Socket): void {
  socket.pause()
  if (socket.destroyed) return
  const giveUp = waitForTurn(() => {
    socket.resume()
    setImmediate(() => {
      socket.off('close', giveUp)
      readSlowly(socket)
    })
  })
  socket.once('close', giveUp)
}

/** Makes Node close this connection gently where it would close it at once after an answer, as `isUnread` says. */
export function lingerWhile(socket: Socket, isUnread: () => boolean): void {
  socket.destroySoon = () => {
    if (isUnread()) lingeringClose(socket)
    else Socket.prototype.destroySoon.call(socket)
  }
}
