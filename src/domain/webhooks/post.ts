import { type LookupAddress, type LookupAllOptions, lookup } from 'node:dns'
import http from 'node:http'
import https from 'node:https'
import type { LookupFunction } from 'node:net'
import { type Allowance, mayBeCalled, mayBeReached } from './destination.ts'

/**
 * What became of one attempt: the status of the answer and when to come again, or why there was none. Nothing else of an
 * answer is taken.
 */
export type Sent = { status: number; retryAfter?: string } | { failure: Failure }
export type Failure = 'address-refused' | 'not-reached' | 'timed-out'

export interface Posting {
  url: string
  headers: Record<string, string>
  body: string
  allowance: Allowance
  /** Milliseconds for all of it: name, connection, answer. */
  timeout: number
  signal: AbortSignal
  /** What tells the addresses of a name. */
  resolve?: Resolve
}

export type Resolve = (
  name: string,
  options: LookupAllOptions,
  give: (error: Error | null, found: LookupAddress[]) => void,
) => void

const answerAtMost = 65_536

class AddressRefused extends Error {}

/**
 * Sends one message, straight to the address that the name has now, if that may be reached. Follows no redirect, asks
 * no proxy, keeps no connection, and reads no more of an answer than lets the receiver finish it.
 */
export function post({
  url,
  headers,
  body,
  allowance,
  timeout,
  signal,
  resolve: resolver = lookup,
}: Posting): Promise<Sent> {
  if (!mayBeCalled(url, allowance)) return Promise.resolve({ failure: 'address-refused' })
  const target = new URL(url)
  const { request, Agent } = target.protocol === 'https:' ? https : http
  return new Promise((resolve) => {
    const sending = request(target, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'user-agent': 'Sotto-Webhooks/1' },
      agent: new Agent({ keepAlive: false }),
      lookup: lookupFor(target, allowance, resolver),
      signal,
    })
    let failure: Failure = 'not-reached'
    const timer = setTimeout(() => {
      failure = 'timed-out'
      sending.destroy()
    }, timeout)
    sending.on('response', (response) => {
      const retryAfter = response.headers['retry-after']
      resolve({ status: response.statusCode ?? 0, ...(retryAfter === undefined ? {} : { retryAfter }) })
      readLittle(response)
    })
    sending.on('error', (error) => {
      if (error instanceof AddressRefused) failure = 'address-refused'
    })
    sending.once('close', () => {
      clearTimeout(timer)
      resolve({ failure })
    })
    sending.end(body)
  })
}

/** Lets a short answer end by itself, and breaks off a long one. */
function readLittle(response: http.IncomingMessage): void {
  let bytes = 0
  response.on('data', (part: Buffer) => {
    bytes += part.length
    if (bytes > answerAtMost) response.destroy()
  })
  response.on('error', () => {})
}

/** Resolves a name when the connection is made, and gives only addresses that may be reached: no later answer counts. */
function lookupFor(target: URL, allowance: Allowance, resolver: Resolve): LookupFunction {
  return (hostname, options, give) => {
    resolver(hostname, { ...options, all: true }, (error, found) => {
      const permitted = error ? [] : found.filter(({ address }) => mayBeReached(target, address, allowance))
      const [first] = permitted as LookupAddress[]
      if (first === undefined) return give(error ?? new AddressRefused(), '')
      if (options.all) return give(null, permitted)
      give(null, first.address, first.family)
    })
  }
}
