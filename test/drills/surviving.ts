import assert from 'node:assert/strict'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { root } from '../more/clientTools.ts'
import { hasPrograms } from '../more/packages.ts'
import { skipped } from '../more/skipped.ts'
import { sampleReport } from '../support/reports.ts'
import { until } from './cluster.ts'
import { type Drill, type Figures, timed } from './drill.ts'
import { type Host, type Hosts, hostsApart } from './hostsApart.ts'
import { patroniProgram } from './patroniProgram.ts'
import { asFreshDebian } from './standIns.ts'

/** docs/surviving.md, walked as an operator walks it. */
export const surviving: Drill = {
  name: 'surviving',
  proves:
    'the commands of docs/surviving.md, read out of it and run in order, lead from one database over a standby to three nodes, through the death of two primaries, back to yesterday’s dump, to a minute of today, and to a keyring that was lost',
  cannot:
    'show systemd: what stands in for it starts what the units name; nor hosts that share no kernel and no disk',
  async run() {
    if (process.getuid?.() !== 0) return skipped('only root can make hosts apart')
    const programs = {
      postgresql: '/usr/bin/psql',
      'postgresql-common': '/usr/bin/pg_ctlcluster',
      patroni: '/usr/bin/patroni',
      'etcd-server': '/usr/bin/etcd',
      haproxy: '/usr/sbin/haproxy',
      pgbackrest: '/usr/bin/pgbackrest',
      openssl: '/usr/bin/openssl',
      curl: '/usr/bin/curl',
      'util-linux': '/usr/bin/unshare',
      iproute2: '/usr/sbin/ip',
    }
    if (!(await hasPrograms(programs))) return undefined
    // Each host sees this, and has a /tmp of its own.
    const folder = await mkdtemp('/var/tmp/sotto-drill-')
    await chmod(folder, 0o755)
    try {
      const patroni = await patroniProgram(folder)
      if (!patroni.asksBeforeItTakes) return skipped(`the page warns of Patroni ${patroni.version}`)
      const hosts = await hostsApart(root, asFreshDebian(patroni.words))
      try {
        return { 'version of Patroni': patroni.version, ...(await walk(hosts)) }
      } finally {
        await hosts.remove()
      }
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
}

interface Block {
  hosts: string[]
  text: string
}

/** Every block of commands says in its first line where it is run. */
async function blocksOfPage(): Promise<{ blocks: Block[]; inEachShell: string }> {
  const page = await readFile(join(root, 'docs/surviving.md'), 'utf8')
  const all = [...page.matchAll(/^```sh\n# on ([^\n]*)\n(.*?)^```$/gms)].map(
    ([, where = '', text = '']): Block => ({
      hosts: where.includes('each shell') ? [] : (where.split(/,? each night/)[0] ?? '').split(/, | and /),
      text,
    }),
  )
  const [inEachShell = ''] = all.filter(({ hosts }) => hosts.length === 0).map(({ text }) => text)
  return { blocks: all.filter(({ hosts }) => hosts.length > 0), inEachShell }
}

const addresses = { service: 9, one: 1, two: 2, three: 3, new: 4 } as const
type Name = keyof typeof addresses

async function walk(hosts: Hosts): Promise<Figures> {
  const { blocks, inEachShell } = await blocksOfPage()
  const there = new Map<string, Host>()
  const start = async (name: Name) =>
    void there.set(name, await hosts.start(name, `10.0.0.${addresses[name]}`))
  const on = (name: string) => {
    const host = there.get(name)
    if (host === undefined) throw new Error(`the page knows no host ${name}`)
    return host
  }
  const service = (script: string, typed?: string) => on('service').run(script, typed)
  const inShell = (name: string, text: string, typed?: string) =>
    on(name).run(name === 'service' && hasSettings ? `${inEachShell}\n${text}` : text, typed)
  let [done, hasSettings] = [0, false]
  /** The next block, which is to have this in it. Gives all that was said. */
  async function next(part: string, typed?: string, change = (text: string) => text): Promise<string> {
    const block = blocks[done]
    assert(block?.text.includes(part) === true, `the next block of the page has ${part}: ${block?.text}`)
    done += 1
    let said = ''
    for (const name of block.hosts) said += await inShell(name, change(block.text), typed)
    return said
  }
  async function bring(path: string, from: Name, ...to: Name[]): Promise<void> {
    const packed = await on(from).run(`tar -C / -c ${path} | base64 -w 0`)
    for (const name of to) await on(name).run('base64 -d | tar -C / -x', packed)
  }

  const call = (words: string, typed = '') =>
    service(`curl -s -o /dev/null -D - --max-time 30 ${words} || true`, typed)
  async function attempt(): Promise<string> {
    const body = JSON.stringify(sampleReport())
    const said = await service(
      `curl -s -i --max-time 30 -H 'content-type: application/json' -d @- http://127.0.0.1:8080/v1/reports || true`,
      body,
    )
    if (said.includes(' 503 ')) assert.match(said, /^retry-after: \d/im)
    return /"receipt":"([^"]+)"/.exec(said)?.[1] ?? ''
  }
  async function send(): Promise<string> {
    let receipt = ''
    await until(async () => {
      receipt = await attempt()
      return receipt !== ''
    })
    return receipt
  }
  async function knows(receipts: readonly string[], others: readonly string[] = []): Promise<void> {
    for (const receipt of [...receipts, ...others]) {
      const said = await call(`-H 'authorization: Bearer ${receipt}' http://127.0.0.1:8080/v1/mailbox`)
      const status = receipts.includes(receipt) ? '200' : '401'
      assert.ok(
        said.includes(` ${status} `),
        `after block ${done} a receipt is answered ${said.slice(0, 80)}`,
      )
    }
    const list = await service(
      `curl -s -f -H 'authorization: Bearer ${token}' 'http://127.0.0.1:8081/v1/triage/reports?limit=200'`,
    )
    const { items } = JSON.parse(list) as { items: { id: string }[] }
    assert.equal(items.length, receipts.length)
    const path = `http://127.0.0.1:8081/v1/triage/reports/${items[0]?.id}`
    assert.match(await service(`curl -s -f -H 'authorization: Bearer ${token}' ${path}`), /"narrative":/)
  }

  await Promise.all((['service', 'one', 'two', 'three', 'new'] as const).map(start))
  await next('openssl rand')
  hasSettings = true
  // Whoever asks ten times a second when the service will be back is not one reporter.
  await service(`printf 'RATE_LIMIT=0\\nCHALLENGE=off\\n' >> /etc/sotto/intake.env`)
  await bring('etc/sotto/passwords', 'service', 'one', 'two', 'three', 'new')
  await next('logins.sql')
  const first = await next('keys init --recovery')
  const words = first
    .split('\n')
    .filter((line) => /^\s*\d+ [a-z]+ +\d+ [a-z]+/.test(line))
    .flatMap((line) => [...line.matchAll(/\d+ ([a-z]+)/g)].map(([, word = '']) => word))
  assert.equal(words.length, 24, 'the words of the paper')
  const token = /sotto_[\w-]{40,}/.exec(first)?.[0] ?? ''
  const yesterday = await send()
  await next('pg_dump')
  await knows([yesterday])

  await next('replication.sh')
  await next('pg_basebackup')
  await next('synchronous_standby_names')
  const receipts = [yesterday, await send()]
  await on('one').end()
  assert.equal(await attempt(), '', 'nobody takes a report without a database')
  const promoted = await timed(async () => {
    await next('pg_promote')
    await next('@10.0.0.2')
    receipts.push(await send())
  })
  await knows(receipts)

  await start('one')
  await bring('etc/sotto/passwords', 'service', 'one')
  await next('ETCD_NAME')
  await next('PATRONI_NAME')
  const took = await timed(() => next('roles.sql'))
  const followed = await timed(() => next('/replica'))
  const list = 'patronictl -d etcd3://10.0.0.3:2379 list sotto'
  await until(async () => {
    const members = await on('three').run(list)
    return /two +\|[^|]*\| Leader/.test(members) && members.includes('Sync Standby')
  })
  await next('haproxy.cfg')
  receipts.push(await send())
  await knows(receipts)
  await on('two').end()
  const elected = await timed(async () => receipts.push(await send()))
  await knows(receipts)
  assert.match(await next('patronictl'), /(one|three) +\|[^|]*\| Leader/)

  await bring('var/backups', 'service', 'new')
  const restored = await timed(async () => {
    await next('pg_restore')
    await next('systemctl stop sotto-intake')
    assert.match(await next('audit verify'), /Ada Example/)
  })
  await knows([yesterday], receipts.slice(1))

  await next('stanza-create')
  await next('--type=full backup')
  // pgBackRest goes by whole seconds, and takes a backup that ended before that minute.
  await sleep(2_000)
  const noon = [yesterday, await send()]
  const sql = (text: string) => on('new').run(`runuser -u postgres -- psql -At sotto -c "${text}"`)
  const minute = (await sql('SELECT clock_timestamp()')).trim()
  const late = await send()
  const segment = await sql('SELECT pg_walfile_name(pg_current_wal_lsn())')
  await sql('DELETE FROM box_reports; DELETE FROM box_mailboxes; SELECT pg_switch_wal()')
  await until(async () => (await sql('SELECT last_archived_wal FROM pg_stat_archiver')) >= segment)
  for (const side of ['intake', 'triage']) await service(`systemctl stop sotto-${side}`)
  await next('--type=time', '', (text) => text.replace(/^minute=.*$/m, `minute='${minute}'`))
  for (const side of ['triage', 'intake']) await service(`systemctl start sotto-${side}`)
  await until(() => sql('SELECT pg_is_in_recovery()').then((said) => said.trim() === 'f'))
  noon.push(await send())
  await knows(noon, [late])

  await service('rm /etc/sotto/keyring.json')
  await next('keys recover', `${words.join(' ')}\n`)
  await next('keys check')
  await knows(noon, [late])
  assert.equal(done, blocks.length, 'every block of the page was run')
  return {
    'blocks of commands, all as they stand there': blocks.length,
    'one database died: seconds to promote the standby, point to it and take a report': promoted.seconds,
    'seconds until Patroni led what was there': took.seconds,
    'seconds until both others had copied it': followed.seconds,
    'the leading host died: seconds to the next receipt, with nobody there': elected.seconds,
    'seconds to restore the dump and look it through': restored.seconds,
  }
}
