import { chmodSync, copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { audit } from '../../src/cli/doctor/audit.ts'
import { clocks } from '../../src/cli/doctor/clocks.ts'
import type { Examination } from '../../src/cli/doctor/finding.ts'
import { swapsIn } from '../../src/cli/doctor/host.ts'
import { ofConnection } from '../../src/cli/doctor/tls.ts'
import { wantedSettings } from '../../src/cli/doctor/wantedSettings.ts'
import { examinations } from '../../src/cli/doctor.ts'
import { loadConfig } from '../../src/config.ts'
import { type Keyring, readKeyringFile, writeKeyringFile } from '../../src/crypto/keyring.ts'
import { newKeyring } from '../../src/start/newKeyring.ts'
import { openPool } from '../../src/storage/pool.ts'
import { asSuperuser, databaseAt } from '../support/cluster.ts'
import { startTestService } from '../support/service.ts'
import { t } from '../support/suite.ts'
import { run, runProcess } from './run.ts'

/** The doctor: every fault that it knows is made, and must be named, with its remedy and its page. */

const service = await startTestService(t, { environment: { RATE_LIMIT: '30' } })
const { databaseUrl, keyringFile, port } = service
const folder = dirname(keyringFile)
const asTriage = new URL(databaseUrl)
const settings = {
  DATABASE_URL: asTriage.href,
  KEYRING_FILE: keyringFile,
  PORT: String(port),
  RATE_LIMIT: '30',
  ROLE: 'triage',
}
const sql = (text: string) => asSuperuser(databaseUrl, (client) => client.query(text))

interface Report {
  healthy: boolean
  findings: { check: string; level: string; found: string; remedy: string; doc: string }[]
}

async function examine(more: Record<string, string> = {}): Promise<Report & { code: number }> {
  const { code, stdout, stderr } = await run('sotto', ['doctor', '--json'], { ...settings, ...more })
  if (stdout === '') throw new Error(`the doctor said nothing: ${stderr}`)
  return { code, ...(JSON.parse(stdout) as Report) }
}

const known = new Set((await examine()).findings.map(({ check, found }) => `${check}: ${found}`))

/** A fault, made and mended by statements or settings, and what is said of it. */
const faults: {
  what: string
  check: string
  said: RegExp
  level?: 'warning'
  breakIt?: string
  mendIt?: string
  settings?: Record<string, string>
}[] = [
  ...(
    [
      ['log_statement', 'all'],
      ['log_min_messages', 'warning'],
      ['log_min_error_statement', 'error'],
      ['log_error_verbosity', 'verbose'],
      ['log_min_duration_statement', '0'],
      ['log_min_duration_sample', '5'],
      ['log_duration', 'on'],
      ['log_parameter_max_length', '-1'],
      ['log_parameter_max_length_on_error', '-1'],
      ['log_lock_waits', 'on'],
      ['log_temp_files', '0'],
      ['log_transaction_sample_rate', '1'],
      ['synchronous_commit', 'off'],
    ] as const
  ).map(([name, value]) => ({
    what: `${name} is ${value} for this database`,
    check: 'postgres-settings',
    said: new RegExp(`^${name} is \\S+`),
    breakIt: `ALTER DATABASE ${new URL(databaseUrl).pathname.slice(1)} SET ${name} = '${value}'`,
    mendIt: `ALTER DATABASE ${new URL(databaseUrl).pathname.slice(1)} RESET ${name}`,
  })),
  {
    what: 'intake may read a table',
    check: 'logins',
    said: /a right too many.*sotto_intake: reports: SELECT/,
    breakIt: 'GRANT SELECT ON reports TO sotto_intake',
    mendIt: 'REVOKE SELECT ON reports FROM sotto_intake',
  },
  {
    what: 'triage lacks a right',
    check: 'logins',
    said: /a right is lacking.*sotto_triage: night_watch/,
    breakIt: 'REVOKE UPDATE ON night_watch FROM sotto_triage',
    mendIt: 'GRANT UPDATE ON night_watch TO sotto_triage',
  },
  {
    what: 'somebody may become triage',
    check: 'logins',
    said: /sotto_doctor_stranger may become sotto_triage/,
    breakIt: 'CREATE ROLE sotto_doctor_stranger; GRANT sotto_triage TO sotto_doctor_stranger',
    mendIt: 'DROP ROLE sotto_doctor_stranger',
  },
  {
    what: 'what every login of a Postgres may do is left to intake',
    check: 'logins',
    said: /a right too many.*sotto_intake: advisory locks: takes them/,
    breakIt: 'GRANT EXECUTE ON FUNCTION pg_advisory_lock(bigint) TO PUBLIC',
    mendIt: 'REVOKE EXECUTE ON FUNCTION pg_advisory_lock(bigint) FROM PUBLIC',
  },
  {
    what: 'the mixing is overdue',
    check: 'mixing',
    said: /2026-01-02 are not mixed/,
    breakIt: `INSERT INTO mixings (day, mixed_on, unopened, unplaced, emptied_on) VALUES ('2026-01-01', '2026-01-02', 0, 0, '2026-01-02')`,
    mendIt: 'DELETE FROM mixings',
  },
  {
    what: 'the log kept times and counts',
    check: 'mixing',
    said: /log_kept: switch/,
    breakIt: `INSERT INTO mixings (day, mixed_on, unopened, unplaced, emptied_on, log_kept)
              VALUES (current_date - 1, current_date, 0, 0, current_date, '{switch,counters}')`,
    mendIt: 'DELETE FROM mixings',
  },
  {
    what: 'rows did not open',
    check: 'mixing',
    said: /3 rows did not open/,
    level: 'warning',
    breakIt: `INSERT INTO mixings (day, mixed_on, unopened, unplaced, emptied_on)
              VALUES (current_date - 1, current_date, 3, 0, current_date)`,
    mendIt: 'DELETE FROM mixings',
  },
  {
    what: 'no night came since',
    check: 'purge',
    said: /last nightly pass was on 2026-01-01/,
    breakIt: `UPDATE night_watch SET last_night = '2026-01-01'`,
    mendIt: 'UPDATE night_watch SET last_night = NULL',
  },
  {
    what: 'whom a restricted report names has left',
    check: 'restricted',
    said: /1 restricted reports fell back to supervisors/,
    level: 'warning',
    breakIt: `INSERT INTO reports (id, received_on, category, priority, lead_agency, support_agencies, restricted,
                                   restricted_to, batch_id, wrapped_key, body)
              VALUES (gen_random_uuid(), current_date, 'corruption', 2, 'law-enforcement', '{}', true,
                      ARRAY[gen_random_uuid(), gen_random_uuid()], gen_random_uuid(), '', '')`,
    mendIt: 'DELETE FROM reports',
  },
  {
    what: 'a table does not wait for the disk',
    check: 'durable-tables',
    said: /^commits to reports need not wait/,
    breakIt: 'ALTER TABLE reports DISABLE TRIGGER durable',
    mendIt: 'ALTER TABLE reports ENABLE TRIGGER durable',
  },
  {
    what: 'a signpost is old',
    check: 'signposts',
    said: /checked on/,
    level: 'warning',
    // Triage says them too, to partners.
    settings: { SIGNPOSTS_FILE: 'OLD' },
  },
  { what: 'no limit', check: 'proxy-trust', said: /RATE_LIMIT is 0/, settings: { RATE_LIMIT: '0' } },
  {
    what: 'no service answers',
    check: 'proxy-trust',
    said: /was not tried/,
    level: 'warning',
    settings: { PORT: '1' },
  },
]

/** Databases of the tests that run meanwhile come and go. */
const ofOtherTests = /connect to the database sotto_test_/

t.test('every fault is named, with its remedy and its page', async (t) => {
  const old = join(folder, 'signposts.json')
  const { writeFileSync } = await import('node:fs')
  writeFileSync(
    old,
    '{"children-social-care": {"phone": "01632 960123", "availability": "Always", "checkedOn": "2020-01-01"}}',
  )
  for (const { what, check, said, level = 'breach', breakIt, mendIt, settings: more = {} } of faults) {
    if (breakIt !== undefined) await sql(breakIt)
    const given = Object.entries(more).map(([name, value]) => [name, value === 'OLD' ? old : value])
    const { code, healthy, findings } = await examine(Object.fromEntries(given))
    if (mendIt !== undefined) await sql(mendIt)
    const finding = findings.find((one) => one.check === check && said.test(one.found))
    t.match(finding, { level, remedy: /\S+ \S+/, doc: /^docs\/[\w-]+\.md/ }, what)
    if (level === 'breach') t.match({ code, healthy }, { code: 1, healthy: false })
  }
  const after = (await examine()).findings.map(({ check, found }) => `${check}: ${found}`)
  t.strictSame(
    after.filter((one) => !known.has(one) && !ofOtherTests.test(one)),
    [],
    'and what was mended is named no more',
  )
})

t.test('a keyring that others may read or write, is past its day, or has copies, is named', async (t) => {
  const own = mkdtempSync(join(tmpdir(), 'sotto-doctor-'))
  t.teardown(() => rmSync(own, { recursive: true, force: true }))
  const file = join(own, 'keyring.json')
  const keyring = readKeyringFile(keyringFile)
  const overdue: Keyring = {
    ...keyring,
    keys: keyring.keys.map((key) =>
      key.purpose === 'organisation' ? { ...key, notBefore: '2020-01-01', notAfter: '2020-02-01' } : key,
    ),
  }
  writeKeyringFile(file, overdue)
  copyFileSync(file, join(own, 'keyring.old'))
  chmodSync(own, 0o777)
  const keyringFindings = async (more: Record<string, string> = {}) =>
    (await examine({ KEYRING_FILE: file, ...more })).findings
      .filter(({ check }) => check === 'keyring')
      .map(({ found }) => found)
      .join('\n')
  const told = await keyringFindings()
  t.match(told, /in use past its last day, 2020-02-01/)
  t.match(told, /keyring.old, beside the keyring, holds private keys too/)
  t.match(told, /others than its owner may write/)
  chmodSync(file, 0o644)
  t.match(await keyringFindings(), /others than its owner may use this file/)
  chmodSync(file, 0o600)
  t.match(await keyringFindings({ ROLE: 'intake' }), /private keys lie on an intake host/)

  const other = join(own, 'other.json')
  writeKeyringFile(other, newKeyring('2026-01-01'))
  const payload = { category: 'other-serious-crime', narrative: 'Something that is sealed to a key.' }
  t.equal((await service.inject({ method: 'POST', url: '/v1/reports', payload })).statusCode, 201)
  t.match(await keyringFindings({ KEYRING_FILE: other }), /lacks 1 keys/)
})

t.test(
  'a service that believes a forged X-Forwarded-For is caught, and one that does not is not',
  async (t) => {
    const forged = /believes a forged X-Forwarded-For/
    const told = async (more: Record<string, string>) =>
      (await examine(more)).findings.some(({ found }) => forged.test(found))
    t.notOk(await told({}), 'no proxy is trusted')
    const trusting = await startTestService(t, {
      databaseUrl,
      keyringFile,
      environment: { RATE_LIMIT: '30', TRUST_PROXY: '127.0.0.0/8' },
    })
    t.ok(await told({ PORT: String(trusting.port), TRUST_PROXY: '127.0.0.0/8' }))
    const right = await startTestService(t, {
      databaseUrl,
      keyringFile,
      environment: { RATE_LIMIT: '30', TRUST_PROXY: '127.0.0.1' },
    })
    t.notOk(await told({ PORT: String(right.port), TRUST_PROXY: '127.0.0.1' }))
  },
)

t.test('options that would write memory to a disk, and swap, are named', async (t) => {
  const { stdout } = await runProcess('sotto', ['doctor', '--json'], {
    ...settings,
    NODE_OPTIONS: '--report-on-signal',
  })
  t.match(stdout, /--report-on-signal/)
  const table = `Filename\tType\tSize\n/dev/sda2 partition 1\n/dev/zram0 partition 1\n/dev/mapper/swap partition 1\n`
  t.strictSame(swapsIn(table), ['/dev/sda2'])
  t.strictSame(swapsIn('Filename\tType\n'), [])
})

t.test('a person reads each finding in three lines, and a script reads one', async (t) => {
  await sql('GRANT SELECT ON reports TO sotto_intake')
  const { code, stdout, stderr } = await run('sotto', ['doctor'], settings)
  await sql('REVOKE SELECT ON reports FROM sotto_intake')
  t.equal(code, 1)
  t.match(stderr, /^sotto: the database is [^\n]+\n$/)
  t.match(
    stdout,
    /breach logins: a right too many[^\n]+\n {2}remedy: [^\n]+\n {2}see: docs\/database-logins\.md\n/,
  )
  t.match(stdout, new RegExp(`\n${examinations.length} parts were checked: \\d+ breaches, \\d+ warnings\n$`))
})

t.test('the page about settings names each that the doctor wants, with its value', async (t) => {
  const { readFileSync } = await import('node:fs')
  const page = readFileSync(new URL('../../../docs/operating.md', import.meta.url), 'utf8')
  const compose = readFileSync(new URL('../../../compose.yaml', import.meta.url), 'utf8')
  const conf = readFileSync(new URL('../../../deploy/postgres/sotto.conf', import.meta.url), 'utf8')
  for (const { name, wanted } of wantedSettings) {
    t.match(page, `\`${name}\``)
    // Those are Postgres's own defaults.
    if (['fsync', 'full_page_writes', 'synchronous_commit'].includes(name)) continue
    t.match(compose, `--${name}=${wanted}`)
    t.match(conf, new RegExp(`^${name} = '?${wanted}'?$`, 'm'))
  }
})

t.test(
  'what only time brings about is named: clocks that differ or jumped, a trail that stopped',
  async (t) => {
    const pool = openPool(databaseUrl, 'sotto_triage', 1)
    t.teardown(() => pool.close())
    const authorization = `Bearer ${await service.token('supervisor', { name: 'Ada' })}`
    await service.inject({
      method: 'POST',
      url: '/v1/triage/reports/search',
      headers: { authorization },
      payload: { q: 'drums' },
    })
    const look = (examination: Examination, days: number, seconds = 0) =>
      examination.look({
        config: loadConfig(settings),
        embedded: false,
        pool,
        triage: pool,
        keyring: undefined,
        now: new Date(Date.now() + days * 86_400_000),
        clock: () => Date.now() + seconds * 1_000,
      })
    t.match(await look(clocks, 0, 20), [{ level: 'warning', found: /are 20 s apart/, remedy: /NTP/ }])
    t.match(await look(clocks, 0, -20), [{ level: 'warning', found: /are 20 s apart/ }])
    t.match(await look(clocks, 0, 7_200), [
      { level: 'breach', found: /more than an hour apart/, remedy: /NTP/ },
    ])
    await sql('UPDATE night_watch SET steady_nights = 3')
    t.match(await look(clocks, 0), [
      { level: 'warning', found: /the purge waits for 4 more steady nights/, remedy: /wait/ },
    ])
    await sql('UPDATE night_watch SET steady_nights = 7')
    t.strictSame(await look(clocks, 0), [])
    t.strictSame(await look(audit, 1), [])
    t.match(await look(audit, 9), [
      { level: 'warning', found: /audit trail is 9 days old/, remedy: /audit verify/ },
    ])
  },
)

t.test('how the database is reached is judged by where it is', async (t) => {
  const url = 'postgresql://sotto_triage:x@db.example/sotto'
  const judged = (server: string | null, encrypted: boolean, more = '') =>
    ofConnection({ server, encrypted }, url + more).map(({ level, found }) => `${level}: ${found}`)
  t.strictSame(judged(null, false), [], 'over a socket of its own host')
  t.strictSame(judged('127.0.0.1', false), [])
  t.match(judged('10.1.2.3', false), [/^warning: .* not encrypted/])
  t.match(judged('fd00::5', false), [/^warning: .* not encrypted/])
  t.match(judged('203.0.113.5', false), [/^breach: .* not encrypted, and leaves the private network/])
  t.match(judged('2001:db8::5', false), [/^breach: /])
  t.match(judged('203.0.113.5', true), [/^warning: TLS .* does not check whose certificate/])
  t.match(judged('203.0.113.5', true, '?sslmode=require'), [/^warning: TLS/])
  t.strictSame(judged('203.0.113.5', true, '?sslmode=verify-full&sslrootcert=/ca.pem'), [])
})

t.test('the page that a finding names has that part', async (t) => {
  const { readFileSync } = await import('node:fs')
  for (const { name, doc } of examinations) {
    const [file = '', part] = doc.split('#')
    const text = readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8')
    const parts = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^\w -]/g, '')
        .replaceAll(' ', '-'),
    )
    if (part !== undefined) t.ok(parts.includes(part), `${name}: ${doc}`)
  }
})

t.test('a stock Postgres is refused, or red', async (t) => {
  const empty = { ...settings, DATABASE_URL: databaseAt(databaseUrl, 'postgres') }
  t.match(await run('sotto', ['doctor'], empty), { code: 1, stderr: /is not migrated/ })
})

t.end()
