import assert from 'node:assert/strict'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { skipped } from '../more/skipped.ts'
import { startServiceProcess } from '../support/serviceProcess.ts'
import { type Cluster, startCluster, until } from './cluster.ts'
import { type Drill, type Figures, type Size, timed } from './drill.ts'
import { makeNetwork } from './network.ts'
import { hasDebian } from './onDebian.ts'
import { type PatroniProgram, patroniProgram } from './patroniProgram.ts'
import { inFolder, makeLogins, newSecrets, settingsAt, sotto } from './place.ts'
import { startWriters, unopened, type Writers } from './writers.ts'

/** The primary dies in the middle of the work. */
export const failover: Drill = {
  name: 'failover',
  proves:
    'no report with a receipt is lost, and none is there twice, when the primary dies with all its processes, when its machine is cut off from all others, when its Postgres alone dies, and when the etcd that leads does; the service comes back by itself, and so does the machine that was cut off; meanwhile reporters get 503 with Retry-After',
  cannot:
    'show what a power cut, a full disk or a primary that hangs does: all of it is one host, one kernel, one disk',
  async run(size) {
    const programs = {
      patroni: '/usr/bin/patroni',
      'etcd-server': '/usr/bin/etcd',
      haproxy: '/usr/sbin/haproxy',
      iproute2: '/usr/sbin/ip',
    }
    if (!(await hasDebian(programs))) return undefined
    const network = await makeNetwork()
    if (network === undefined) return skipped('no network namespaces can be made here')
    try {
      return await inFolder(async (folder) => {
        const patroni = await patroniProgram(folder, size)
        const cluster = await startCluster(folder, { network, patroni })
        try {
          const figures = await underLoad(folder, cluster, size, patroni)
          return { 'version of Patroni': patroni.version, ...figures }
        } finally {
          await cluster.stop()
        }
      })
    } finally {
      await network.remove()
    }
  },
}

const writersAtOnce = { short: 8, whole: 32 }

async function underLoad(
  folder: string,
  cluster: Cluster,
  size: Size,
  patroni: PatroniProgram,
): Promise<Figures> {
  const secrets = await newSecrets(folder)
  const keyring = join(folder, 'keyring.json')
  const settings = settingsAt(cluster.port, secrets, keyring)
  await makeLogins(cluster.socket, await cluster.primaryPort(), secrets)
  await cluster.admitRewinder()
  await sotto(settings, 'keys', 'init')
  const service = await startServiceProcess(folder, settings)
  try {
    const writers = startWriters([service.base], writersAtOnce[size])
    await writers.next()
    await sleep(3_000)
    writers.longestGap()
    const primary = await killPrimary(cluster, writers)
    const others = size === 'short' ? {} : await killMore(cluster, writers, primary.name, patroni)
    await sleep(2_000)
    await writers.stop()
    const { receipts, refused, rude, replayed } = writers
    const stored = await countReports(settings.MIGRATION_DATABASE_URL ?? '')
    assert.equal(stored, receipts.length, 'reports that are there, and those that were acknowledged')
    const lost = await unopened(service.base, receipts)
    assert.equal(lost, 0, 'reports that were acknowledged and are not there')
    assert.equal(rude, 0)
    assert.deepEqual(
      [...refused.keys()].filter((status) => status !== '503'),
      [],
    )
    return {
      writers: writersAtOnce[size],
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

async function killMore(
  cluster: Cluster,
  writers: Writers,
  dead: string,
  { asksBeforeItTakes, version }: PatroniProgram,
): Promise<Figures> {
  await cluster.revive(dead)
  const revived = await followAgain(cluster, dead)
  writers.longestGap()
  const cut = asksBeforeItTakes
    ? await cutPrimaries(cluster, writers)
    : skipped(
        `the cut of the network: Patroni ${version} lets a primary that was cut off take the lead back, and loses reports; 3.0.3 is needed, and Debian 13's cannot be had`,
      )
  await cluster.killEtcdLeader()
  await sleep(5_000)
  await until(async () => (await cluster.leader()) !== undefined)
  await writers.next()
  const etcdGap = writers.longestGap()
  await cluster.killPostmaster()
  await sleep(1_000)
  await until(async () => (await cluster.leader()) !== undefined)
  await writers.next()
  await sleep(1_000)
  return {
    'killed node: seconds until it follows again': revived,
    ...cut,
    'leading etcd killed: longest time without a receipt, s': etcdGap,
    'postmaster killed: longest time without a receipt, s': writers.longestGap(),
  }
}

/** Seconds until a node that is back has what the leader has; and whether it had to be told to copy all of it. */
async function followAgain(cluster: Cluster, name: string): Promise<string> {
  let byCommand = ''
  const { seconds } = await timed(() =>
    cluster.followed(60).catch(async () => {
      // The log that it needs is gone: by the command that docs/surviving.md has for this.
      if (await cluster.copyAnew(name)) byCommand = ' (by a command)'
      await cluster.followed(180)
    }),
  )
  return `${seconds}${byCommand}`
}

/** `npm run drill -- failover CUTS`: whoever leads is cut off so many times, one after the other. */
async function cutPrimaries(cluster: Cluster, writers: Writers): Promise<Figures> {
  const many = Number(process.argv[3] ?? '1')
  const all = new Map<string, (number | string)[]>()
  for (let cut = 0; cut < many; cut++)
    for (const [label, value] of Object.entries(await cutPrimary(cluster, writers)))
      all.set(label, [...(all.get(label) ?? []), value])
  return Object.fromEntries([...all].map(([label, values]) => [label, values.join(', ')]))
}

/** The machine of the primary is alone in the world, and lives. */
async function cutPrimary(cluster: Cluster, writers: Writers): Promise<Figures> {
  const name = await cluster.cutPrimary()
  const stoodDown = timed(() => until(() => cluster.hasStoodDown(name)))
  const led = await timed(() => until(async () => ![undefined, name].includes(await cluster.leader())))
  const back = await timed(() => writers.next())
  const alone = await stoodDown
  await sleep(2_000)
  const gap = writers.longestGap()
  await cluster.mend(name)
  const mended = await followAgain(cluster, name)
  assert.notEqual(await cluster.leader(), name, 'who was cut off follows, and takes no lead back')
  writers.longestGap()
  return {
    'primary cut off: seconds until it leads no more': alone.seconds,
    'primary cut off: seconds to a new leader': led.seconds,
    'primary cut off: seconds from then to the next receipt': back.seconds,
    'primary cut off: longest time without a receipt, s': gap,
    'cable mended: seconds until it follows again': mended,
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
