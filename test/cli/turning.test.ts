import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { runCommandLine } from '../../src/cli/commandLine.ts'
import { activeKey, readKeyringFile, replaceKeyringFile } from '../../src/crypto/keyring.ts'
import { newOrganisationKey } from '../../src/crypto/keyTurns.ts'
import { newKeyring } from '../../src/start/newKeyring.ts'
import { dayOf } from '../../src/vocabulary/calendar.ts'
import { newReporter } from '../mailbox/reporter.ts'
import { staffOf } from '../mailbox/staff.ts'
import { asSuperuser } from '../support/cluster.ts'
import { startTestService, type TestService } from '../support/service.ts'
import { callerWith } from '../support/staffApi.ts'
import { t } from '../support/suite.ts'

/** Every key turns over under running services; what was made before stays good. Keyrings come from three places. */

const folder = t.testdir()
const publicFile = join(folder, 'public.json')
const headFile = join(folder, 'head.txt')
const service = await startTestService(t)
const { databaseUrl, keyringFile } = service
Object.assign(process.env, { DATABASE_URL: databaseUrl, KEYRING_FILE: keyringFile })
const sotto = (...words: string[]) => runCommandLine(words)
const givePublic = async () =>
  writeFileSync(publicFile, (await sotto('keys', 'public')).stdout, { mode: 0o600 })
await givePublic()
const intake = await startTestService(t, {
  databaseUrl,
  keyringFile: publicFile,
  environment: { ROLE: 'intake' },
})

const taken = ({ logLines }: TestService) =>
  logLines.filter((line) => line.includes('was changed, and is in use')).length

/** Does `change`, and waits until the service has taken it up. */
async function takenUp(at: TestService, change: () => Promise<unknown>): Promise<void> {
  const before = taken(at)
  await change()
  while (taken(at) === before) await sleep(50)
}

const keyOf = (purpose: Parameters<typeof activeKey>[1]) =>
  activeKey(readKeyringFile(keyringFile), purpose).kid

t.test('every key turns over without a restart, and what was made under it stays good', async (t) => {
  const token = await service.token('supervisor', { name: 'Sade' })
  const sade = callerWith(service, token)
  const [mary, joe] = [await newReporter(service.base), await newReporter(intake.base)]
  const before = staffOf(t, service)
  const [first, second] = [
    await before.reportOf(mary.keys.lookupId),
    await before.reportOf(joe.keys.lookupId),
  ]
  await before.write(first, 'We have read it.')
  writeFileSync(headFile, (await sotto('audit', 'head')).stdout)
  type Listed = { items: { id: string }[]; nextCursor?: string }
  const page = await sade.call<Listed>('GET', '/v1/triage/reports?limit=1')
  const search = { q: 'fictional', limit: 1 }
  const found = await sade.call<Listed>('POST', '/v1/triage/reports/search', { body: search })
  const old = Object.fromEntries(
    (['organisation', 'index', 'token', 'sign', 'audit', 'cursor'] as const).map((name) => [
      name,
      keyOf(name),
    ]),
  )

  const pending: string[] = []
  await takenUp(service, async () => {
    for (const purpose of Object.keys(old)) {
      pending.push((await sotto('keys', 'new', '--purpose', purpose)).stdout.trim())
    }
  })
  await takenUp(intake, givePublic)
  await takenUp(service, async () => {
    for (const kid of pending) t.match(await sotto('keys', 'activate', kid), { code: 0 }, kid)
  })
  for (const [purpose, kid] of Object.entries(old)) {
    t.not(keyOf(purpose as keyof typeof old & 'token'), kid, purpose)
  }
  await takenUp(intake, givePublic)

  const { body: me } = await sade.call('GET', '/v1/triage/me')
  t.match(me, { name: 'Sade' }, 'an old token')
  await callerWith(service, await service.token('triager')).call('GET', '/v1/triage/me')
  const next = await sade.call<Listed>('GET', `/v1/triage/reports?limit=1&cursor=${page.body.nextCursor}`)
  t.equal(next.body.items.length, 1, 'an old cursor')
  const on = { ...search, cursor: found.body.nextCursor }
  t.equal((await sade.call<Listed>('POST', '/v1/triage/reports/search', { body: on })).body.items.length, 1)
  t.match(await sotto('audit', 'verify', '--against', headFile), { code: 0, stdout: /go on from the head/ })

  await staffOf(t, service).write(second, 'So have we.')
  for (const at of [service, intake]) {
    t.match((await mary.at(at.base).read()).messages, [{ text: 'We have read it.' }], 'an old signature')
    t.match((await joe.at(at.base).read()).messages, [{ text: 'So have we.' }], 'a new one')
    const sent = await newReporter(at.base)
    const after = staffOf(t, service)
    const id = await after.reportOf(sent.keys.lookupId)
    const [row] = await asSuperuser(databaseUrl, async (client) => {
      const { rows } = await client.query(
        'SELECT kid FROM listed_batch_keys JOIN listed_reports USING (batch_id) WHERE id = $1',
        [id],
      )
      return rows
    })
    t.equal(row.kid, keyOf('organisation'), 'a new report is sealed to the new key')
    await sade.call('GET', `/v1/triage/reports/${id}`)
    const keys = (await (await fetch(`${at.base}/v1/keys`)).json()) as { items: { status: string }[] }
    t.match(
      keys.items.find(({ status }) => status === 'active'),
      { kid: keyOf('organisation') },
    )
  }
  await sade.call('GET', `/v1/triage/reports/${first}`)
})

t.test('reports go on from one suite to the other, and agencies bring either', async (t) => {
  const sade = callerWith(service, await service.token('supervisor', { name: 'Sade' }))
  const before = await newReporter(service.base)
  const pq = ['--suite', 'mlkem768-x25519']
  let kid = ''
  await takenUp(service, async () => {
    kid = (await sotto('keys', 'new', ...pq)).stdout.trim()
  })
  await takenUp(service, () => sotto('keys', 'activate', kid))
  const after = await newReporter(service.base)
  const staff = staffOf(t, service)
  const encLength = async (id: string) => {
    const { rows } = await asSuperuser(databaseUrl, (client) =>
      client.query(
        'SELECT octet_length(enc) FROM listed_batch_keys JOIN listed_reports USING (batch_id) WHERE id = $1',
        [id],
      ),
    )
    return rows[0].octet_length
  }
  for (const [who, length] of [
    [before, 32],
    [after, 1120],
  ] as const) {
    const id = await staff.reportOf(who.keys.lookupId)
    t.equal(await encLength(id), length)
    await sade.call('GET', `/v1/triage/reports/${id}`)
    await who.say('One thing more.')
    await staff.write(id, 'We have read it.')
    t.equal((await who.read()).messages.length, 2)
  }
  const { items } = (await (await fetch(`${service.base}/v1/keys`)).json()) as { items: object[] }
  t.match(items.at(-1), { kid, kem: 25722, kdf: 1, aead: 2, publicKey: /^[\w-]{1622}$/ })
  await t.rejects(
    asSuperuser(databaseUrl, (client) =>
      client.query('UPDATE accepted_keys SET kem = 32 WHERE kid = $1', [kid]),
    ),
    /accepted_keys_suite/,
  )

  const file = join(folder, 'housing.key')
  t.match(await sotto('agency', 'add', '--slug', 'housing', '--key', file, ...pq), { code: 0 })
  const { publicKey } = JSON.parse(readFileSync(file, 'utf8'))
  t.match(publicKey, /^[\w-]{1622}$/)
  const admin = callerWith(service, await service.token('admin'))
  const path = '/v1/triage/agencies/licensing/keys'
  await admin.call('POST', path, { body: { publicKey }, expect: 201 })
  await admin.call('POST', path, { body: { publicKey: publicKey.slice(2) }, expect: 400 })
  await admin.call('POST', path, { body: { publicKey: '_'.repeat(1622) }, expect: 400 })
})

t.test('a keyring that cannot be used is not taken up, and said once', async (t) => {
  const good = readFileSync(keyringFile, 'utf8')
  const said = (line: string) => service.logLines.filter((one) => one.includes(line)).length
  const until = async (line: string) => {
    while (said(line) === 0) await sleep(50)
  }
  writeFileSync(keyringFile, '{')
  await until('keyring: not JSON; the keys of before go on')
  replaceKeyringFile(keyringFile, newKeyring('2026-01-05'))
  await until('the keyring lacks')
  await newReporter(service.base)
  await takenUp(service, async () => {
    writeFileSync(keyringFile, good)
    await sotto('keys', 'new', '--purpose', 'cursor')
  })
  t.equal(said('not JSON'), 1)

  const ahead = newOrganisationKey(readKeyringFile(publicFile), dayOf(new Date()), 'active')
  const shown = ahead.keys.map(({ privateKey: _private, ...key }) => key)
  replaceKeyringFile(publicFile, { version: 1, keys: shown })
  while (!intake.logLines.some((line) => line.includes('has not registered its organisation key')))
    await sleep(50)
  await newReporter(intake.base)
})

t.test('a keyring comes from a command, or as a credential of systemd', async (t) => {
  const fromCommand = await startTestService(t, {
    databaseUrl,
    keyringFile,
    environment: { KEYRING_FILE: '', KEYRING_COMMAND: `cat '${keyringFile}'` },
  })
  await newReporter(fromCommand.base)
  writeFileSync(join(folder, 'keyring.json'), readFileSync(keyringFile), { mode: 0o440 })
  const fromCredential = await startTestService(t, {
    databaseUrl,
    keyringFile,
    environment: { KEYRING_FILE: '', CREDENTIALS_DIRECTORY: folder },
  })
  await newReporter(fromCredential.base)
  const wrong: [string, RegExp][] = [
    ['echo a secret; exit 3', /^KEYRING_COMMAND: the command failed \(exit code 3\)$/],
    ['echo a secret', /^KEYRING_COMMAND: keyring: not JSON$/],
  ]
  for (const [command, said] of wrong) {
    const environment = { KEYRING_FILE: '', KEYRING_COMMAND: command }
    await t.rejects(startTestService(t, { databaseUrl, environment }), { message: said })
  }
  Object.assign(process.env, { KEYRING_FILE: '', KEYRING_COMMAND: `cat '${keyringFile}'` })
  t.match(await sotto('keys', 'list'), { code: 0 })
  t.match(await sotto('keys', 'new'), { code: 1, stderr: /^sotto: KEYRING_COMMAND gives the keyring/ })
  process.env.KEYRING_FILE = keyringFile
  t.match(await sotto('keys', 'list'), { code: 1, stderr: /KEYRING_COMMAND and KEYRING_FILE: set one/ })
})

t.end()
