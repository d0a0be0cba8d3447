import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'pg-connection-string'

/** A way to a database that can be cut and mended, whoever else uses that database. */
export interface Line {
  /** The database's address by way of this line. */
  url: string
  cut(): Promise<void>
  mend(): Promise<void>
}

/** What of a tap test is needed here. */
interface Lifetime {
  after(cleanUp: () => Promise<void>): void
}

/** Puts a line before the database at `url`. It is cut for good when the test ends. */
export async function lineTo(test: Lifetime, url: string): Promise<Line> {
  const { host, port } = parse(url)
  const folder = await mkdtemp(join(tmpdir(), 'sotto-line-'))
  const socket = join(folder, `.s.PGSQL.${port || 5432}`)
  const sockets = new Set<Socket>()
  let server: Server | undefined

  function joinUp(from: Socket): void {
    const to = host?.startsWith('/')
      ? connect(join(host, `.s.PGSQL.${port || 5432}`))
      : connect(Number(port || 5432), host ?? '127.0.0.1')
    for (const [one, other] of [
      [from, to],
      [to, from],
    ] as const) {
      sockets.add(one)
      one.pipe(other)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
    }
  }

  async function mend(): Promise<void> {
    server = createServer(joinUp).listen(socket)
    await once(server, 'listening')
  }

  async function cut(): Promise<void> {
    server?.close()
    server = undefined
    for (const one of sockets) one.destroy()
  }

  await mend()
  test.after(async () => {
    await cut()
    await rm(folder, { recursive: true, force: true })
  })
  const by = new URL(url)
  by.searchParams.set('host', folder)
  return { url: by.href, cut, mend }
}
