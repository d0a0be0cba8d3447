import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { fileURLToPath } from 'node:url'
import type { Report } from '../../src/schemas/report.ts'

/** A report on its way: what was sent, and what its reporter was told. */
export interface Sent {
  /** Stands in the narrative, and nowhere else. */
  marker: string
  report: Report
  key: string | undefined
  /** Undefined where the connection broke before a whole answer had come. */
  answer: Answer | undefined
}

export interface Answer {
  status: number
  replayed: boolean
  body: { receipt?: string }
}

const samples = (
  JSON.parse(
    readFileSync(fileURLToPath(new URL('../../../fixtures/reports.json', import.meta.url)), 'utf8'),
  ) as Report[]
).filter(({ subcategories = [] }) => !subcategories.includes('corruption'))

function newReport(marker: string): Report {
  const sample = samples[Math.floor(Math.random() * samples.length)]
  if (sample === undefined) throw new Error('no sample reports')
  return { ...sample, narrative: `${sample.narrative} ${marker}` }
}

export interface Burst {
  /** Resolves once a report has been taken. */
  begun: Promise<void>
  /** Lets every reporter finish what they are at; resolves to all that was sent. */
  stop(): Promise<Sent[]>
}

/**
 * Lets `count` reporters send one report after another, each until told to stop or until their connection breaks.
 * Every other one uses an Idempotency-Key; every third opens a connection for each report.
 */
export function startBurst(base: string, count: number): Burst {
  const sent: Sent[] = []
  let hasStopped = false
  let begin: () => void
  const begun = new Promise<void>((resolve) => {
    begin = resolve
  })
  const reporters = Array.from({ length: count }, async (_, index) => {
    const agent = new Agent({ keepAlive: index % 3 !== 0, maxSockets: 1 })
    let isConnected = true
    while (!hasStopped && isConnected) {
      const marker = randomUUID()
      const key = index % 2 === 0 ? randomUUID() : undefined
      const one: Sent = { marker, report: newReport(marker), key, answer: undefined }
      sent.push(one)
      one.answer = await send(base, one, agent)
      isConnected = one.answer !== undefined
      if (one.answer?.status === 201) begin()
    }
    agent.destroy()
  })
  return {
    begun,
    async stop() {
      hasStopped = true
      await Promise.all(reporters)
      return sent
    },
  }
}

/** Sends a report, the same bytes each time. */
export function send(base: string, { report, key }: Sent, agent?: Agent): Promise<Answer | undefined> {
  return new Promise((resolve) => {
    const headers = {
      'content-type': 'application/json',
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    }
    const outgoing = request(`${base}/v1/reports`, { method: 'POST', headers, agent }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        text += chunk
      })
      response.on('error', () => resolve(undefined))
      response.on('end', () => {
        const replayed = response.headers['idempotency-replayed'] === 'true'
        resolve({ status: response.statusCode ?? 0, replayed, body: JSON.parse(text) })
      })
    })
    outgoing.on('error', () => resolve(undefined))
    outgoing.end(JSON.stringify(report))
  })
}
