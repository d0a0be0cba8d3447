import { deriveMailboxKeys, parseReceipt } from '../../src/crypto/receipt.ts'
import type { Acceptance } from '../../src/schemas/intake.ts'
import type { Mailbox } from '../../src/schemas/mailbox.ts'
import type { Report } from '../../src/schemas/report.ts'
import { patientFetch } from '../support/patience.ts'
import { sampleReport } from '../support/reports.ts'

type Headers = Record<string, string>

/** Somebody who sent a report over HTTP and kept the receipt. */
export type Reporter = Awaited<ReturnType<typeof newReporter>>

export async function newReporter(base: string, report: Partial<Report> = {}) {
  const response = await postJson(`${base}/v1/reports`, sampleReport(report))
  if (response.status !== 201) throw new Error(`a report was answered ${response.status}`)
  const { receipt } = (await response.json()) as Acceptance
  return reporterAt(base, receipt)
}

/** The holder of this receipt, at this instance. */
export function reporterAt(base: string, receipt: string) {
  const authorization = `Bearer ${receipt}`
  const call = (path: string, init: RequestInit = {}) =>
    patientFetch(`${base}/v1/mailbox${path}`, {
      ...init,
      headers: { authorization, ...(init.headers as Headers) },
    })
  return {
    receipt,
    keys: keysOf(receipt),
    call,
    async read(): Promise<Mailbox> {
      const response = await call('')
      if (response.status !== 200) throw new Error(`a mailbox was answered ${response.status}`)
      return (await response.json()) as Mailbox
    },
    say: (text: string, headers: Headers = {}) =>
      call('/messages', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ text }),
      }),
    attach: (image: Uint8Array, type = 'image/jpeg', headers: Headers = {}) =>
      call('/attachments', { method: 'POST', headers: { 'content-type': type, ...headers }, body: image }),
    end: () => call('', { method: 'DELETE' }),
    at: (other: string) => reporterAt(other, receipt),
  }
}

export function keysOf(receipt: string) {
  const parsed = parseReceipt(receipt)
  if ('fault' in parsed) throw new Error('not a receipt')
  return deriveMailboxKeys(parsed.canonical)
}

export function postJson(url: string, body: unknown, headers: Headers = {}): Promise<Response> {
  return patientFetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
}

/** The code of a problem, or the status of anything else. */
export async function told(response: Response): Promise<string> {
  const isProblem = response.headers.get('content-type')?.includes('problem+json')
  const text = await response.text()
  if (!isProblem || text === '') return String(response.status)
  const { code } = JSON.parse(text) as { code: string }
  return `${response.status} ${code}`
}
