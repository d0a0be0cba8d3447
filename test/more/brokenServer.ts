import assert from 'node:assert/strict'
import { appendFile, chmod, chown } from 'node:fs/promises'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { command } from './command.ts'
import { type DebianPostgres, postgresUser } from './debianPostgres.ts'
import { skipped } from './skipped.ts'

interface Finding {
  check: string
  level: string
  found: string
  remedy: string
  doc: string
}

interface Broken {
  server: DebianPostgres
  /** As the server's superuser. */
  sql(text: string): Promise<string>
  /** What the doctor prints, in JSON, for a connection to this address. */
  examine(address?: string, more?: string): Promise<string>
}

/** What holds for the whole server, which tests in parallel share: what the doctor wants otherwise. */
const brokenSettings = [
  ['log_connections', 'on'],
  ['log_disconnections', 'on'],
  ['log_checkpoints', 'on'],
  ['log_autovacuum_min_duration', '0'],
  ['track_commit_timestamp', 'on'],
  ['track_functions', 'all'],
  ['wal_recycle', 'on'],
  ['min_wal_size', '80MB'],
  ['archive_mode', 'on'],
  ['full_page_writes', 'off'],
] as const

/** What only a whole server can have wrong: each is made, and named by the doctor, with its remedy and its page. */
export async function breakServer({ server, sql, examine }: Broken): Promise<void> {
  const told = async (...where: string[]): Promise<Finding[]> => {
    const printed = /^\{"healthy".*\}$/m.exec(await examine(...where))?.[0] ?? '{"findings":[]}'
    return JSON.parse(printed).findings
  }
  const isNamed = (findings: Finding[], check: string, said: RegExp, levels: readonly string[]) => {
    const finding = findings.find((one) => one.check === check && said.test(one.found))
    assert.ok(finding, `${said}`)
    assert.ok(levels.includes(finding.level), `${said}: ${finding.level}`)
    assert.match(finding.remedy, /\S+ \S+/)
    assert.match(finding.doc, /^docs\//)
  }
  const names = async (check: string, said: RegExp, levels: readonly string[], ...where: string[]) =>
    isNamed(await told(...where), check, said, levels)
  await names('standby', /no synchronous standby/, ['warning'])
  await sql("SELECT pg_create_physical_replication_slot('forgotten')")
  await names('standby', /slot forgotten keeps/, ['warning'])
  await sql("SELECT pg_drop_replication_slot('forgotten')")

  await sql('GRANT CONNECT ON DATABASE postgres TO PUBLIC')
  await names('logins', /connect to the database postgres/, ['warning'])

  for (const [name, value] of brokenSettings) await sql(`ALTER SYSTEM SET ${name} = '${value}'`)
  await sql("ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements'")
  await server.restart()
  const broken = await told()
  for (const [name] of brokenSettings)
    isNamed(broken, 'postgres-settings', new RegExp(`^${name} is`), ['breach'])
  isNamed(broken, 'postgres-settings', /^pg_stat_statements is loaded/, ['breach'])
  for (const [name] of brokenSettings) await sql(`ALTER SYSTEM RESET ${name}`)
  await sql('ALTER SYSTEM RESET shared_preload_libraries')

  const own = Object.values(networkInterfaces())
    .flat()
    .find((one) => one?.family === 'IPv4' && !one.internal)?.address
  if (own === undefined) return skipped('this machine has no address but loopback')
  await appendFile(join(server.socket, 'pg_hba.conf'), `host all all ${own}/32 scram-sha-256\n`)
  await sql(`ALTER SYSTEM SET listen_addresses = '127.0.0.1', '${own}'`)
  await server.restart()
  await names('tls', /not encrypted/, ['warning', 'breach'], own)
  await encrypt(server)
  await sql('ALTER SYSTEM SET ssl = on')
  await server.restart()
  await names('tls', /does not check whose certificate/, ['warning'], own, '?sslmode=no-verify')
}

async function encrypt({ socket }: DebianPostgres): Promise<void> {
  const [key, chain] = [join(socket, 'server.key'), join(socket, 'server.crt')]
  const made = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=database'
  await command(socket, ['openssl', ...made.split(' '), '-keyout', key, '-out', chain])
  await chmod(key, 0o600)
  const { uid, gid } = await postgresUser()
  for (const file of [key, chain]) await chown(file, uid, gid)
}
