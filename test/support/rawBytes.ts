import { request as httpRequest } from 'node:http'
import type { ProblemBody } from '../../src/schemas/problem.ts'

export interface SentAnswer {
  status: number
  headers: Record<string, unknown>
  /** Empty where the answer is none. */
  problem: ProblemBody
  text: string
}

export type Send = ReturnType<typeof sendingTo>

/** Sends to a port of loopback. Headers go out as their bytes: fetch refuses what a pasted receipt holds. */
export function sendingTo(port: number) {
  return (
    method: string,
    path: string,
    headers: Record<string, string> = {},
    body: Uint8Array | string = '',
  ): Promise<SentAnswer> =>
    new Promise((resolve, reject) => {
      const bytes = Buffer.from(body)
      const asSent = Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name, Buffer.from(value).toString('latin1')]),
      )
      const length = bytes.length > 0 ? { 'content-length': bytes.length } : {}
      const sent = httpRequest({ port, method, path, headers: { ...asSent, ...length } }, (answer) => {
        const pieces: Buffer[] = []
        answer.on('data', (piece: Buffer) => pieces.push(piece))
        answer.on('end', () => {
          const text = Buffer.concat(pieces).toString()
          const isProblem = String(answer.headers['content-type']).includes('problem+json')
          const problem = (isProblem ? JSON.parse(text) : {}) as ProblemBody
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, problem, text })
        })
        // A stream of events goes on: its head is what is asked for.
        if (String(answer.headers['content-type']).startsWith('text/event-stream')) {
          answer.destroy()
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            problem: {} as ProblemBody,
            text: '',
          })
        }
      })
      sent.on('error', reject)
      sent.end(bytes)
    })
}
