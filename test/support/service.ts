import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { InjectOptions } from 'fastify'
import { loadConfig } from '../../src/config.ts'
import { writeKeyringFile } from '../../src/crypto/keyring.ts'
import type { Effort } from '../../src/domain/challenge/effort.ts'
import type { ExportTimes } from '../../src/domain/export/exportReports.ts'
import type { DeliveringTimes } from '../../src/jobs/deliver.ts'
import { createLog } from '../../src/log.ts'
import { newKeyring } from '../../src/start/newKeyring.ts'
import { startService } from '../../src/start/service.ts'
import { dayOf } from '../../src/vocabulary/calendar.ts'
import type { StaffRole } from '../../src/vocabulary/roles.ts'
import { takeAnyDayForToday } from './anyDay.ts'
import { type ApiDocument, contractCheck } from './contract.ts'
import { notedContract } from './contractNote.ts'
import { cloneDatabase } from './database.ts'
import { newToken } from './newToken.ts'
import { untilTaken } from './patience.ts'

/** What of a tap test is needed here. */
interface Lifetime {
  after(cleanUp: () => Promise<void>): void
}

export interface TestServiceOptions {
  /** Settings beyond a database, a keyring and a free port. */
  environment?: Record<string, string>
  /** A database to share with another service; otherwise a fresh one. */
  databaseUrl?: string
  /** A keyring to share with another service; otherwise a fresh one. */
  keyringFile?: string
  clock?: () => Date
  /** Whether the database takes every day for today. Otherwise its clock is moved with the service's. */
  takesAnyDay?: boolean
  /** How webhooks are served, if not as usual. */
  delivering?: DeliveringTimes
  /** How exports are watched, if not as usual. */
  exporting?: ExportTimes
  /** What a challenge costs while all is calm, if not the usual. */
  effort?: Effort
}

let ofBoth: ReturnType<typeof contractCheck> | undefined

/** One for all services of a process that have both sides: to compile the contract takes long. */
function checkOfBoth(documentOf: () => ApiDocument) {
  ofBoth ??= contractCheck(() => notedContract() ?? documentOf())
  return ofBoth
}

export type TestService = Awaited<ReturnType<typeof startTestService>>

/** The whole service on a database of its own, listening on loopback; all of it is gone when the test ends. */
export async function startTestService(test: Lifetime, options: TestServiceOptions = {}) {
  const clock = options.clock ?? (() => new Date())
  const folder = mkdtempSync(join(tmpdir(), 'sotto-service-'))
  test.after(async () => rmSync(folder, { recursive: true, force: true }))
  const databaseUrl = options.databaseUrl ?? (await cloneDatabase(test)).url
  const keyringFile = options.keyringFile ?? join(folder, 'keyring.json')
  if (options.keyringFile === undefined) writeKeyringFile(keyringFile, newKeyring(dayOf(clock())))

  const logLines: string[] = []
  const log = createLog('trace', { write: (line: string) => logLines.push(line) })
  const config = loadConfig({
    DATABASE_URL: databaseUrl,
    KEYRING_FILE: keyringFile,
    DATA_DIR: folder,
    PORT: '0',
    RATE_LIMIT: '0',
    CHALLENGE: 'off',
    ...options.environment,
  })
  const service = await startService(config, log, { ...options, clock })
  if (options.takesAnyDay ?? options.clock !== undefined) await takeAnyDayForToday(databaseUrl)
  const checkAnswer =
    config.role === 'all' ? checkOfBoth(service.app.swagger) : contractCheck(service.app.swagger)
  let closed: Promise<void> | undefined
  const close = () => {
    closed ??= service.close()
    return closed
  }
  test.after(close)

  return {
    app: service.app,
    metrics: service.metrics,
    base: `http://127.0.0.1:${service.address.port}`,
    port: service.address.port,
    databaseUrl,
    keyringFile,
    /** Every line that was logged, at trace level. */
    logLines,
    close,
    /** A request that skips the socket; comes again where load is shed. Throws where the answer breaks the contract. */
    async inject(request: InjectOptions) {
      const response = await untilTaken(
        () => service.app.inject(request),
        ({ statusCode, headers }) => ({ status: statusCode, headers }),
      )
      const { statusCode: status, headers, body } = response
      checkAnswer({ method: request.method ?? 'GET', url: String(request.url), status, headers, body })
      return response
    },
    /** Throws where an answer breaks the contract. */
    checkAnswer,
    /** A new token of a new person, or of the person named. */
    token: (
      role: StaffRole,
      { name = randomUUID() as string, agency = null as string | null, days = 1 } = {},
    ) => newToken({ databaseUrl, keyringFile, clock }, { name, role, agency, days }),
  }
}
