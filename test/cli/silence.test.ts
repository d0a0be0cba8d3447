import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Keyring, readKeyringFile, writeKeyringFile } from '../../src/crypto/keyring.ts'
import { newKeyring } from '../../src/start/newKeyring.ts'
import { asSuperuser, databaseAt } from '../support/cluster.ts'
import { cloneDatabase } from '../support/database.ts'
import { startTestService } from '../support/service.ts'
import { type Test, t } from '../support/suite.ts'
import { run } from './run.ts'

/** No silent success: a command works on the database that was meant, says which it is, or says what is in the way. */

const service = await startTestService(t)
const { databaseUrl, keyringFile } = service
const settings = { DATABASE_URL: databaseUrl, KEYRING_FILE: keyringFile }
const name = new URL(databaseUrl).pathname.slice(1)
const oneLine = /^sotto: [^\n]+\n$/

/** Every command that works on a database. */
const onDatabase = [
  ['migrate'],
  ['mix'],
  ['mix', '--include', 'today'],
  ['purge', '--dry-run'],
  ['purge', '--yes'],
  ['audit', 'verify'],
  ['audit', 'head'],
  ['keys', 'check'],
  ['keys', 'rewrap'],
  ['staff', 'list'],
  ['staff', 'add', '--name', 'Ada Example', '--role', 'triager'],
  ['agency', 'list'],
]

t.test('without a database named, no command makes one and reports success', async (t) => {
  const folder = folderFor(t)
  const dataDir = join(folder, 'data')
  for (const words of [...onDatabase, ['keys', 'destroy', 'some-kid', '--yes']]) {
    const refused = await run('sotto', words, { DATA_DIR: dataDir, KEYRING_FILE: keyringFile })
    t.match(
      refused,
      { code: 1, stdout: '', stderr: /^sotto: DATABASE_URL is not set[^\n]+\n$/ },
      words.join(' '),
    )
    t.notOk(existsSync(dataDir), 'nothing was made')
  }
  const orphan = { DATA_DIR: dataDir, KEYRING_FILE: keyringFile, MIGRATION_DATABASE_URL: databaseUrl }
  t.match(await run('sotto', ['audit', 'verify'], orphan), {
    code: 1,
    stderr: /MIGRATION_DATABASE_URL is for/,
  })
  t.match(
    await run('sotto', ['migrate'], orphan),
    { code: 0, stdout: /^nothing to do/, stderr: new RegExp(`^sotto: the database is ${name} at `) },
    'which uses it alone',
  )
})

t.test('the first line names the database, where it is, and never the password', async (t) => {
  const address = new URL(databaseUrl)
  address.password = 'canary'
  for (const words of onDatabase) {
    for (const more of [[], ['--json']]) {
      const done = await run('sotto', [...words, ...more], { ...settings, DATABASE_URL: address.href })
      t.equal(done.code, 0, words.join(' '))
      t.match(done.stderr, new RegExp(`^sotto: the database is ${name} at [^\n]+, as \\S+\n`))
      t.notMatch(done.stdout + done.stderr, /canary/)
      if (more.length > 0) t.match(done.stdout, /^[^\n]+\n$/, 'one line for a script')
    }
  }
})

t.test('a database without the schema, or with an older one, is told as that', async (t) => {
  const { url } = await cloneDatabase(t)
  const older = { ...settings, DATABASE_URL: url }
  await asSuperuser(url, (client) =>
    client.query('DELETE FROM schema_version WHERE version = (SELECT max(version) FROM schema_version)'),
  )
  for (const words of [['mix'], ['audit', 'verify'], ['staff', 'list']]) {
    t.match(await run('sotto', words, older), {
      code: 1,
      stdout: '',
      stderr: /^sotto: DATABASE_URL: [^\n]+ older schema [^\n]+run `sotto migrate`[^\n]+\n$/,
    })
  }
  const empty = { ...settings, DATABASE_URL: databaseAt(url, 'postgres') }
  t.match(await run('sotto', ['audit', 'verify'], empty), {
    code: 1,
    stderr:
      /^sotto: DATABASE_URL: the database postgres at [^\n]+ is not migrated: run `sotto migrate`[^\n]+\n$/,
  })
})

t.test('a login without rights is told as that', async (t) => {
  const { url } = await cloneDatabase(t)
  await asSuperuser(url, async (client) => {
    await client.query(`CREATE ROLE sotto_nobody_here LOGIN`)
    t.teardown(() => asSuperuser(databaseUrl, (again) => again.query('DROP ROLE sotto_nobody_here')))
  })
  const address = new URL(url)
  address.username = 'sotto_nobody_here'
  const stranger = { ...settings, DATABASE_URL: address.href }
  t.match(await run('sotto', ['staff', 'list'], stranger), {
    code: 1,
    stdout: '',
    stderr: /^sotto: DATABASE_URL: [^\n]+ the login sotto_nobody_here act[^\n]+\n$/,
  })
  await asSuperuser(url, (client) =>
    client.query('DELETE FROM schema_version WHERE version = (SELECT max(version) FROM schema_version)'),
  )
  t.match(await run('sotto', ['migrate'], stranger), {
    code: 1,
    stdout: '',
    stderr:
      /\nsotto: the login sotto_nobody_here may not change the schema: give MIGRATION_DATABASE_URL[^\n]+\n$/,
  })
})

t.test('no command makes a keyring', async (t) => {
  const file = join(folderFor(t), 'keyring.json')
  for (const words of [['staff', 'list'], ['mix'], ['keys', 'check'], ['audit', 'head']]) {
    t.match(await run('sotto', words, { ...settings, KEYRING_FILE: file }), {
      code: 1,
      stderr: /KEYRING_FILE/,
    })
    t.notOk(existsSync(file))
  }
})

t.test('a data folder where nothing can be written is one line', async (t) => {
  const file = join(folderFor(t), 'file')
  writeFileSync(file, '')
  const refused = await run('sotto', ['serve'], { DATA_DIR: join(file, 'data'), LOG_LEVEL: 'silent' })
  t.match(refused, { code: 1, stderr: /^sotto: the data folder [^\n]+ cannot be used [^\n]+DATA_DIR\n$/ })
})

t.test('an agency that nobody knows gets no staff', async (t) => {
  const add = (agency: string) =>
    run('sotto', ['staff', 'add', '--name', 'Pim', '--role', 'partner', '--agency', agency], settings)
  t.match(await add('canary'), {
    code: 1,
    stdout: '',
    stderr: /--agency: no agency [^\n]+agency list[^\n]+\n$/,
  })
  await run('sotto', ['agency', 'add', '--slug', 'canary'], settings)
  t.match(await add('canary'), { code: 0 })
  await asSuperuser(databaseUrl, (client) =>
    client.query(`UPDATE agencies SET retired = true WHERE slug = 'canary'`),
  )
  t.match(await add('canary'), { code: 1, stdout: '', stderr: /--agency: this agency is retired\n$/ })
  t.match(await add('law-enforcement'), { code: 0 })
})

t.test('one token is ended by itself, given whole or by its id', async (t) => {
  const staff = (...words: string[]) => run('sotto', ['staff', ...words], settings)
  const added = async () =>
    (await staff('add', '--name', 'Tess Example', '--role', 'supervisor')).stdout.trim()
  const [first, second, third] = [await added(), await added(), await added()]
  const isIn = async (token: string) =>
    (await service.inject({ url: '/v1/triage/me', headers: { authorization: `Bearer ${token}` } }))
      .statusCode === 200
  const idsOf = async (state: string): Promise<string[]> =>
    JSON.parse((await staff('list', '--json')).stdout)
      .tokens.filter(
        (one: { name: string; state: string }) => one.name === 'Tess Example' && one.state === state,
      )
      .map(({ token }: { token: string }) => token)

  t.match(await staff('revoke', '--token', first), { code: 0, stdout: '1 token revoked\n' })
  t.strictSame([await isIn(first), await isIn(second), await isIn(third)], [false, true, true])
  t.match(await staff('revoke', '--token', first), { code: 0, stdout: 'nothing to revoke\n' })

  const [id = ''] = await idsOf('good')
  t.match((await staff('list')).stdout, id)
  t.match(await staff('revoke', '--token', id), { code: 0, stdout: '1 token revoked\n' })
  t.equal((await idsOf('good')).length, 1)

  t.match(await staff('revoke', '--token', 'f'.repeat(16)), {
    code: 1,
    stderr: /there is no such token[^\n]+\n$/,
  })
  t.match(await staff('revoke', '--token', id, '--name', 'Tess Example'), { code: 2, stderr: oneLine })
  t.match(await staff('revoke'), { code: 2, stderr: oneLine })
  const { rows } = await asSuperuser(databaseUrl, (client) =>
    client.query(`SELECT count(*)::int AS count FROM audit_records WHERE target LIKE '%/token/revoked%'`),
  )
  t.equal(rows[0].count, 3, 'each on record')
})

t.test('an offline copy of the keyring is checked against what is there', async (t) => {
  const folder = folderFor(t)
  const [copy, other] = [join(folder, 'copy.json'), join(folder, 'other.json')]
  const report = { category: 'other-serious-crime', narrative: 'Something that is sealed to the key.' }
  t.equal((await service.inject({ method: 'POST', url: '/v1/reports', payload: report })).statusCode, 201)
  writeKeyringFile(copy, readKeyringFile(keyringFile))
  writeKeyringFile(other, newKeyring('2026-01-01'))
  const check = (file: string) => run('sotto', ['keys', 'check', '--keyring', file], settings)
  t.match(await check(copy), { code: 0, stdout: /has every key/ })
  t.match(await check(other), { code: 1, stdout: /lacks 1 keys \([\w-]+\) to which 1 live reports/ })
})

t.test('a key in use past its last day is told, by a start and by hand', async (t) => {
  const file = join(folderFor(t), 'keyring.json')
  const keyring = readKeyringFile(keyringFile)
  const overdue: Keyring = {
    ...keyring,
    keys: keyring.keys.map((key) =>
      key.purpose === 'organisation' ? { ...key, notBefore: '2020-01-01', notAfter: '2020-02-01' } : key,
    ),
  }
  writeKeyringFile(file, overdue)
  const told = /the key \S+ \(organisation\) is in use past its last day, 2020-02-01: `sotto keys new`[^\n]+/
  for (const words of [
    ['keys', 'check'],
    ['keys', 'list'],
  ]) {
    t.match(await run('sotto', words, { ...settings, KEYRING_FILE: file }), { code: 0, stderr: told })
  }
  const started = await startTestService(t, { databaseUrl, keyringFile: file })
  t.match(started.logLines.join(''), told)
})

t.test('sotto --version prints the version', async (t) => {
  t.match(await run('sotto', ['--version']), { code: 0, stdout: /^\d+\.\d+\.\d+\n$/, stderr: '' })
})

t.test('a Node that is too old is one line, before anything else is loaded', async (t) => {
  const { tooOld } = (await import(new URL('../../../bin/nodeVersion.js', import.meta.url).href)) as {
    tooOld: (version: string) => string | undefined
  }
  for (const old of ['18.20.4', '20.18.3', '16.0.0']) {
    t.equal(tooOld(old), `sotto: Node 20.19 or later is needed, and this is ${old}`)
  }
  for (const fine of ['20.19.0', '20.20.2', '22.0.0', '24.21.0']) t.equal(tooOld(fine), undefined)
})

function folderFor(t: Test): string {
  const folder = mkdtempSync(join(tmpdir(), 'sotto-silence-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

t.end()
