import { once } from 'node:events'
import { request as ask, createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a bad network does to one request. */
export type Mishap =
  /** Nothing arrives. */
  | 'refused'
  /** It arrives and is worked on, and the answer is lost. */
  | 'answer-lost'
  /** Half of the answer comes. */
  | 'answer-cut'
  /** A proxy answers for it, after it was worked on. */
  | 'bad-gateway'
  /** A network that wants a login first answers with its page. */
  | 'login-page'
  | 'fine'

interface Lifetime {
  after(cleanUp: () => Promise<void>): void
}

/** A proxy before `target` that does these things to the requests that come, one after another; then all is fine. */
export async function flakyProxy(test: Lifetime, target: string) {
  const mishaps: Mishap[] = []
  const came: { method: string; path: string; headers: IncomingMessage['headers']; body: string }[] = []
  const server = createServer(async (request, response) => {
    const body = await wholeOf(request)
    const { method = '', url: path = '', headers } = request
    came.push({ method, path, headers, body: body.toString('latin1') })
    await suffer(mishaps.shift() ?? 'fine', { target, request, body, response })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  test.after(async () => {
    server.close()
    server.closeAllConnections()
  })
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** The requests that came so far. */
    came,
    /** What the next requests meet. */
    next: (...some: Mishap[]) => mishaps.push(...some),
    /** Breaks every line that is open. */
    breakLines: () => server.closeAllConnections(),
  }
}

interface Passing {
  target: string
  request: IncomingMessage
  body: Buffer
  response: ServerResponse
}

async function suffer(mishap: Mishap, { target, request, body, response }: Passing): Promise<void> {
  if (mishap === 'refused') return void response.destroy()
  if (mishap === 'login-page') {
    return void response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Log in</p>')
  }
  const onward = ask(`${target}${request.url}`, { method: request.method, headers: request.headers })
  onward.on('error', () => response.destroy())
  response.on('close', () => onward.destroy())
  onward.end(body)
  const [answer] = (await once(onward, 'response').catch(() => [])) as [IncomingMessage?]
  if (answer === undefined) return
  if (mishap === 'fine') {
    response.writeHead(answer.statusCode ?? 0, answer.headers)
    return void answer.pipe(response)
  }
  const whole = await wholeOf(answer)
  if (mishap === 'answer-lost') return void response.destroy()
  if (mishap === 'bad-gateway') return void response.writeHead(502).end('<p>Bad gateway</p>')
  response.writeHead(answer.statusCode ?? 0, answer.headers)
  response.write(whole.subarray(0, whole.length / 2), () => response.destroy())
}

async function wholeOf(message: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of message) parts.push(part as Buffer)
  return Buffer.concat(parts)
}
