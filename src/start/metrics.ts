import { createServer } from 'node:http'
import { Gauge, Registry } from 'prom-client'
import { loop } from '../concurrency/loop.ts'
import type { Keyring } from '../crypto/keyring.ts'
import { overdueHours } from '../domain/mixing/overdue.ts'
import type { Log } from '../log.ts'
import { ConfigError } from '../settings.ts'
import { mixingFacts, reportsOfDay } from '../storage/mixings.ts'
import { nightWatch } from '../storage/nightWatch.ts'
import type { Pool } from '../storage/pool.ts'
import { dayOf } from '../vocabulary/calendar.ts'
import { errorState, watchProcess } from './coarse.ts'

export interface MetricsDeps {
  port: number
  role: string
  keyring: Keyring
  pools: readonly Pool[]
  /** Where there is a triage side. */
  triage: Pool<'sotto_triage'> | undefined
  isUp: () => ReadonlyMap<string, boolean>
  /** How many errors were logged since this was last asked. */
  takeErrors: () => number
  clock: () => Date
}

export interface Metrics {
  port: number
  /** Measures now, and not only when the minute is over. */
  measure(): Promise<void>
  stop(): Promise<void>
}

const minute = 60_000
const day = 86_400_000

/**
 * Serves measurements to Prometheus, on loopback alone. None of the default ones of a process: on an idle service CPU,
 * garbage and pools show each report. What is told is coarse and a minute old, or of days that have ended and are mixed.
 */
export async function serveMetrics(deps: MetricsDeps): Promise<Metrics> {
  const { registry, measure } = gauges(deps)
  const watch = watchProcess(deps.pools)
  let measuring = Promise.resolve()
  const measureNow = () => {
    measuring = measure(watch.states())
    return measuring
  }
  await measureNow()
  const minutely = loop(measureNow, { wait: minute })
  const server = createServer(async (request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end()
      return
    }
    response.writeHead(200, { 'content-type': registry.contentType }).end(await registry.metrics())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', () => reject(new ConfigError('METRICS_PORT: another program listens there already')))
    server.listen(deps.port, '127.0.0.1', resolve)
  })
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : deps.port,
    measure: measureNow,
    async stop() {
      await minutely.stop()
      watch.stop()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await measuring
    },
  }
}

function gauges({ role, keyring, triage, isUp, takeErrors, clock }: MetricsDeps) {
  const registry = new Registry()
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name, help, labelNames, registers: [registry] })
  const state = '0 well, 1 strained, 2 bad; of the last minute'
  const info = gauge('sotto_info', 'Which role this process plays', ['role'])
  const up = gauge('sotto_part_up', 'Whether a part that the service needs is well', ['part'])
  const eventLoop = gauge('sotto_event_loop_state', `How late the process is: ${state}`)
  const memory = gauge('sotto_memory_state', `How much memory is used: ${state}`)
  const errors = gauge('sotto_errors_state', `Errors in the log: ${state}`)
  const pool = gauge('sotto_pool_state', `Whether work waits for connections: ${state}`, ['pool'])
  const keyDays = gauge('sotto_key_days_left', 'Days that are left of an active key’s period', ['purpose'])
  const ofTriage = triage && {
    lastDay: gauge(
      'sotto_mixing_last_day_seconds',
      'The last day that was mixed, as the time of its beginning',
    ),
    overdue: gauge('sotto_mixing_overdue_hours', 'Hours for which the mixing is overdue'),
    kept: gauge('sotto_mixing_log_kept', '1 if the database kept times or counts after the last mixing'),
    reports: gauge('sotto_reports_last_mixed_day', 'Reports that came on the last day that was mixed'),
    night: gauge(
      'sotto_night_last_seconds',
      'The day of the last nightly pass, as the time of its beginning',
    ),
  }
  info.set({ role }, 1)

  async function measureTriage(): Promise<void> {
    if (triage === undefined || ofTriage === undefined) return
    const facts = await mixingFacts(triage)
    const { lastNight } = await nightWatch(triage.query)
    if (lastNight !== null) ofTriage.night.set(Date.parse(lastNight) / 1_000)
    if (facts === undefined) return
    ofTriage.overdue.set(overdueHours(facts, clock()))
    ofTriage.kept.set(facts.logKept.length > 0 ? 1 : 0)
    if (facts.lastDay === null) return
    ofTriage.lastDay.set(Date.parse(facts.lastDay) / 1_000)
    ofTriage.reports.set(await reportsOfDay(triage, facts.lastDay))
  }

  return {
    registry,
    async measure(states: ReturnType<ReturnType<typeof watchProcess>['states']>): Promise<void> {
      for (const [part, isWell] of isUp()) up.set({ part }, isWell ? 1 : 0)
      eventLoop.set(states.eventLoop)
      memory.set(states.memory)
      errors.set(errorState(takeErrors()))
      for (const [name, value] of states.pools) pool.set({ pool: name }, value)
      const today = Date.parse(dayOf(clock()))
      for (const { purpose, status, notAfter } of keyring.keys) {
        if (status === 'active' && purpose !== 'agency')
          keyDays.set({ purpose }, (Date.parse(notAfter) - today) / day)
      }
      // Of a database that is away the parts tell.
      await measureTriage().catch(() => undefined)
    },
  }
}

/** The same log, of which it is known how many errors went in. */
export function countErrors(log: Log): { log: Log; take(): number } {
  let count = 0
  return {
    log: {
      ...log,
      error(event, fields) {
        count += 1
        log.error(event, fields)
      },
    },
    take() {
      const taken = count
      count = 0
      return taken
    },
  }
}
