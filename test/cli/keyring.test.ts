import { randomInt } from 'node:crypto'
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runCommandLine } from '../../src/cli/commandLine.ts'
import { keyByKid, readKeyringFile, writeKeyringFile } from '../../src/crypto/keyring.ts'
import { newOrganisationKey } from '../../src/crypto/keyTurns.ts'
import { acceptKeysOf } from '../../src/start/acceptKeys.ts'
import { newKeyring } from '../../src/start/newKeyring.ts'
import { reasonOf } from '../../src/start/reason.ts'
import { openPool } from '../../src/storage/pool.ts'
import { asSuperuser } from '../support/cluster.ts'
import { rounds } from '../support/rounds.ts'
import { startTestService } from '../support/service.ts'
import { callerWith, reportFor } from '../support/staffApi.ts'
import { t } from '../support/suite.ts'

/** The keyring's file is changed by one command at a time, and a service starts with no other's. */

const service = await startTestService(t)
const { databaseUrl, keyringFile } = service
Object.assign(process.env, { DATABASE_URL: databaseUrl, KEYRING_FILE: keyringFile })
const sotto = (...words: string[]) => runCommandLine(words)
const sade = callerWith(service, await service.token('supervisor', { name: 'Sade' }))
const today = new Date().toISOString().slice(0, 10)

/** Does `work` while somebody else is in the middle of a transaction that began with this statement. */
const during = (statement: string, work: (end: () => Promise<unknown>) => Promise<void>) =>
  asSuperuser(databaseUrl, async (client) => {
    await client.query('BEGIN')
    await client.query(statement)
    await work(() => client.query('ROLLBACK'))
  })

const isWaiting = async () => {
  for (;;) {
    const waits = await asSuperuser(databaseUrl, (client) =>
      client.query(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      ),
    )
    if (waits.rowCount !== 0) return
  }
}

/** An expired key that nothing needs. */
async function spareKey(): Promise<string> {
  const kid = (await sotto('keys', 'new')).stdout.trim()
  await sotto('keys', 'retire', kid)
  const publicKey = Buffer.from(keyByKid(readKeyringFile(keyringFile), kid)?.publicKey ?? '', 'base64url')
  await asSuperuser(databaseUrl, (client) =>
    client.query(
      `INSERT INTO accepted_keys SELECT $1, kem, kdf, aead, $2, 'expired', not_before, not_after
         FROM accepted_keys LIMIT 1 ON CONFLICT DO NOTHING`,
      [kid, publicKey],
    ),
  )
  return kid
}

t.test('while keys destroy waits on the database, no other command changes the keyring', async (t) => {
  const old = await spareKey()
  await during(`SELECT FROM accepted_keys WHERE kid = '${old}' FOR UPDATE`, async (end) => {
    const destroying = sotto('keys', 'destroy', old, '--yes')
    await isWaiting()
    const before = readFileSync(keyringFile, 'utf8')
    const changes = [
      ['keys', 'new'],
      ['keys', 'activate', old],
      ['keys', 'retire', old],
      ['keys', 'destroy', old, '--yes'],
      ['agency', 'add', '--slug', 'licensing', '--held', 'service'],
    ]
    for (const words of changes) {
      t.match(
        await sotto(...words),
        { code: 1, stderr: /^sotto: another command changes the keyring: wait until it is done\n$/ },
        words.join(' '),
      )
    }
    t.equal(readFileSync(keyringFile, 'utf8'), before)
    await end()
    t.match(await destroying, { code: 0 })
  })
  t.equal(keyByKid(readKeyringFile(keyringFile), old)?.status, 'destroyed')
  t.equal((await sotto('keys', 'new')).code, 0)
})

t.test('a keyring that was put there meanwhile is not written over, and nothing is destroyed', async (t) => {
  const old = await spareKey()
  await during(`SELECT FROM accepted_keys WHERE kid = '${old}' FOR UPDATE`, async (end) => {
    const destroying = sotto('keys', 'destroy', old, '--yes')
    await isWaiting()
    const fresh = newOrganisationKey(readKeyringFile(keyringFile), today)
    writeFileSync(keyringFile, JSON.stringify(fresh))
    await end()
    t.match(await destroying, { code: 1, stderr: /changed meanwhile/ })
    t.same(readKeyringFile(keyringFile), fresh)
  })
  const rows = await asSuperuser(databaseUrl, (client) =>
    client.query('SELECT FROM accepted_keys WHERE kid = $1', [old]),
  )
  t.equal(rows.rowCount, 1, 'the database is as it was')
  t.match(await sotto('keys', 'destroy', old, '--yes'), { code: 0 }, 'and again it ends right')
})

t.test('what read the keyring before a key was destroyed does not bring it back', async (t) => {
  const old = await spareKey()
  const stale = readKeyringFile(keyringFile)
  const accepted = () =>
    asSuperuser(databaseUrl, async (client) => {
      const { rows } = await client.query('SELECT kid FROM accepted_keys WHERE kid = $1', [old])
      return rows
    })
  const pool = openPool(databaseUrl, 'sotto_triage', 2)
  t.teardown(() => pool.close())
  await asSuperuser(databaseUrl, async (client) => {
    await client.query('BEGIN')
    await client.query('SELECT FROM accepted_keys WHERE kid = $1 FOR UPDATE', [old])
    await client.query('DELETE FROM accepted_keys WHERE kid = $1', [old])
    await client.query('INSERT INTO destroyed_keys VALUES ($1)', [old])
    const registering = acceptKeysOf(stale, pool)
    await isWaiting()
    await client.query('COMMIT')
    await registering
  })
  t.same(await accepted(), [], 'one that waited for it')
  await acceptKeysOf(stale, pool)
  t.same(await accepted(), [], 'nor one that comes later')
  await sotto('keys', 'destroy', old, '--yes')
})

t.test('a start refuses a keyring that lacks what reports are sealed to, and says how many', async (t) => {
  const ids = [await reportFor(service, sade), await reportFor(service, sade)]
  await sade.call('PATCH', `/v1/triage/reports/${ids[0]}`, { version: 1, body: { status: 'screening' } })
  const foreign = join(t.testdir(), 'foreign.json')
  writeKeyringFile(foreign, newKeyring(today))
  for (const role of ['all', 'triage']) {
    const start = startTestService(t, { databaseUrl, keyringFile: foreign, environment: { ROLE: role } })
    const reason = await start.then(
      () => 'it started',
      (error: unknown) => reasonOf(error),
    )
    t.match(reason, /KEYRING_FILE: the keyring lacks 1 keys \(org-[^)]+\) to which 2 live reports are sealed/)
  }
  const accepted = await asSuperuser(databaseUrl, (client) =>
    client.query('SELECT FROM accepted_keys WHERE kid = ANY ($1)', [
      readKeyringFile(foreign).keys.map(({ kid }) => kid),
    ]),
  )
  t.equal(accepted.rowCount, 0, 'and the database has learnt nothing of it')

  t.match(await sotto('keys', 'check'), { code: 0, stdout: /has every key/ })
  t.match(await sotto('keys', 'check', '--keyring', foreign), {
    code: 1,
    stdout: /lacks 1 keys.*2 live reports/,
  })
  t.match(await sotto('keys', 'check', '--keyring', foreign, '--json'), {
    code: 1,
    stdout: /^\{"complete":false,"lacked":\[\{"kid":"org-[^"]+","reports":2\}\]\}\n$/,
  })
  const stale = join(t.testdir(), 'stale.json')
  copyFileSync(keyringFile, stale)
  const fresh = (await sotto('keys', 'new')).stdout.trim()
  await sotto('keys', 'activate', fresh)
  const turned = await startTestService(t, { databaseUrl, keyringFile })
  await reportFor(turned, callerWith(turned, await turned.token('supervisor')))
  await turned.close()
  t.match(await sotto('keys', 'check', '--keyring', stale), { code: 1, stdout: /1 keys.*to which 1 live/ })
  t.match(await sotto('keys', 'check'), { code: 0 })
})

t.test('a key that the keyring only lacks is never told as gone', async (t) => {
  const id = await reportFor(service, sade)
  await asSuperuser(databaseUrl, (client) =>
    client.query(
      `INSERT INTO accepted_keys SELECT 'org-elsewhere', kem, kdf, aead, sha256('x'), 'expired', not_before, not_after
         FROM accepted_keys LIMIT 1 ON CONFLICT DO NOTHING`,
    ),
  )
  await asSuperuser(databaseUrl, (client) =>
    client.query(
      `UPDATE box_batch_keys SET kid = 'org-elsewhere'
        WHERE batch_id = (SELECT batch_id FROM listed_reports WHERE id = $1)`,
      [id],
    ),
  )
  const { code } = await sade.call('GET', `/v1/triage/reports/${id}`, { expect: 503 })
  t.equal(code, 'not-ready')
  t.ok(service.logLines.some((line) => line.includes('the keyring lacks a key')))
  await sade.call('GET', '/v1/triage/reports')
  await sade.call('POST', '/v1/triage/reports/search', { body: { q: 'fictional' } })
})

t.test("an agency's key file that was written before the command was killed is taken up", async (t) => {
  const file = join(t.testdir(), 'housing.key')
  const add = () => sotto('agency', 'add', '--slug', 'housing', '--key', file)
  const kid = (await add()).stdout.trim().split(' ')[1]
  await asSuperuser(databaseUrl, async (client) => {
    await client.query(`DELETE FROM agency_keys WHERE agency = 'housing'`)
    await client.query(`DELETE FROM agencies WHERE slug = 'housing'`)
  })
  const again = await add()
  t.match(again, { code: 0 })
  t.not(again.stdout.trim().split(' ')[1], kid)
  t.equal((await add()).stdout, again.stdout, 'and once more changes nothing')
  writeFileSync(file, '{}')
  t.match(await add(), { code: 1, stderr: /is there already/ })
  t.ok(existsSync(file))
})

t.test(
  'of two commands at once, of each pair, one waits or refuses, and nothing that was done is lost',
  async (t) => {
    const made = async () => (await sotto('keys', 'new')).stdout.trim()
    const statusOf = (kid: string) => keyByKid(readKeyringFile(keyringFile), kid)?.status
    /** Each makes ready what it needs, and gives its words and whether it was done. */
    const commands: Record<string, () => Promise<[string[], (said: string) => boolean]>> = {
      new: async () => [['keys', 'new'], (said) => statusOf(said.trim()) !== undefined],
      activate: async () => {
        const kid = await made()
        return [['keys', 'activate', kid], () => statusOf(kid) === 'active' || statusOf(kid) === 'expired']
      },
      retire: async () => {
        const kid = await made()
        return [['keys', 'retire', kid], () => statusOf(kid) === 'expired']
      },
      destroy: async () => {
        const kid = await spareKey()
        return [['keys', 'destroy', kid, '--yes'], () => statusOf(kid) === 'destroyed']
      },
      'agency add': async () => [
        ['agency', 'add', '--slug', 'housing', '--held', 'service'],
        (said) => statusOf(said.trim().split(' ')[1] ?? '') !== undefined,
      ],
      rewrap: async () => [['keys', 'rewrap'], () => true],
      mix: async () => [['mix', '--include', 'today'], () => true],
      purge: async () => [['purge', '--yes'], () => true],
    }
    t.equal((await sotto('mix', '--include', 'today')).code, 0)
    const names = Object.keys(commands)
    const pairs = names.flatMap((one, at) => names.slice(at).map((other) => [one, other] as const))
    const every = rounds(3, 1)
    const first = randomInt(every)
    for (const [one, other] of pairs.filter((_, index) => index % every === first)) {
      const both = [await commands[one]?.(), await commands[other]?.()].flatMap((command) =>
        command === undefined ? [] : [command],
      )
      const outcomes = await Promise.all(both.map(([words]) => sotto(...words)))
      for (const [index, { code, stdout, stderr }] of outcomes.entries()) {
        const [words, isDone] = both[index] ?? [[], () => false]
        const what = `${one} beside ${other}: ${stderr}`
        if (code !== 0) {
          t.match(stderr, /another (command changes the keyring|instance)|changed meanwhile/, what)
          const again = await sotto(...words)
          t.equal(again.code, 0, `${what}, then ${again.stderr}`)
          t.ok(isDone(again.stdout), what)
        } else t.ok(isDone(stdout), what)
      }
    }
    const { keys } = readKeyringFile(keyringFile)
    const active = (purpose: string, agency?: string) =>
      keys.filter((key) => key.purpose === purpose && key.agency === agency && key.status === 'active').length
    t.same([active('organisation'), active('agency', 'housing') <= 1], [1, true])
  },
)

t.test('an agency that is added twice at once, with a key of its own, has one key in the end', async (t) => {
  const file = join(t.testdir(), 'trading.key')
  const add = (key: string) => sotto('agency', 'add', '--slug', 'trading-standards', '--key', key)
  const outcomes = await Promise.all([add(file), add(file), add(`${file}.other`)])
  for (const { code, stderr } of outcomes)
    t.ok(code === 0 || /is there already|wait until/.test(stderr), stderr)
  t.ok(outcomes.some(({ code }) => code === 0))
  const last = await add(file)
  t.equal(last.code, 0, last.stderr)
  const active = await asSuperuser(databaseUrl, (client) =>
    client.query(`SELECT kid FROM agency_keys WHERE agency = 'trading-standards' AND status = 'active'`),
  )
  t.same(active.rows, [{ kid: last.stdout.trim().split(' ')[1] }])
})

t.test(
  'a keyring that is made or brought back by several at once is one of theirs, whole, and stays',
  async (t) => {
    const folder = t.testdir()
    const file = join(folder, 'keyring.json')
    const lost = join(folder, 'lost.json')
    const here = (keyring: string, ...words: string[]) => {
      Object.assign(process.env, { KEYRING_FILE: keyring })
      return sotto(...words)
    }
    const made = await here(lost, 'keys', 'init', '--recovery', '--json')
    const { words, recoveryFile } = JSON.parse(made.stdout)
    const paper = join(folder, 'paper.txt')
    writeFileSync(paper, Array.isArray(words) ? words.join(' ') : words)
    const recover = ['keys', 'recover', '--recovery', recoveryFile, '--words', paper]
    const attempts = [['keys', 'init'], recover, ['keys', 'init', '--recovery'], recover]
    const outcomes = await Promise.all(attempts.map((one) => here(file, ...one)))
    t.equal(outcomes.filter(({ code }) => code === 0).length, 1)
    for (const { code, stderr } of outcomes) if (code !== 0) t.match(stderr, /no keyring is ever overwritten/)
    const before = readFileSync(file, 'utf8')
    t.ok(readKeyringFile(file).keys.length > 0)
    for (const one of attempts) t.match(await here(file, ...one), { code: 1 })
    t.equal(readFileSync(file, 'utf8'), before)
    Object.assign(process.env, { KEYRING_FILE: keyringFile })
  },
)

t.end()
