import { readFileSync } from 'node:fs'
import {
  categories,
  connect,
  isSottoError,
  mailbox,
  report,
  type SottoError,
  triage,
} from '../../../client/src/index.ts'
import { demoSettings, loadConfig } from '../../config.ts'
import type { Report } from '../../schemas/report.ts'
import { firstTokenFile } from '../../start/firstToken.ts'
import { Refusal } from '../command.ts'

export type RunningService = ReturnType<typeof runningService>

/** The calls of the demonstration, by the client that front ends use. Each throws a Refusal that says what to do. */
export function runningService(base: string, token: string) {
  const service = connect(base, { attempts: 3, delay: 100 })
  const staff = triage(service, token)
  const told = <T>(call: Promise<T>) =>
    call.catch((error: unknown) => {
      throw isSottoError(error) ? new Refusal(refusalOf(base, error)) : error
    })
  return {
    base,
    /** Whether it shows pages for the public (PAGES). */
    hasPages: async () => (await fetch(`${base}/report`).catch(() => undefined))?.ok === true,
    /** Whether it shows the console for staff (CONSOLE). */
    hasConsole: async () => (await fetch(`${base}/console/`).catch(() => undefined))?.ok === true,
    categories: () => told(categories(service)),
    send: (draft: Report) => told(report(service, draft)),
    mailbox: (receipt: string) => told(mailbox(service, receipt).read()),
    list: async (limit: number) => (await told(staff.get('/v1/triage/reports', { query: { limit } }))).body,
    open: async (id: string) => {
      const options = { path: { id }, reason: 'Demonstration' }
      return (await told(staff.get('/v1/triage/reports/{id}', options))).body
    },
  }
}

/** Finds the service and a token as SOTTO_URL and SOTTO_TOKEN say, or where `npm start` leaves them. */
export function findService(): RunningService {
  const { port, dataDir } = loadConfig()
  const { url, token } = demoSettings()
  return runningService(
    (url ?? `http://127.0.0.1:${port}`).replace(/\/+$/, ''),
    token ?? tokenIn(firstTokenFile(dataDir)),
  )
}

function tokenIn(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    throw new Refusal(`no staff token in ${file}: start the service with \`npm start\`, or set SOTTO_TOKEN`)
  }
}

function refusalOf(base: string, error: SottoError): string {
  if (error.code === 'unreachable')
    return `no service answers at ${base}: start it with \`npm start\`, or set SOTTO_URL`
  if (error.from === 'client') return `what answers at ${base} is not Sotto: set SOTTO_URL`
  if (error.code === 'unauthorized')
    return 'the staff token opens nothing: set SOTTO_TOKEN, or DATA_DIR to the data folder of that service'
  return `the service answered ${error.status} ${error.code}: ${error.title}`
}
