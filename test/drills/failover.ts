import assert from 'node:assert/strict'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { hasPrograms } from '../more/packages.ts'
import { skipped } from '../more/skipped.ts'
import { startServiceProcess } from '../support/serviceProcess.ts'
import { type Cluster, startCluster, until } from './cluster.ts'
import { type Drill, type Figures, type Size, timed } from './drill.ts'
import { inFolder, makeLogins, newSecrets, settingsAt, sotto } from './place.ts'
import { startWriters, unopened, type Writers } from './writers.ts'

/** The primary dies in the middle of the work. */
export const failover: Drill = {
  name: 'failover',
  proves:
    'no report with a receipt is lost, and none is there twice, when the primary dies with all its processes, when its Postgres alone does, and when the etcd that leads does; the service comes back by itself; meanwhile reporters get 503 with Retry-After',
  cannot:
    'show what a power cut, a full disk or a network that is cut in two does: all of it is one host, one kernel, one disk',
  async run(size) {
    if (process.getuid?.() !== 0) return skipped('only root may start a Postgres of another user')
    const programs = {
      postgresql: '/usr/bin/psql',
      patroni: '/usr/bin/patroni',
      'etcd-server': '/usr/bin/etcd',
      haproxy: '/usr/sbin/haproxy',
    }
    if (!(await hasPrograms(programs))) return undefined
    return inFolder(async (folder) => {
      const cluster = await startCluster(folder, { ttl: 10, loop_wait: 1, retry_timeout: 3 })
      try {
        return await underLoad(folder, cluster, size)
      } finally {
        await cluster.stop()
      }
    })
  },
}

const writersAtOnce = 32

async function underLoad(folder: string, cluster: Cluster, size: Size): Promise<Figures> {
  const secrets = await newSecrets(folder)
  const keyring = join(folder, 'keyring.json')
  const settings = settingsAt(cluster.port, secrets, keyring)
  await makeLogins(cluster.socket, await cluster.primaryPort(), secrets)
  await sotto(settings, 'keys', 'init')
  const service = await startServiceProcess(folder, settings)
  try {
    const writers = startWriters([service.base], writersAtOnce)
    await sleep(3_000)
    writers.longestGap()
    const primary = await killPrimary(cluster, writers)
    const others = size === 'short' ? {} : await killMore(cluster, writers, primary.name)
    await sleep(2_000)
    await writers.stop()
    const { receipts, refused, rude, replayed } = writers
    const lost = await unopened(service.base, receipts)
    const stored = await countReports(settings.MIGRATION_DATABASE_URL ?? '')
    assert.equal(lost, 0, 'reports that were acknowledged and are not there')
    assert.equal(stored, receipts.length, 'reports that are there, and those that were acknowledged')
    assert.equal(rude, 0)
    assert.deepEqual(
      [...refused.keys()].filter((status) => status !== '503'),
      [],
    )
    return {
      writers: writersAtOnce,
      'reports acknowledged': receipts.length,
      'acknowledged and lost': lost,
      'reports in the database': stored,
      'of these acknowledged at a repeat of the call': replayed,
      'answers of 503, all with Retry-After': refused.get('503') ?? 0,
      ...primary.figures,
      ...others,
    }
  } finally {
    await service.end('SIGTERM')
  }
}

async function killPrimary(cluster: Cluster, writers: Writers): Promise<{ name: string; figures: Figures }> {
  const name = await cluster.killPrimary()
  const led = await timed(() => until(async () => ![undefined, name].includes(await cluster.leader())))
  const back = await timed(() => writers.next())
  await sleep(2_000)
  return {
    name,
    figures: {
      'primary killed: seconds to a new leader': led.seconds,
      'primary killed: seconds from then to the next receipt': back.seconds,
      'primary killed: longest time without a receipt, s': writers.longestGap(),
    },
  }
}

async function killMore(cluster: Cluster, writers: Writers, dead: string): Promise<Figures> {
  const revived = await timed(async () => {
    await cluster.revive(dead)
    await until(async () => (await cluster.following()).count === 2)
  })
  writers.longestGap()
  await cluster.killEtcdLeader()
  await sleep(5_000)
  const etcdGap = writers.longestGap()
  await cluster.killPostmaster()
  await sleep(1_000)
  await until(async () => (await cluster.leader()) !== undefined)
  await writers.next()
  await sleep(1_000)
  return {
    'killed node: seconds until it follows again': revived.seconds,
    'leading etcd killed: longest time without a receipt, s': etcdGap,
    'postmaster killed: longest time without a receipt, s': writers.longestGap(),
  }
}

async function countReports(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ count: string }>('SELECT count(*) FROM listed_reports')
    return Number(rows[0]?.count)
  } finally {
    await client.end()
  }
}
