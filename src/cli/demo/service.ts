import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { loadConfig } from '../../config.ts'
import type { ReportPage } from '../../domain/triage/list.ts'
import type { Acceptance, CategoryList } from '../../schemas/intake.ts'
import type { Mailbox } from '../../schemas/mailbox.ts'
import type { ProblemBody } from '../../schemas/problem.ts'
import type { Report } from '../../schemas/report.ts'
import type { OpenedReport } from '../../schemas/triage.ts'
import { firstTokenFile } from '../../start/firstToken.ts'
import { Refusal } from '../command.ts'

export type RunningService = ReturnType<typeof runningService>

/** The calls of the demonstration, as any client would make them. Each throws a Refusal that says what to do. */
export function runningService(base: string, token: string) {
  const staff = { authorization: `Bearer ${token}` }
  return {
    base,
    categories: () => call<CategoryList>(base, '/v1/categories'),
    send: (report: Report) =>
      call<Acceptance>(base, '/v1/reports', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
        body: JSON.stringify(report),
      }),
    mailbox: (receipt: string) =>
      call<Mailbox>(base, '/v1/mailbox', { headers: { authorization: `Bearer ${receipt}` } }),
    list: (limit: number) => call<ReportPage>(base, `/v1/triage/reports?limit=${limit}`, { headers: staff }),
    open: (id: string) =>
      call<OpenedReport>(base, `/v1/triage/reports/${id}`, {
        headers: { ...staff, 'audit-reason': 'Demonstration' },
      }),
  }
}

/** Finds the service and a token as SOTTO_URL and SOTTO_TOKEN say, or where `npm start` leaves them. */
export function findService(): RunningService {
  const { port, dataDir } = loadConfig()
  const { SOTTO_URL, SOTTO_TOKEN } = process.env
  return runningService(
    (SOTTO_URL || `http://127.0.0.1:${port}`).replace(/\/+$/, ''),
    SOTTO_TOKEN || tokenIn(firstTokenFile(dataDir)),
  )
}

function tokenIn(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    throw new Refusal(`no staff token in ${file}: start the service with \`npm start\`, or set SOTTO_TOKEN`)
  }
}

async function call<T>(base: string, path: string, request: RequestInit = {}): Promise<T> {
  const response = await fetch(`${base}${path}`, request).catch(() => {
    throw new Refusal(`no service answers at ${base}: start it with \`npm start\`, or set SOTTO_URL`)
  })
  const body: unknown = await response.json().catch(() => undefined)
  if (!response.ok || body === undefined) throw new Refusal(refusalOf(base, path, response.status, body))
  return body as T
}

function refusalOf(base: string, path: string, status: number, body: unknown): string {
  const { code, title } = (body ?? {}) as Partial<ProblemBody>
  if (code === undefined) return `what answers at ${base} is not Sotto: set SOTTO_URL`
  if (status === 401)
    return 'the staff token opens nothing: set SOTTO_TOKEN, or DATA_DIR to the data folder of that service'
  return `${path.split('?')[0]} answered ${status} ${code}: ${title}`
}
