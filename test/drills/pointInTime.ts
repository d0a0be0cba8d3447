import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { chown, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../more/clientTools.ts'
import { command } from '../more/command.ts'
import { type DebianPostgres, debianPrograms, postgresUser } from '../more/debianPostgres.ts'
import { startServiceProcess } from '../support/serviceProcess.ts'
import { until } from './cluster.ts'
import { type Drill, type Figures, timed } from './drill.ts'
import { hasDebian, onDebian } from './onDebian.ts'
import { everyReport, openReport, send } from './people.ts'
import { inFolder, makeLogins, newSecrets, settingsAt, sotto, tokenOf } from './place.ts'

/** Back to the minute before somebody deleted everything, by pgBackRest; and what that costs reporters. */
export const pointInTime: Drill = {
  name: 'point-in-time',
  proves:
    'a backup and an archive of the write-ahead log bring the database back to a minute of this day, with every report that came until then; and the archive tells the time of each commit to the microsecond, as `sotto doctor` says',
  cannot: 'give both: recovery to any minute, and times that nobody can know (docs/operating.md)',
  async run(size) {
    if (!(await hasDebian({ pgbackrest: '/usr/bin/pgbackrest' }))) return undefined
    return inFolder((folder) =>
      onDebian(folder, 'database', async (server) => {
        // On Debian it lies in /etc. Here it is restored too, by Postgres's user.
        const { uid, gid } = await postgresUser()
        await chown(join(server.socket, 'conf.d/sotto.conf'), uid, gid)
        return backInTime(folder, server, size === 'short' ? 20 : 300)
      }),
    )
  },
}

async function backInTime(folder: string, server: DebianPostgres, count: number): Promise<Figures> {
  const sql = async (text: string) => {
    const words = ['-XAt', `--host=${server.socket}`, `--port=${server.port}`, '--username=postgres']
    return (await command(root, ['psql', ...words, '--dbname=sotto', '--command', text])).trim()
  }
  const secrets = await newSecrets(folder)
  const keyring = join(folder, 'keyring.json')
  const settings = settingsAt(server.port, secrets, keyring)
  await makeLogins(server.socket, server.port, secrets)
  await sotto(settings, 'keys', 'init')
  const pgbackrest = await archiveOf(folder, server)
  await sql('ALTER SYSTEM SET archive_mode = on')
  await sql(`ALTER SYSTEM SET archive_command = '${pgbackrest.line} archive-push %p'`)
  await server.restart()
  await pgbackrest.run('stanza-create')

  const service = await startServiceProcess(folder, settings)
  const token = await tokenOf(settings, 'Ada Example')
  const backup = await timed(() => pgbackrest.run('backup', '--type=full'))
  // It tells whole seconds alone: a backup of this second would not be one from before it.
  const isOver = `SELECT clock_timestamp() >= '${await sql(`SELECT clock_timestamp() + interval '1 second'`)}'`
  await until(async () => (await sql(isOver)) === 't', 30)
  const receipts: string[] = []
  for (let sent = 1; sent <= count; sent++)
    receipts.push(await send(service.base, `A fictional report, the number ${sent}.`))
  const head = join(folder, 'head.txt')
  await writeFile(head, await sotto(settings, 'audit', 'head'))
  const minute = await sql('SELECT clock_timestamp()')
  const segment = await sql('SELECT pg_walfile_name(pg_current_wal_lsn())')
  const late = await send(service.base, 'This one comes after the minute that is gone back to.')
  await sql('DELETE FROM box_reports; DELETE FROM box_mailboxes')
  await sql('SELECT pg_switch_wal()')
  await until(async () => (await sql('SELECT last_archived_wal FROM pg_stat_archiver')) >= segment, 30)
  await assert.rejects(sotto(settings, 'doctor'), /archive_mode is on: a WAL archive holds the time/)
  await service.end('SIGTERM')
  await server.stop()

  const archived = join(folder, 'spool', segment)
  await pgbackrest.run('archive-get', segment, archived)
  const [shown, words] = [join(await debianPrograms(), 'pg_waldump'), ['--rmgr=Transaction', archived]]
  const commits =
    (await command(folder, [shown, ...words])).match(/COMMIT \d{4}-\d\d-\d\d [\d:.]+ UTC/g) ?? []
  assert.ok(commits.length >= count / 2, 'times, one for each batch of reports at least')

  const back = await timed(async () => {
    await pgbackrest.run('restore', '--delta', '--type=time', `--target=${minute}`, '--target-action=promote')
    // On Debian the socket is not in the cluster's folder, and so its lock is in no backup.
    await rm(join(server.socket, `.s.PGSQL.${server.port}.lock`), { force: true })
    await server.start()
    await until(async () => (await sql('SELECT pg_is_in_recovery()')) === 'f', 60)
  })
  await sotto(settings, 'keys', 'check')
  assert.match(await sotto(settings, 'audit', 'verify', '--against', head), /go on from the head|unbroken/)
  const restored = await startServiceProcess(folder, settings)
  try {
    const ids = await everyReport(restored.base, token)
    assert.equal(ids.length, count)
    assert.match(await openReport(restored.base, token, ids[0] ?? ''), /^A fictional report/)
    const mailbox = (receipt: string) =>
      fetch(`${restored.base}/v1/mailbox`, { headers: { authorization: `Bearer ${receipt}` } })
    for (const receipt of receipts.slice(-20)) assert.equal((await mailbox(receipt)).status, 200)
    assert.equal((await mailbox(late)).status, 401)
  } finally {
    await restored.end('SIGTERM')
  }
  return {
    'reports since the backup': count,
    'seconds for the full backup': backup.seconds,
    'bytes of backup and archive': await sizeOf(join(folder, 'repository')),
    'seconds to restore to the minute': back.seconds,
    'reports that were there again': count,
    'reports lost, since they came after that minute': 1,
    'the price: commits of these reports with their time in one archived segment': commits.length,
  }
}

async function archiveOf(folder: string, { socket, port }: DebianPostgres) {
  const { uid, gid } = await postgresUser()
  const [repository, file] = [join(folder, 'repository'), join(folder, 'pgbackrest.conf')]
  for (const place of ['repository', 'log', 'lock', 'spool']) {
    await mkdir(join(folder, place))
    await chown(join(folder, place), uid, gid)
  }
  const lines = [
    '[global]',
    `repo1-path=${repository}`,
    'repo1-retention-full=2',
    'repo1-cipher-type=aes-256-cbc',
    `repo1-cipher-pass=${randomBytes(32).toString('base64url')}`,
    `log-path=${join(folder, 'log')}`,
    `lock-path=${join(folder, 'lock')}`,
    `spool-path=${join(folder, 'spool')}`,
    'start-fast=y',
    '[sotto]',
    `pg1-path=${socket}`,
    `pg1-port=${port}`,
    `pg1-socket-path=${socket}`,
    'pg1-user=postgres',
  ]
  await writeFile(file, `${lines.join('\n')}\n`, { mode: 0o600 })
  await chown(file, uid, gid)
  const words = ['pgbackrest', `--config=${file}`, '--stanza=sotto']
  return {
    line: words.join(' '),
    run: (...more: string[]) => command(folder, ['runuser', '-u', 'postgres', '--', ...words, ...more]),
  }
}

async function sizeOf(folder: string): Promise<number> {
  return Number((await command(folder, ['du', '--bytes', '--summarize', folder])).split('\t')[0])
}
