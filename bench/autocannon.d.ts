/** As much of autocannon as is used here; it comes without types. */
declare module 'autocannon' {
  import type { EventEmitter } from 'node:events'

  interface Request {
    method: 'POST'
    path: string
    headers: Record<string, string>
    body: string
    setupRequest?: (request: Request) => Request
  }
  interface Client {
    setRequests(requests: readonly Request[]): void
  }
  interface Options {
    url: string
    connections: number
    /** Seconds, or how many requests. */
    duration?: number
    amount?: number
    /** Requests after which a client connects anew. */
    reconnectRate?: number
    setupClient(client: Client): void
  }
  interface Result {
    '2xx': number
    non2xx: number
    errors: number
    duration: number
  }
  interface Run extends EventEmitter, Promise<Result> {
    on(event: 'response', heard: (client: Client, status: number, bytes: number, took: number) => void): this
  }
  const autocannon: (options: Options) => Run
  export = autocannon
}
