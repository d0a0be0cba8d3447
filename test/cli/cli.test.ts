import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { runCommandLine } from '../../src/cli/commandLine.ts'
import { commands } from '../../src/cli/commands.ts'
import { hasPrivateKeys, type Keyring, parseKeyring, readKeyringFile } from '../../src/crypto/keyring.ts'
import { attachEmbeddedPostgres } from '../../src/embedded/postgres.ts'
import { plainJson } from '../../src/plainText.ts'
import { patientFetch } from '../support/patience.ts'
import { startTestService } from '../support/service.ts'
import { type Test, t } from '../support/suite.ts'
import { programAt, run, runProcess } from './run.ts'

const oneLine = /^sotto: [^\n]+\n$/
/** What comes first of every command that works on a database. */
const database = 'sotto: the database is [^\\n]+, as \\S+\\n'
const tokenLine = /^sotto_[\w-]{43}\n$/

t.test('sotto --help lists every command, and each has a help of its own', async (t) => {
  const overview = await runProcess('sotto', ['--help'])
  t.equal(overview.code, 0)
  for (const { name, help } of commands) {
    t.match(overview.stdout, `  ${name} `)
    const words = [...name.split(' '), '--help']
    t.strictSame(await runCommandLine(words), { code: 0, stdout: help, stderr: '' })
    t.match(
      help,
      new RegExp(
        `^Usage: sotto ${name}[\\s\\S]*\nOptions:\n[\\s\\S]*\nExample:\n {2}[\\s\\S]*\nExit codes: 0`,
      ),
    )
  }
})

t.test('a command line that cannot be understood is refused with code 2 and one line', async (t) => {
  t.match(await run('sotto', ['frobnicate']), { code: 2, stdout: '', stderr: oneLine })
  const add = (...more: string[]) => ['staff', 'add', '--name', 'Ada Example', '--role', 'triager', ...more]
  const wrong = [
    ['keys'],
    ['keys', 'frobnicate'],
    ['keys', 'list', 'canary'],
    ['keys', 'activate'],
    ['keys', 'list', '--canary'],
    ['keys', 'new', '--purpose', 'canary'],
    ['staff', 'add', '--name', 'Ada Example'],
    ['staff', 'add', '--name', '', '--role', 'triager'],
    ['staff', 'add', '--name', 'canary\u001b[2J', '--role', 'triager'],
    ['staff', 'add', '--name', 'canary ', '--role', 'triager'],
    ['staff', 'add', '--name', 'a'.repeat(201), '--role', 'triager'],
    ...['can\u200bary', 'canary\ufe0f', 'ca\u3164nary', 'canary\u2028x', '\u202ecanary'].map((name) => [
      ...['staff', 'add', '--role', 'triager'],
      ...['--name', name],
    ]),
    ['staff', 'add', '--name', 'Ada Example', '--role', 'canary'],
    ['staff', 'add', '--name', 'Ada Example', '--role', 'partner'],
    add('--agency', 'Canary'),
    add('--days', '0'),
    add('--days', '3651'),
    add('--days', '1.5'),
    add('--days'),
  ]
  for (const words of wrong) {
    const { code, stdout, stderr } = await runCommandLine(words)
    t.match({ code, stdout, stderr }, { code: 2, stdout: '', stderr: oneLine }, plainJson(words))
    t.notMatch(stderr.replace("'--canary'", ''), /canary/i, 'what was given is not repeated')
  }
})

t.test('keys: a keyring is made once, turned over, and shown without its secrets', async (t) => {
  const folder = folderFor(t)
  const file = join(folder, 'new', 'keyring.json')
  // No database: not that of somebody's `npm start` in this folder either.
  const DATA_DIR = join(folder, 'data')
  const keys = (...words: string[]) => run('sotto', ['keys', ...words], { KEYRING_FILE: file, DATA_DIR })

  t.match(await keys('list'), { code: 1, stderr: /^sotto: KEYRING_FILE: [^\n]+ENOENT\)\n$/ })
  t.match(await keys('init'), { code: 0, stdout: `${file}\n` })
  t.equal(statSync(join(folder, 'new')).mode & 0o777, 0o700)
  t.equal(statSync(file).mode & 0o777, 0o600)
  const first = readFileSync(file, 'utf8')
  t.match(await keys('init'), { code: 1, stdout: '', stderr: oneLine })
  t.equal(readFileSync(file, 'utf8'), first, 'it was not touched')

  const kid = (await keys('new')).stdout.trim()
  const former = statusOf(readKeyringFile(file), 'active')
  t.equal(statusOf(readKeyringFile(file), 'pending'), kid)
  t.match(await keys('activate', kid, '--json'), {
    code: 0,
    stdout: `${JSON.stringify({ kid, status: 'active', expired: [former] })}\n`,
  })
  t.equal(statusOf(readKeyringFile(file), 'active'), kid)
  t.match(await keys('activate', kid), { code: 1, stderr: /only a pending key/ })
  t.match(await keys('retire', kid), { code: 1, stderr: /by activating another/ })
  t.match(await keys('retire', 'no-such-kid'), { code: 1, stderr: oneLine })

  const spare: string = JSON.parse((await keys('new', '--json')).stdout).kid
  t.match(await keys('retire', spare), { code: 0, stdout: `${spare} has expired\n` })

  const shown = [(await keys('list')).stdout, (await keys('list', '--json')).stdout]
  const published = await keys('public')
  for (const { privateKey, secret, kid } of readKeyringFile(file).keys) {
    for (const text of shown) t.match(text, kid)
    for (const text of [...shown, published.stdout]) t.notOk(text.includes(privateKey ?? secret ?? ''), kid)
  }
  t.notOk(hasPrivateKeys(parseKeyring(published.stdout)))

  writeFileSync(join(folder, 'public.json'), published.stdout, { mode: 0o600 })
  const intakes = { KEYRING_FILE: join(folder, 'public.json'), DATA_DIR }
  t.match(await run('sotto', ['keys', 'new'], intakes), { code: 1, stderr: /public keys only/ })
})

t.test('staff: a token is printed once, opens the door, and is revoked at once', async (t) => {
  const { base, databaseUrl, keyringFile } = await startTestService(t)
  const settings = { DATABASE_URL: databaseUrl, KEYRING_FILE: keyringFile }
  const staff = (...words: string[]) => run('sotto', ['staff', ...words], settings)

  const added = await staff('add', '--name', 'Ada Example', '--role', 'supervisor', '--days', '3')
  t.match(added, { code: 0, stdout: tokenLine, stderr: /good until \d{4}-/ })
  const me = await whoIs(base, added.stdout.trim())
  t.match(me, { name: 'Ada Example', role: 'supervisor', agency: null })

  const again = await staff('add', '--name', 'Ada Example', '--role', 'triager', '--json')
  t.match(again, { code: 0, stdout: /^\{[^\n]+\}\n$/, stderr: new RegExp(`^${database}$`) })
  t.match(JSON.parse(again.stdout), { id: me?.id, role: 'triager' }, 'another token of the same person')
  await staff('add', '--name', 'Pim Example', '--role', 'partner', '--agency', 'housing')

  const { tokens } = JSON.parse((await staff('list', '--json')).stdout)
  t.match(tokens, [
    { name: 'Ada Example', role: 'supervisor', state: 'good' },
    { name: 'Ada Example', role: 'triager', state: 'good' },
    { name: 'Pim Example', role: 'partner', agency: 'housing', state: 'good' },
  ])
  const table = (await staff('list')).stdout
  t.match(table, /^NAME +ROLE +AGENCY +STATE +EXPIRES +PERSON +TOKEN ID\nAda Example +supervisor/)
  t.notMatch(table, added.stdout.trim())

  t.match(await staff('revoke', '--name', 'Nobody'), {
    code: 1,
    stdout: '',
    stderr: new RegExp(`^${database}sotto: [^\\n]+\\n$`),
  })
  t.match(await staff('revoke', '--name', 'Ada Example'), { code: 0, stdout: '2 tokens revoked\n' })
  t.equal(await whoIs(base, added.stdout.trim()), undefined)
  t.match(await run('sotto', ['migrate', '--json'], settings), { code: 0, stdout: '{"migrations":0}\n' })
})

t.test('staff: a name in doubt is one line that says what to do', async (t) => {
  const { databaseUrl, keyringFile } = await startTestService(t)
  const settings = { DATABASE_URL: databaseUrl, KEYRING_FILE: keyringFile }
  const staff = (...words: string[]) => run('sotto', ['staff', ...words], settings)
  const add = (name: string, ...more: string[]) =>
    staff('add', '--name', name, '--role', 'supervisor', '--json', ...more)

  const { id } = JSON.parse((await add('T1 Example')).stdout)
  t.match(JSON.parse((await add('t1  EXAMPLE')).stdout), { id, name: 'T1 Example', isNew: false })
  const likeness = new RegExp(
    `^${database}sotto: the name looks like that of "T1 Example", ${id}: [^\n]+--distinct-from ${id} [^\n]+\n$`,
  )
  t.match(await add('\u04221 Example'), { code: 1, stdout: '', stderr: likeness })
  const login = ['map', '--issuer', 'https://login.example.org', '--subject', 's', '--name', 'Tl Example']
  t.match(await staff(...login), { code: 1, stdout: '', stderr: likeness }, 'nor by a login')
  const { id: other } = JSON.parse((await add('T1 Example', '--distinct-from', id)).stdout)
  t.not(other, id, 'two people who share a name are told apart')
  const several = {
    code: 1,
    stdout: '',
    stderr: new RegExp(`^${database}sotto: 2 people have this name: [^\\n]+\\n$`),
  }
  t.match(await add('T1 Example'), several)
  t.match(await staff('revoke', '--name', 'T1 Example'), several)
  t.match(await staff('revoke', '--name', other), {
    code: 0,
    stdout: '1 token revoked\n',
    stderr: new RegExp(`^${database}T1 Example is shut out, at once and everywhere.\n$`),
  })
  t.match(await staff('revoke', '--name', other), { code: 0, stdout: 'nothing to revoke\n' })
  t.match(await add('Nobody', '--distinct-from', 'Somebody'), { code: 1, stderr: /\nsotto: nobody has this/ })
})

t.test('a database that cannot be used is one line that names the setting and quotes nothing', async (t) => {
  const folder = folderFor(t)
  const settings = { DATA_DIR: folder, DATABASE_URL: 'postgresql://ada:canary@127.0.0.1:1/sotto' }
  t.match(await run('sotto', ['staff', 'list'], settings), {
    code: 1,
    stderr: /^sotto: KEYRING_FILE: [^\n]+\n$/,
  })
  await run('sotto', ['keys', 'init'], settings)
  for (const words of [['staff', 'list'], ['migrate'], ['serve']]) {
    const { code, stdout, stderr } = await run('sotto', words, settings)
    t.match({ code, stdout }, { code: 1, stdout: '' }, words.join(' '))
    t.match(stderr, /^sotto: DATABASE_URL[^\n]+\n$/)
    t.notMatch(stderr, /canary/)
  }
  t.match(await runProcess('sotto', ['serve'], { PORT: 'canary' }), {
    code: 1,
    stderr: /^sotto: PORT must be [^\n]+\n$/,
  })
})

t.test('openapi: the contract goes to stdout or into a file, whole', async (t) => {
  const file = join(folderFor(t), 'openapi.yaml')
  // Settings that would stop anything else do not matter.
  t.match(await run('sotto', ['openapi', '--out', file], { PORT: 'none' }), {
    code: 0,
    stdout: '',
    stderr: '',
  })
  t.match(readFileSync(file, 'utf8'), /^openapi: 3\.1\.0\n[\s\S]*\n$/)
  t.match(await run('sotto', ['openapi', '--out', join(file, 'x')]), { code: 1, stderr: oneLine })
  const { stdout } = await run('sotto', ['openapi', '--json'])
  t.match(stdout, /^[^\n]+\n$/)
  t.match(JSON.parse(stdout), { openapi: '3.1.0' })
})

t.test('the demonstration shows a running service to a person', async (t) => {
  const { base, token } = await startTestService(t)
  const settings = { SOTTO_URL: base, SOTTO_TOKEN: await token('supervisor') }
  const shown = await run('demo', [], settings)
  t.match(shown, { code: 0, stderr: '' })
  t.equal(
    shown.stdout.match(/\b[0-9A-Z]{4}(-[0-9A-Z]{4}){6}\n/g)?.length,
    9,
    'eight receipts, one of them twice',
  )
  t.match(shown.stdout, /\nhigh +\d{4}-\d\d-\d\d +\S/)
  t.match(shown.stdout, 'What the reporter knows\n')
  t.notMatch(shown.stdout, /[{}]|undefined|\[object/)
  t.match(await run('demo', [], { ...settings, SOTTO_TOKEN: 'wrong' }), {
    code: 1,
    stderr: /^demo: [^\n]+\n$/,
  })
  t.match(await run('demo', [], { ...settings, SOTTO_URL: 'http://127.0.0.1:1' }), {
    code: 1,
    stderr: /^demo: no service answers at [^\n]+\n$/,
  })
})

t.test('on the embedded database: alone, and while the service runs on it', async (t) => {
  const dataDir = join(folderFor(t), 'data')
  const settings = { DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'silent' }
  const add = (name: string) =>
    run('sotto', ['staff', 'add', '--name', name, '--role', 'supervisor'], settings)

  const first = serve(t, settings)
  await firstLine(first)
  first.kill('SIGTERM')
  await once(first, 'exit')
  const early = await add('Ada Example')
  t.match(early, { code: 0, stdout: tokenLine }, 'alone')
  t.equal(await attachEmbeddedPostgres(dataDir), undefined, 'Postgres was stopped again')

  const service = serve(t, settings)
  const { url } = JSON.parse(await firstLine(service))
  const late = await add('Bo Example')
  t.match(late, { code: 0, stdout: tokenLine }, 'beside the service')
  t.match(await whoIs(url, early.stdout.trim()), { name: 'Ada Example' })
  t.match(await whoIs(url, late.stdout.trim()), { name: 'Bo Example' }, 'whose Postgres goes on')

  const seen = await run('sotto', ['doctor', '--json'], { ...settings, PORT: new URL(url).port })
  const { breaches, findings } = JSON.parse(seen.stdout)
  t.match({ code: seen.code, breaches }, { code: 0, breaches: 0 }, 'which is in good health')
  t.match(
    findings.map(({ check }: { check: string }) => check),
    ['keyring', 'keyring', 'standby'],
    'but for what a first start is',
  )

  const port = new URL(url).port
  t.match(await runProcess('sotto', ['serve'], { ...settings, PORT: port }), {
    code: 1,
    stderr: /^sotto: PORT: [^\n]+\n$/,
  })
  t.match(await whoIs(url, late.stdout.trim()), { name: 'Bo Example' }, 'and still')

  // As Ctrl-C under npm does it.
  service.kill('SIGINT')
  service.kill('SIGINT')
  t.strictSame(await once(service, 'exit'), [0, null])
  t.equal(await attachEmbeddedPostgres(dataDir), undefined)
})

function folderFor(t: Test): string {
  const folder = mkdtempSync(join(tmpdir(), 'sotto-cli-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

function statusOf({ keys }: Keyring, status: string): string | undefined {
  return keys.find((key) => key.purpose === 'organisation' && key.status === status)?.kid
}

async function whoIs(base: string, token: string): Promise<{ id: string } | undefined> {
  const response = await patientFetch(`${base}/v1/triage/me`, {
    headers: { authorization: `Bearer ${token}` },
  })
  return response.ok ? ((await response.json()) as { id: string }) : undefined
}

function serve(t: Test, settings: Record<string, string>): ChildProcess {
  const env = { PATH: process.env.PATH, ...settings }
  const child = spawn(process.execPath, [programAt('sotto'), 'serve', '--json'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  t.teardown(() => child.kill('SIGKILL'))
  return child
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new TypeError('its output is not piped')
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  return String(line)
}
