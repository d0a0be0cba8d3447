import { Socket } from 'node:net'

/** Milliseconds in which a client can finish sending, and read what it was told. */
const patience = 5_000

/**
 * Ends a connection with `lastWord`, so that the client can read it though it is still sending: a socket that is
 * destroyed with bytes unread resets the connection, and most clients then lose the answer.
 */
export function closeGently(socket: Socket, lastWord = ''): void {
  if (socket.destroyed || socket.writableEnded) return
  socket.end(lastWord)
  socket.resume()
  const timer = setTimeout(() => socket.destroy(), patience).unref()
  socket.once('close', () => clearTimeout(timer))
}

/** Makes Node close this connection gently where it would close it at once after an answer, as `isUnread` says. */
export function closeGentlyWhile(socket: Socket, isUnread: () => boolean): void {
  socket.destroySoon = () => {
    if (isUnread()) closeGently(socket)
    else Socket.prototype.destroySoon.call(socket)
  }
}
