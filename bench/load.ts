import { randomUUID } from 'node:crypto'
import autocannon from 'autocannon'
import { percentile } from './percentile.ts'

/** What clients saw: how many reports were answered, and how long an answer took, in milliseconds. */
export interface Seen {
  answered: number
  failed: number
  p50: number
  p99: number
}

interface Request {
  method: 'POST'
  path: string
  headers: Record<string, string>
  body: string
}

/** For how long clients send: so many seconds, or so many reports. */
export type Length = { duration: number } | { amount: number }

/** How reporters come: on kept connections or each report on a new one, with an Idempotency-Key or without. */
export interface Manner {
  reconnects: boolean
  keys: boolean
}

/** Lets `clients` send reports for a while, each one after another, each beginning with another body. */
export async function sendReports(
  url: string,
  bodies: readonly string[],
  clients: number,
  length: Length,
  { reconnects, keys }: Manner,
): Promise<Seen> {
  const requests = bodies.map((body) => ({
    method: 'POST' as const,
    path: '/v1/reports',
    headers: { 'content-type': 'application/json' },
    body,
    ...(keys ? { setupRequest: withKey } : {}),
  }))
  let next = 0
  const run = autocannon({
    url,
    connections: clients,
    ...length,
    ...(reconnects ? { reconnectRate: 1 } : {}),
    setupClient(client) {
      const from = (next++ * each) % requests.length
      client.setRequests([...requests, ...requests].slice(from, from + each))
    },
  })
  // Autocannon's own percentiles are whole milliseconds.
  const took: number[] = []
  run.on('response', (_client, _status, _bytes, milliseconds) => took.push(milliseconds))
  const result = await run
  return {
    answered: result['2xx'],
    failed: result.non2xx + result.errors,
    p50: percentile(took, 0.5),
    p99: percentile(took, 0.99),
  }
}

/** The same request with a key that no other has. */
function withKey(request: Request): Request {
  return { ...request, headers: { ...request.headers, 'idempotency-key': randomUUID() } }
}

/** Bodies that one client sends in turn. */
const each = 32
