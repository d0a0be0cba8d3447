/** As much of autocannon as is used here; it comes without types. */
declare module 'autocannon' {
  interface Request {
    method: 'POST'
    path: string
    headers: Record<string, string>
    body: string
    requestBuffer?: Buffer
  }
  interface Client {
    setRequests(requests: readonly Request[]): void
    /** Before each request is written; where it connects anew, before it is connected. */
    on(event: 'request', heard: () => void): this
    on(event: 'headers', heard: (head: { statusCode: number }) => void): this
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
    errors: number
    duration: number
  }
  const autocannon: (options: Options) => Promise<Result>
  export = autocannon
}
