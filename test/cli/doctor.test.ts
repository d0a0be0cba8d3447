import { chmodSync, copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { audit } from '../../src/cli/doctor/audit.ts'
import { clocks } from '../../src/cli/doctor/clocks.ts'
import type { Examination } from '../../src/cli/doctor/finding.ts'
import { mixing } from '../../src/cli/doctor/mixing.ts'
import { wantedSettings } from '../../src/cli/doctor/wantedSettings.ts'
import { examinations } from '../../src/cli/doctor.ts'
import { loadConfig } from '../../src/config.ts'
import { type Keyring, publicKeyring, readKeyringFile, writeKeyringFile } from '../../src/crypto/keyring.ts'
import { newKeyring } from '../../src/start/newKeyring.ts'
import { openPool } from '../../src/storage/pool.ts'
import { asSuperuser, databaseAt } from '../support/cluster.ts'
import { startTestService } from '../support/service.ts'
import { t } from '../support/suite.ts'
import { type Fault, faultsOf } from './faults.ts'
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

const publicHalf = join(folder, 'public.json')
writeKeyringFile(publicHalf, publicKeyring(readKeyringFile(keyringFile)))
const oldSignposts = join(folder, 'signposts.json')
writeFileSync(
  oldSignposts,
  '{"children-social-care": {"phone": "01632 960123", "availability": "Always", "checkedOn": "2020-01-01"}}',
)
const ofLogin = new URL(databaseUrl)
ofLogin.username = 'sotto_doctor_login'
ofLogin.password = 'x'
const faults = faultsOf({
  database: ofLogin.pathname.slice(1),
  loginUrl: ofLogin.href,
  publicHalf,
  oldSignposts,
})

/** Databases of the tests that run meanwhile come and go. */
const ofOtherTests = /connect to the database sotto_test_/

/** Faults that can be there at once: each round is examined once. What needs settings of its own stands alone. */
function inRounds(all: readonly Fault[]): (readonly Fault[])[] {
  const rounds: Fault[][] = []
  const apart = ({ mendIt = '' }: Fault) => /^DELETE FROM (\w+)/.exec(mendIt)?.[1] ?? mendIt
  for (const fault of all) {
    const round =
      fault.settings === undefined &&
      rounds.find((one) => !one.some((each) => each.settings !== undefined || apart(each) === apart(fault)))
    if (round) round.push(fault)
    else rounds.push([fault])
  }
  return rounds
}

t.test('every fault is named, with its remedy and its page', async (t) => {
  for (const round of inRounds(faults)) {
    await sql(round.map(({ breakIt = '' }) => breakIt).join(';'))
    const { code, healthy, findings } = await examine(round[0]?.settings)
    await sql(round.map(({ mendIt = '' }) => mendIt).join(';'))
    for (const { what, check, said, level = 'breach' } of round) {
      const finding = findings.find((one) => one.check === check && said.test(one.found))
      t.match(finding, { level, remedy: /\S+ \S+/, doc: /^docs\/[\w-]+\.md/ }, what)
      if (level === 'breach') t.match({ code, healthy }, { code: 1, healthy: false })
    }
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

t.test('an option that would write memory to a disk is named', async (t) => {
  const { stdout } = await runProcess('sotto', ['doctor', '--json'], {
    ...settings,
    NODE_OPTIONS: '--report-on-signal',
  })
  t.match(stdout, /--report-on-signal/)
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
  'what only time brings about is named: clocks that differ or jumped, a trail that stopped, a report left behind',
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
    const hours = (hour: number) => 1 + hour / 24 - (Date.now() % 86_400_000) / 86_400_000
    await sql(`INSERT INTO box_reports (parity, id, received_on, category, priority, lead_agency, support_agencies, restricted,
                                        batch_id, wrapped_key, body)
               VALUES (0, gen_random_uuid(), current_date - 1, 'fraud', 2, 'law-enforcement', '{}', false,
                       gen_random_uuid(), '', '')`)
    t.match(await look(mixing, hours(1)), [
      { level: 'warning', found: /a report of \S+ lies in the box still/, remedy: /sotto mix/ },
    ])
    await sql('DELETE FROM box_reports')
    t.strictSame(await look(audit, 1), [])
    t.match(await look(audit, 9), [
      { level: 'warning', found: /audit trail is 9 days old/, remedy: /audit verify/ },
    ])
  },
)

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
