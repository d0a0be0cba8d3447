import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'pg-connection-string'

/** A way to a database that ends at a statement of one's choice: whoever works by it is as if killed there. */
export interface Fuse {
  /** The database's address by way of it. */
  url: string
  /**
   * Lets so many statements through, of all connections together. At the next it blows, once that is done in the database
   * and before anybody is told, or before it comes there; then `killed` is called, and nobody gets through any more.
   */
  set(statements: number, when: 'before' | 'after', killed: () => void): void
  /** Lets everything through again. Tells how many statements came since it was set. */
  clear(): number
}

/** What of a tap test is needed here. */
interface Lifetime {
  after(cleanUp: () => Promise<void>): void
}

/** Frontend messages that end a statement: Sync of the extended protocol, and simple queries. */
const ending = new Set(['S', 'Q'])

/** What a client says, message by message. The first of a connection has no type. */
function eachMessage(socket: Socket, hear: (message: Buffer, type: string) => void): void {
  let unread = Buffer.alloc(0)
  let typeBytes = 0
  const lengthOfNext = () =>
    unread.length < typeBytes + 4 ? Number.POSITIVE_INFINITY : typeBytes + unread.readUInt32BE(typeBytes)
  socket.on('data', (bytes) => {
    unread = Buffer.concat([unread, bytes])
    for (let length = lengthOfNext(); length <= unread.length; length = lengthOfNext()) {
      const message = unread.subarray(0, length)
      unread = unread.subarray(length)
      hear(message, typeBytes === 0 ? '' : String.fromCharCode(message[0] ?? 0))
      typeBytes = 1
    }
  })
}

/** Puts a fuse before the database at `url`, a server on a Unix socket or on a port. */
export async function fuseTo(test: Lifetime, url: string): Promise<Fuse> {
  const { host, port } = parse(url)
  const name = `.s.PGSQL.${port || 5432}`
  const folder = await mkdtemp(join(tmpdir(), 'sotto-fuse-'))
  const sockets = new Set<Socket>()
  const free = { left: Number.POSITIVE_INFINITY, when: 'before' as const, killed: () => {} }
  let setting: { left: number; when: 'before' | 'after'; killed: () => void } = free
  let seen = 0
  let isBlown = false

  function blow(): void {
    if (isBlown) return
    isBlown = true
    setting.killed()
    for (const socket of sockets) socket.destroy()
  }

  /** Whether this statement is the one. */
  function isTheOne(): boolean {
    seen += 1
    setting.left -= 1
    return setting.left < 0
  }

  const server = createServer((from) => {
    if (isBlown) return void from.destroy()
    const to = host?.startsWith('/')
      ? connect(join(host, name))
      : connect(Number(port || 5432), host ?? '127.0.0.1')
    let endsWithAnswer = false
    for (const [one, other] of [
      [from, to],
      [to, from],
    ] as const) {
      sockets.add(one)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
    }
    to.on('data', (bytes) => {
      if (endsWithAnswer) blow()
      else from.write(bytes)
    })
    eachMessage(from, (message, type) => {
      const isLast = ending.has(type) && isTheOne()
      if (isLast && setting.when === 'before') return blow()
      endsWithAnswer ||= isLast
      to.write(message)
    })
  })
  server.listen(join(folder, name))
  await once(server, 'listening')
  test.after(async () => {
    server.close()
    for (const socket of sockets) socket.destroy()
    await rm(folder, { recursive: true, force: true })
  })
  const by = new URL(url)
  by.searchParams.set('host', folder)
  return {
    url: by.href,
    set(left, when, killed) {
      isBlown = false
      seen = 0
      setting = { left, when, killed }
    },
    clear() {
      isBlown = false
      setting = free
      return seen
    },
  }
}
