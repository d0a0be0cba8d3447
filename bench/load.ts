import autocannon from 'autocannon'
import { percentile } from './percentile.ts'

/** What clients saw: how many reports were answered, and how long an answer took, in milliseconds. */
export interface Seen {
  answered: number
  failed: number
  p50: number
  p99: number
}

/** Lets `clients` send reports for some seconds, each one after another, each beginning with another body. */
export async function sendReports(
  url: string,
  bodies: readonly string[],
  clients: number,
  seconds: number,
): Promise<Seen> {
  const requests = bodies.map((body) => ({
    method: 'POST' as const,
    path: '/v1/reports',
    headers: { 'content-type': 'application/json' },
    body,
  }))
  let next = 0
  const run = autocannon({
    url,
    connections: clients,
    duration: seconds,
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

/** Bodies that one client sends in turn. */
const each = 32
