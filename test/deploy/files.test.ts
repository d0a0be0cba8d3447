import { execFile } from 'node:child_process'
import { access, readdir, readFile } from 'node:fs/promises'
import { BlockList } from 'node:net'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { parse } from 'yaml'
import { t } from '../support/suite.ts'

const file = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url))
const text = (path: string) => readFile(file(path), 'utf8')
const run = promisify(execFile)

/** What docs/operating.md tells an operator to set. */
async function documentedSettings(): Promise<string[]> {
  const page = await text('docs/operating.md')
  const table = page.slice(page.indexOf('## Environment'), page.indexOf('## Logins'))
  return [...table.matchAll(/^\| (`[A-Z_`, ]+`) \|/gm)].flatMap(([, names = '']) =>
    names.split(', ').map((name) => name.replaceAll('`', '')),
  )
}

/** Where things lie in the containers, and who they are, is compose's own. */
const composesOwn = [
  'PORT',
  'HOST',
  'ROLE',
  'DATABASE_URL',
  'INTAKE_DATABASE_URL',
  'MIGRATION_DATABASE_URL',
  'DATA_DIR',
  'KEYRING_FILE',
  'KEYRING_COMMAND',
  'TRUST_PROXY',
]

t.test('compose hands every setting on, and knows its proxy by a fixed address', async (t) => {
  const { services, networks } = parse(await text('compose.yaml'), { merge: true })
  const handedOn = [services.intake, services.triage].flatMap(({ environment }) =>
    Object.entries(environment)
      .filter(([, value]) => value === null)
      .map(([name]) => name),
  )
  const documented = await documentedSettings()
  t.ok(documented.length > 25)
  t.same(
    documented.filter((name) => !composesOwn.includes(name)).toSorted(),
    [...new Set(handedOn)].toSorted(),
  )
  const address = services.proxy.networks.public.ipv4_address
  t.equal(services.intake.environment.TRUST_PROXY, address)
  const [{ subnet, ip_range: taken }] = networks.public.ipam.config
  t.ok(address.startsWith(subnet.replace(/0\/24$/, '')))
  const isTaken = new BlockList()
  const [first = '', bits = ''] = taken.split('/')
  isTaken.addSubnet(first, Number(bits))
  t.notOk(isTaken.check(address), 'and nobody who starts before it takes that one')
})

t.test('a copy that is not whole counts as nobody’s standby: none is made with a slot', async (t) => {
  // Only a copy with a slot tells how far it has written (receivelog.c of Postgres), and so stands for a second disk.
  for (const path of ['deploy/postgres/standby.sh', 'docs/surviving.md']) {
    const copies = (await text(path)).replaceAll('\\\n', ' ').match(/^.*pg_basebackup .*--pgdata.*$/gm) ?? []
    t.ok(copies.length > 0, path)
    for (const copy of copies) t.match(copy, / --no-slot\b/, path)
  }
  const { postgresql } = parse(await text('deploy/patroni/config.yml'))
  t.ok(postgresql.basebackup.includes('no-slot'))
})

t.test('intake and triage share no network, and nothing of Sotto may swap', async (t) => {
  const { services } = parse(await text('compose.yaml'), { merge: true })
  const of = (name: string) =>
    [services[name].networks].flatMap((all) => (Array.isArray(all) ? all : Object.keys(all)))
  t.same(
    of('intake').filter((network) => of('triage').includes(network)),
    [],
  )
  t.same(of('proxy'), ['public'])
  for (const [name, service] of Object.entries<Record<string, string>>(services)) {
    if (!service.image?.startsWith('sotto:')) continue
    t.ok(service.mem_limit, name)
    t.equal(service.memswap_limit, service.mem_limit, name)
  }
})

t.test('the proxy of compose is the whole Caddyfile without the staff side', async (t) => {
  const compose = partsOf(await text('deploy/proxy/compose.Caddyfile'))
  const whole = partsOf(await text('deploy/proxy/Caddyfile'))
  const staff = whole.filter((part) => part.includes('triage'))
  t.equal(staff.length, 1)
  t.same(
    compose,
    whole
      .filter((part) => !staff.includes(part))
      .map((part) =>
        part
          .replace('https://report.example.org', 'https://{$SITE_NAME}')
          .replace('127.0.0.1:8080', 'intake:8080'),
      ),
  )
})

/** The blocks of a Caddyfile, without comments and blank lines. */
function partsOf(caddyfile: string): string[] {
  return caddyfile
    .split('\n')
    .filter((line) => !/^\s*(#|$)/.test(line))
    .join('\n')
    .split(/(?<=^\})\n/m)
}

t.test('the units are sealed off, and wrong in nothing', async (t) => {
  const units = (await readdir(file('deploy/systemd'))).filter((name) => name.endsWith('.service'))
  t.same(units, ['sotto-intake.service', 'sotto-triage.service'])
  const program = '/usr/bin/systemd-analyze'
  if (
    !(await access(program).then(
      () => true,
      () => false,
    ))
  ) {
    return t.comment('NOT CHECKED: there is no systemd-analyze here')
  }
  for (const unit of units) {
    const path = file(`deploy/systemd/${unit}`)
    const { stdout } = await run(program, ['security', '--offline=yes', '--no-pager', path])
    const level = /Overall exposure level for \S+: ([\d.]+)/.exec(stdout)?.[1]
    t.ok(Number(level) < 2, `${unit}: ${level}`)
    const { stderr } = await run(program, ['verify', path]).catch((error) => error)
    // Node may lie elsewhere on a machine that only tests.
    const others = String(stderr)
      .split('\n')
      .filter((line) => line.includes(unit) && !line.includes('is not executable'))
    t.same(others, [])
  }
})

t.end()
