import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { untilTaken } from './patience.ts'

export interface RawAnswer {
  /** 0 where the server closed without an answer. */
  status: number
  /** Names in lower case; of a repeated header the last. */
  headers: Record<string, string>
  body: string
  /** Interim answers that came first, such as 100. */
  interim: number[]
  /** Everything that came over the socket. */
  text: string
  /** From the connection to its end. */
  milliseconds: number
}

export interface Sending {
  /** Milliseconds between two pieces. */
  gap?: number
  /** Milliseconds to wait for the server to close. */
  patience?: number
  /** Source address, any of 127.0.0.0/8. */
  localAddress?: string
}

/**
 * Sends bytes as they are over a socket of its own, and reads until the server closes. What the client could not
 * write, since the server had closed, is no fault: the answer counts. Comes again where load is shed.
 */
export function sendRaw(
  port: number,
  pieces: string | Uint8Array | readonly (string | Uint8Array)[],
  sending: Sending = {},
): Promise<RawAnswer> {
  return untilTaken(
    () => sendOnce(port, pieces, sending),
    (answer) => answer,
  )
}

async function sendOnce(
  port: number,
  pieces: Parameters<typeof sendRaw>[1],
  { gap = 0, patience = 60_000, localAddress = '127.0.0.1' }: Sending,
): Promise<RawAnswer> {
  const began = Date.now()
  const socket = connect({ port, host: '127.0.0.1', localAddress })
  const received: Buffer[] = []
  socket.on('data', (piece) => received.push(piece))
  socket.on('error', () => undefined)
  const closed = once(socket, 'close')
  const timer = setTimeout(() => socket.destroy(), patience)
  const list = typeof pieces === 'string' || pieces instanceof Uint8Array ? [pieces] : pieces
  for (const piece of list) {
    if (socket.destroyed) break
    socket.write(piece)
    if (gap > 0) await sleep(gap)
  }
  await closed
  clearTimeout(timer)
  return { ...parse(Buffer.concat(received).toString()), milliseconds: Date.now() - began }
}

/** A request of one header block and a body, with `connection: close`. */
export function rawRequest(
  line: string,
  headers: readonly string[] = [],
  body: string | Uint8Array = '',
): Buffer {
  const length = Buffer.byteLength(body) > 0 ? [`content-length: ${Buffer.byteLength(body)}`] : []
  const head = [`${line} HTTP/1.1`, 'host: sotto.example', 'connection: close', ...headers, ...length]
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), Buffer.from(body)])
}

function parse(text: string): Omit<RawAnswer, 'milliseconds'> {
  const interim: number[] = []
  let rest = text
  for (;;) {
    const end = rest.indexOf('\r\n\r\n')
    const [line = '', ...lines] = rest.slice(0, Math.max(end, 0)).split('\r\n')
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(line)?.[1] ?? 0)
    rest = end < 0 ? '' : rest.slice(end + 4)
    if (status >= 100 && status < 200) {
      interim.push(status)
      continue
    }
    const headers = Object.fromEntries(
      lines.map((header) => {
        const colon = header.indexOf(':')
        return [header.slice(0, colon).toLowerCase(), header.slice(colon + 1).trim()]
      }),
    )
    return { status, headers, body: rest, interim, text }
  }
}
