import type { AddressInfo } from 'node:net'
import { buildApp } from '../app.ts'
import { localTokens } from '../auth/localTokens.ts'
import type { Peers } from '../concurrency/peers.ts'
import type { Config } from '../config.ts'
import type { Keyring } from '../crypto/keyring.ts'
import { auditTrail } from '../domain/audit/trail.ts'
import type { Effort } from '../domain/challenge/effort.ts'
import type { ExportTimes } from '../domain/export/exportReports.ts'
import { lackedKeys, sayLacked } from '../domain/retention/lackedKeys.ts'
import { prepareTexts } from '../domain/text/prepare.ts'
import { allowanceOf } from '../domain/webhooks/destination.ts'
import type { DeliveringTimes } from '../jobs/deliver.ts'
import { beginJobs } from '../jobs/jobs.ts'
import type { Log } from '../log.ts'
import { preparePages } from '../pages/pages.ts'
import type { Check } from '../routes/public/health.ts'
import type { Scope } from '../scope.ts'
import { ConfigError } from '../settings.ts'
import { migrate } from '../storage/migrate.ts'
import { openPool, type Pool } from '../storage/pool.ts'
import { insistOnPutting } from '../storage/writable.ts'
import { dayOf } from '../vocabulary/calendar.ts'
import { periodsOf } from '../vocabulary/periods.ts'
import { acceptKeysOf } from './acceptKeys.ts'
import { publicSideOf, staffSideOf } from './compositionRoot.ts'
import { type Database, provideDatabase } from './database.ts'
import { watchDurability } from './durability.ts'
import { provideFirstToken } from './firstToken.ts'
import { provideKeyring } from './keyringFile.ts'
import { keyringSetting } from './keyringSource.ts'
import { listenAt } from './listen.ts'
import { liveKeyring } from './liveKeyring.ts'
import { countErrors, type Metrics, type MetricsDeps, serveMetrics } from './metrics.ts'
import { nameFromStart, peopleInSetting, warnOfTooFew } from './namedFromStart.ts'
import { watchParts } from './parts.ts'
import { pastTheirDay } from './pastTheirDay.ts'
import type { Progress } from './progress.ts'
import { watchKeyring } from './watchKeyring.ts'

/** A service that listens. */
export interface Service {
  app: Scope
  address: AddressInfo
  embedded: boolean
  /** Where METRICS_PORT is set. */
  metrics: Metrics | undefined
  /** Stops accepting, finishes what was accepted, lets go of the database. */
  close(): Promise<void>
}

export interface StartOptions {
  clock?: (() => Date) | undefined
  /** How webhooks are served, if not as usual. */
  delivering?: DeliveringTimes | undefined
  /** How exports are watched, if not as usual. */
  exporting?: ExportTimes | undefined
  /** What a challenge costs while all is calm, if not the usual. */
  effort?: Effort | undefined
  progress?: Progress | undefined
  /** The other processes that serve the same port. */
  peers?: Peers | undefined
  /** Makes the contract before anybody can ask for it: whoever asked first would hold everybody else up. */
  makesContract?: boolean | undefined
}

/** Connections of each side, of all workers together. */
const poolSize = 10
const partnerPoolSize = 4
const leastPoolSize = 3

/** Starts the role that the configuration asks for. Rejects with a ConfigError where a setting is in the way. */
export async function startService(
  config: Config,
  givenLog: Log,
  {
    clock = () => new Date(),
    delivering = {},
    exporting,
    effort,
    progress = () => {},
    peers,
    makesContract = false,
  }: StartOptions = {},
): Promise<Service> {
  const { log, take: takeErrors } = countErrors(givenLog)
  if (config.role === 'intake' && config.databaseUrl === undefined) {
    throw new ConfigError('DATABASE_URL is needed for ROLE=intake: the embedded database is for ROLE=all')
  }
  if (config.databaseUrl === undefined) progress(`starting Postgres in ${config.dataDir}`)
  const database = await provideDatabase(config)
  const closing: (() => Promise<void>)[] = [database.release]
  const close = async () => {
    for (const step of closing.toReversed()) await step()
  }
  const keep = <P extends Pool>(pool: P): P => {
    closing.push(pool.close)
    return pool
  }
  const base = { config, database, log, clock, delivering, exporting, progress, keep }
  try {
    const live = liveKeyring(await provideKeyring(config, database.embedded))
    const { keyring } = live
    for (const line of pastTheirDay(keyring, dayOf(clock()))) log.warn(`${keyringSetting(config)}: ${line}`)
    const staff = config.role === 'intake' ? undefined : await openStaffSide({ ...base, keyring })
    const intakePool = keep(openPool(database.intakeUrl, 'sotto_intake', shareOf(poolSize, config)))
    const publicSide =
      config.role === 'triage'
        ? undefined
        : publicSideOf(intakePool, keyring, clock, { ...config, effort, peers })
    const checks = new Map<string, Check>()
    if (publicSide !== undefined) {
      closing.push(async () => publicSide.intake.end())
      checks.set('intake', async () => {
        await publicSide.intake.ready()
        await insistOnPutting(intakePool)
      })
    }
    if (staff !== undefined) checks.set('triage', staff.isThere)
    const durability = await watchDurability(staff?.pool ?? intakePool, log, staff?.prepare)
    closing.push(durability.stop)
    checks.set('durability', durability.check)
    const parts = watchParts(checks, log, new Set(['durability']))
    closing.push(parts.stop)

    progress('opening the doors')
    const { securityContact } = config
    const app = await buildApp({
      log,
      limits: { ...config, peers },
      checks,
      publicSide,
      staffSide: staff?.side,
      securityContact,
    })
    closing.push(() => app.close())
    if (makesContract) await app.inject('/openapi.json')
    const address = await listenAt(config, app)
    prepareTexts({ ofReports: publicSide !== undefined, ofMessages: staff !== undefined })
    if (publicSide?.site !== undefined) preparePages()
    for (const work of staff?.beginWork() ?? []) closing.push(work.stop)
    const watch = watchKeyring({
      config,
      live,
      log,
      admit: async (next) => {
        await staff?.admit(next)
        await publicSide?.intakeKeys.refuseUnaccepted(next)
      },
      settle: async () => {
        publicSide?.intake.takeNewKeys()
        await staff?.settle()
      },
    })
    closing.push(watch.stop)
    const metrics = await measured(
      { config, keyring, clock, takeErrors, isUp: parts.isUp },
      intakePool,
      staff,
    )
    closing.push(async () => metrics?.stop())
    return { app, address, embedded: database.embedded, metrics, close }
  } catch (error) {
    await close().catch(() => {})
    throw error
  }
}

/** Lets Prometheus ask, where that is wanted. */
async function measured(
  {
    config,
    ...rest
  }: Pick<Opening, 'config' | 'keyring' | 'clock'> & Pick<MetricsDeps, 'isUp' | 'takeErrors'>,
  intakePool: Pool<'sotto_intake'>,
  staff: Awaited<ReturnType<typeof openStaffSide>> | undefined,
): Promise<Metrics | undefined> {
  const { metricsPort: port, role } = config
  if (port === undefined) return undefined
  const pools = staff === undefined ? [intakePool] : [intakePool, ...staff.pools]
  return serveMetrics({ ...rest, port, role, pools, triage: staff?.pool })
}

interface Opening {
  config: Config
  database: Database
  keyring: Keyring
  log: Log
  clock: () => Date
  delivering: DeliveringTimes
  exporting: ExportTimes | undefined
  progress: Progress
  /** Sees to it that a pool is closed with the service. */
  keep<P extends Pool>(pool: P): P
}

/** Connections that one of the workers has. */
function shareOf(connections: number, { workers }: Config): number {
  return Math.max(leastPoolSize, Math.ceil(connections / workers))
}

/** Brings the schema up to date, and opens the staff's side. */
async function openStaffSide(opening: Opening) {
  const { config, database, keyring, log, clock, delivering, exporting, progress, keep } = opening
  progress('bringing the database up to date')
  await migrate(database.migrationUrl)
  const triage = keep(openPool(database.url, 'sotto_triage', shareOf(poolSize, config)))
  const partner = keep(openPool(database.url, 'sotto_partner', shareOf(partnerPoolSize, config)))
  const watch = keep(openPool(database.url, 'sotto_triage', 1))
  const refuseLacking = async (keys: Keyring) => {
    const lacked = sayLacked(await lackedKeys(triage, keys))
    if (lacked !== undefined) throw new ConfigError(`${keyringSetting(config)}: ${lacked}`)
  }
  await refuseLacking(keyring)
  const audit = auditTrail(triage, keyring, clock)
  const side = staffSideOf({ triage, partner }, keyring, clock, config, log, exporting)
  const named = await peopleInSetting(triage, config.restrictedTo)
  warnOfTooFew(log, named, named.length === 0 ? [] : await side.waysIn())
  const allowance = allowanceOf(config.webhookAllow)
  const periods = periodsOf(config)
  return {
    pool: triage,
    pools: [triage, partner],
    side,
    /** Tells the database what it must know of the keyring, and who there is from the start. */
    prepare: async () => {
      await acceptKeysOf(keyring, triage)
      if (database.embedded) {
        await provideFirstToken(triage, localTokens(triage, keyring, clock), audit, config.dataDir)
      }
      await side.sharing.agencies.provide()
      await nameFromStart(triage, audit, named)
    },
    /** Takes the keys of another keyring for the database's own, before anything is sealed to them. */
    admit: async (next: Keyring) => {
      await refuseLacking(next)
      await acceptKeysOf(next, triage)
    },
    /** What the register of agencies must know of keys that are in use now. */
    settle: () => side.sharing.agencies.provide(),
    isThere: async () => {
      await triage.query({ name: 'is-there', text: 'SELECT 1', values: [] })
    },
    /** What goes on beside the calls, in any number of instances. */
    beginWork: () =>
      beginJobs({ pool: triage, watch, keyring, audit, clock, log, periods, allowance, delivering }),
  }
}
