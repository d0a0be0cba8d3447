import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Question {
  method?: string
  headers?: Record<string, string>
  /** In pieces, with this many milliseconds between two. */
  body?: readonly Uint8Array[]
  gap?: number
  /** Which address of loopback asks. */
  from?: string
  name?: string
  /** Called before the last piece goes out. */
  beforeLast?(): Promise<void>
}

/** Asks over TLS, on a connection of its own; the certificate is one of the test. */
export async function open(port: number, path: string, question: Question = {}): Promise<IncomingMessage> {
  const { method = 'GET', headers = {}, body = [], gap = 0, from = '127.0.0.1' } = question
  const asked = request({
    host: '127.0.0.1',
    port,
    path,
    method,
    headers: { host: question.name ?? 'report.example.org', ...headers },
    localAddress: from,
    servername: question.name ?? 'report.example.org',
    rejectUnauthorized: false,
    agent: false,
  })
  const answered = once(asked, 'response') as Promise<[IncomingMessage]>
  answered.catch(() => undefined)
  for (const [index, piece] of body.entries()) {
    if (index > 0 && index === body.length - 1) await question.beforeLast?.()
    if (!asked.write(piece)) await Promise.race([once(asked, 'drain'), answered.catch(() => undefined)])
    if (gap > 0) await sleep(gap)
  }
  asked.end()
  const [response] = await answered
  return response
}

/** The whole answer. */
export async function ask(port: number, path: string, question?: Question) {
  const response = await open(port, path, question)
  const pieces: Buffer[] = []
  for await (const piece of response) pieces.push(piece)
  return { status: response.statusCode ?? 0, text: Buffer.concat(pieces).toString() }
}
