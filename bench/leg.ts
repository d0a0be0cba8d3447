import type pg from 'pg'
import { type Manner, sendReports } from './load.ts'
import { processorTimes, usedBetween } from './processorTime.ts'
import type { Target } from './targets.ts'

/** What one service did under one load. */
export interface Leg {
  perSecond: number
  /** How long answers took, in milliseconds. */
  p50: number
  p99: number
  /** Processor time that a report took, in microseconds: the service's, and Postgres's. */
  serviceTime: number
  databaseTime: number
  /** What a report adds to the write-ahead log, in bytes. */
  walBytes: number
}

export interface Load extends Manner {
  bodies: readonly string[]
  clients: number
  /** Reports that are sent before, by count: a slow machine is as warm as a quick one. */
  warmUp: number
  seconds: number
}

/** Measures one service under one load. Throws if it answered for more than it stored, or refused anything. */
export async function runLeg(
  database: pg.Client,
  findDatabasePids: () => Promise<number[]>,
  target: Target,
  { bodies, clients, warmUp, seconds, ...manner }: Load,
): Promise<Leg> {
  // So that no leg pays for what the one before has written.
  await database.query('CHECKPOINT')
  await sendReports(target.url, bodies, clients, { amount: warmUp }, manner)
  const measure = async () => ({
    stored: target.count === undefined ? 0 : await countStored(database, target.count),
    service: await processorTimes(await target.pids()),
    database: await processorTimes(target.count === undefined ? [] : await findDatabasePids()),
    wal: await writtenToLog(database),
  })
  const before = await measure()
  const { answered, failed, p50, p99 } = await sendReports(
    target.url,
    bodies,
    clients,
    { duration: seconds },
    manner,
  )
  const after = await measure()
  const stored = target.count === undefined ? answered : after.stored - before.stored
  if (failed > 0 || stored < answered) {
    throw new Error(`${target.name}: ${answered} answered, ${stored} stored, ${failed} failed`)
  }
  return {
    perSecond: stored / seconds,
    p50,
    p99,
    serviceTime: (usedBetween(before.service, after.service) / stored) * 1e6,
    databaseTime: (usedBetween(before.database, after.database) / stored) * 1e6,
    walBytes: (after.wal - before.wal) / stored,
  }
}

/** Where the write-ahead log ends, in bytes. */
async function writtenToLog(database: pg.Client): Promise<number> {
  const { rows } = await database.query<{ bytes: string }>(
    "SELECT pg_current_wal_insert_lsn() - '0/0' AS bytes",
  )
  return Number(rows[0]?.bytes)
}

async function countStored(database: pg.Client, count: string): Promise<number> {
  const { rows } = await database.query<{ stored: number }>(count)
  return rows[0]?.stored ?? 0
}
