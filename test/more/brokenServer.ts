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

/** What only a whole server can have wrong: each is made, and named by the doctor, with its remedy and its page. */
export async function breakServer({ server, sql, examine }: Broken): Promise<void> {
  const names = async (check: string, said: RegExp, levels: readonly string[], ...where: string[]) => {
    const printed = /^\{"healthy".*\}$/m.exec(await examine(...where))?.[0] ?? '{"findings":[]}'
    const { findings }: { findings: Finding[] } = JSON.parse(printed)
    const finding = findings.find((one) => one.check === check && said.test(one.found))
    assert.ok(finding, `${said}`)
    assert.ok(levels.includes(finding.level), `${said}: ${finding.level}`)
    assert.match(finding.remedy, /\S+ \S+/)
    assert.match(finding.doc, /^docs\//)
  }
  await names('standby', /no synchronous standby/, ['warning'])
  await sql("SELECT pg_create_physical_replication_slot('forgotten')")
  await names('standby', /slot forgotten keeps/, ['warning'])
  await sql("SELECT pg_drop_replication_slot('forgotten')")

  await sql("ALTER SYSTEM SET archive_mode = 'on'")
  await server.restart()
  await names('postgres-settings', /^archive_mode is on/, ['breach'])
  await sql('ALTER SYSTEM RESET archive_mode')

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
