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
  /** What autocannon makes of it. */
  requestBuffer?: Buffer
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
    headers: { 'content-type': 'application/json', ...(keys ? { 'idempotency-key': randomUUID() } : {}) },
    body,
  }))
  let next = 0
  let answered = 0
  let refused = 0
  const took: number[] = []
  const result = await autocannon({
    url,
    connections: clients,
    ...length,
    ...(reconnects ? { reconnectRate: 1 } : {}),
    setupClient(client) {
      const from = (next++ * each) % requests.length
      // Autocannon writes into what it is given, and more than one client begins with the same.
      const own: Request[] = [...requests, ...requests].slice(from, from + each).map((one) => ({ ...one }))
      client.setRequests(own)
      // Its own event tells nothing of a client that connects anew each time, and its percentiles are whole milliseconds.
      let begun = performance.now()
      let sent = 0
      client.on('request', () => {
        if (keys) giveNewKey(own[sent % own.length])
        sent++
        begun = performance.now()
      })
      client.on('headers', ({ statusCode }) => {
        took.push(performance.now() - begun)
        if (statusCode >= 200 && statusCode < 300) answered++
        else refused++
      })
    },
  })
  return {
    answered,
    failed: refused + result.errors,
    p50: percentile(took, 0.5),
    p99: percentile(took, 0.99),
  }
}

/** Writes a key that no other has into what is sent: to have it all made anew takes longer than what is measured. */
function giveNewKey(request: Request | undefined): void {
  const at = request?.requestBuffer?.indexOf('\r\nidempotency-key: ') ?? -1
  if (at < 0) throw new Error('a request without a key')
  request?.requestBuffer?.write(randomUUID(), at + 19, 'latin1')
}

/** Bodies that one client sends in turn. */
const each = 32
