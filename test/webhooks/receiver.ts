import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A message as it came. */
export interface Received {
  path: string
  headers: IncomingMessage['headers']
  body: string
}

export type Behaviour = (response: ServerResponse, message: Received) => void

interface Lifetime {
  after(cleanUp: () => Promise<void>): void
}

/** A receiver of webhooks on loopback, which behaves as it is told and keeps what it got. */
export async function startReceiver(test: Lifetime) {
  const received: Received[] = []
  const receiver = { behaviour: answer(204) }
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part) => parts.push(part))
    request.on('end', () => {
      const message = {
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(parts).toString(),
      }
      received.push(message)
      receiver.behaviour(response, message)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  test.after(async () => {
    server.closeAllConnections()
    server.close()
  })
  return {
    port,
    url: (path = '/') => `http://127.0.0.1:${port}${path}`,
    at: (path: string) => received.filter((message) => message.path === path),
    behave: (behaviour: Behaviour) => {
      receiver.behaviour = behaviour
    },
  }
}

export function answer(status: number, headers: Record<string, string> = {}): Behaviour {
  return (response) => response.writeHead(status, headers).end()
}

/** One way of failing after the other, then the last one for ever. */
export function inTurn(...behaviours: readonly Behaviour[]): Behaviour {
  let turn = 0
  return (response, message) => {
    behaviours[Math.min(turn, behaviours.length - 1)]?.(response, message)
    turn += 1
  }
}

/**
 * The check of a receiver, written from the specification of Standard Webhooks and not from the service's code: the
 * signed content is `id.timestamp.payload`, the key what follows `whsec_` in base64, and one `v1` signature of a list
 * that is separated by spaces must match. The timestamp must be near now.
 */
export function isSigned(secret: string, { headers, body }: Received): boolean {
  const [prefix, encoded = ''] = [secret.slice(0, 6), secret.slice(6)]
  const key = Buffer.from(encoded, 'base64')
  const id = headers['webhook-id']
  const timestamp = headers['webhook-timestamp']
  if (prefix !== 'whsec_' || key.length < 24 || key.length > 64) return false
  if (Math.abs(Date.now() / 1_000 - Number(timestamp)) > 300) return false
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`, 'utf8').digest('base64')
  return String(headers['webhook-signature'])
    .split(' ')
    .some((one) => one === `v1,${expected}`)
}
