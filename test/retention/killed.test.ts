import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { runCommandLine } from '../../src/cli/commandLine.ts'
import { activeKey, keyByKid, readKeyringFile } from '../../src/crypto/keyring.ts'
import { newOrganisationKey } from '../../src/crypto/keyTurns.ts'
import { auditTrail } from '../../src/domain/audit/trail.ts'
import { mixBox } from '../../src/domain/mixing/mixBox.ts'
import { purge } from '../../src/domain/retention/purge.ts'
import { rewrap } from '../../src/domain/retention/rewrap.ts'
import { acceptKeysOf } from '../../src/start/acceptKeys.ts'
import { openPool, type Pool } from '../../src/storage/pool.ts'
import { dayOf } from '../../src/vocabulary/calendar.ts'
import { programAt } from '../cli/run.ts'
import { openStored, storedIds, untilIdle } from '../durability/stored.ts'
import { newReporter } from '../mailbox/reporter.ts'
import { asSuperuser } from '../support/cluster.ts'
import { type Fuse, fuseTo } from '../support/fuse.ts'
import { rounds } from '../support/rounds.ts'
import { startTestService, type TestService } from '../support/service.ts'
import { callerWith, reportFor } from '../support/staffApi.ts'
import { t } from '../support/suite.ts'

/**
 * What destroys, moves or turns keys is killed at each of its statements, before it and after it, and run again: it ends right.
 * KILL_EVERY=1 takes every statement; more take every so manyth, from a random one on.
 */
const every = Number(process.env.KILL_EVERY ?? rounds(11, 3))
const first = Math.floor(Math.random() * every)
t.comment(`every ${every} statements, from ${first} on`)
const day = 86_400_000

interface Attempt {
  /** Ends in-process work where a kill would have. */
  signal: AbortSignal
}

/** Runs `work` by the fuse again and again, killed a little later each time, until it gets through. */
async function killedEverywhere(
  fuse: Fuse,
  url: string,
  work: (attempt: Attempt) => Promise<unknown>,
  check: () => Promise<void>,
): Promise<{ kills: number; statements: number }> {
  for (let kills = 0, at = first; ; kills++, at += every) {
    const stopping = new AbortController()
    let isKilled = false
    fuse.set(at, kills % 2 === 0 ? 'before' : 'after', () => {
      isKilled = true
      stopping.abort()
    })
    const done = await work({ signal: stopping.signal }).catch((error: unknown) => error)
    const statements = fuse.clear()
    await untilIdle(url)
    await check()
    if (!isKilled) {
      if (done instanceof Error) throw done
      return { kills, statements }
    }
  }
}

async function deployment() {
  const service = await startTestService(t)
  const sade = callerWith(service, await service.token('supervisor', { name: 'Sade' }))
  const fuse = await fuseTo(t, service.databaseUrl)
  return { service, sade, fuse, keyring: readKeyringFile(service.keyringFile), url: service.databaseUrl }
}

/** A pool whose life is one attempt's. */
async function withPool<T>(url: string, work: (pool: Pool<'sotto_triage'>) => Promise<T>): Promise<T> {
  const pool = openPool(url, 'sotto_triage', 3)
  try {
    return await work(pool)
  } finally {
    await pool.close()
  }
}

const depsOf = (pool: Pool<'sotto_triage'>, keyring: ReturnType<typeof readKeyringFile>, days = 0) => {
  const clock = () => new Date(Date.now() + days * day)
  const audit = auditTrail(pool, keyring, clock)
  return { pool, keyring, audit, clock, interval: 0, periods: { unassessedDays: 365, graceDays: 14 } }
}
const sqlAt =
  (url: string) =>
  (text: string, values: unknown[] = []) =>
    asSuperuser(url, async (client) => (await client.query(text, values)).rows)

t.test('purge: a report is whole or gone, and two at once destroy each once', async (t) => {
  const { service, sade, fuse, keyring, url } = await deployment()
  const sql = sqlAt(url)
  for (let n = 0; n < 3; n++) {
    const id = await reportFor(service, sade)
    await sade.call('POST', `/v1/triage/reports/${id}/notes`, { body: { text: 'A note' }, expect: 201 })
  }
  const whole = async () => {
    const ids = await storedIds(url)
    t.equal((await openStored(url, keyring, new Set())).length, ids.length, 'what is there opens')
    const [{ orphans, recorded }] = await sql(
      `SELECT (SELECT count(*) FROM casework c WHERE NOT EXISTS (SELECT FROM reports r WHERE r.id = c.report_id))::int AS orphans,
              (SELECT count(*) FROM audit_records WHERE action = 'erasure')::int AS recorded`,
    )
    t.same({ orphans, recorded }, { orphans: 0, recorded: 3 - ids.length }, 'and what is gone is on record')
  }
  const { kills } = await killedEverywhere(
    fuse,
    url,
    () => withPool(fuse.url, (pool) => purge(depsOf(pool, keyring, 400))),
    whole,
  )
  t.ok(kills > 20 / every, `killed ${kills} times`)
  t.same(await storedIds(url), [])

  for (let n = 0; n < 3; n++) await reportFor(service, sade)
  await withPool(url, (pool) => mixBox(depsOf(pool, keyring), { includeToday: true }))
  const both = await Promise.all([1, 2].map(() => withPool(url, (pool) => purge(depsOf(pool, keyring, 401)))))
  const again = await withPool(url, (pool) => purge(depsOf(pool, keyring, 401)))
  t.equal(
    [...both, again].reduce((sum, { reports }) => sum + reports, 0),
    3,
  )
  t.same(await storedIds(url), [])
})

t.test('mix: nothing is lost or doubled, and of two at once one refuses', async (t) => {
  const { service, fuse, keyring, url } = await deployment()
  for (let n = 0; n < 3; n++) await (await newReporter(service.base)).say('A fictional word.')
  const sql = sqlAt(url)
  const { kills } = await killedEverywhere(
    fuse,
    url,
    ({ signal }) =>
      withPool(fuse.url, (pool) => mixBox({ ...depsOf(pool, keyring), signal }, { includeToday: true })),
    async () => {
      t.equal((await openStored(url, keyring, new Set())).length, 3)
      t.match(await sql('SELECT count(*)::int AS n FROM listed_reporter_messages'), [{ n: 3 }])
    },
  )
  t.ok(kills > 20 / every, `killed ${kills} times`)
  t.match(
    await sql('SELECT (SELECT count(*) FROM box_reports)::int AS box, count(*)::int AS n FROM reports'),
    [{ box: 0, n: 3 }],
  )
  await newReporter(service.base)
  const outcomes = await withPool(url, (pool) =>
    withPool(url, (other) =>
      Promise.all([pool, other].map((one) => mixBox(depsOf(one, keyring), { includeToday: true }))),
    ),
  )
  t.ok(outcomes.some(({ state }) => state === 'mixed'))
  t.match(
    await sql('SELECT (SELECT count(*) FROM box_reports)::int AS box, count(*)::int AS n FROM reports'),
    [{ box: 0, n: 4 }],
  )
})

t.test('keys rewrap: everything opens throughout, and in the end by the new key', async (t) => {
  const { service, sade, fuse, keyring: old, url } = await deployment()
  for (let n = 0; n < 2; n++) {
    const reporter = await newReporter(service.base)
    await reporter.say('A fictional word.')
  }
  const id = await reportFor(service, sade)
  await sade.call('POST', `/v1/triage/reports/${id}/notes`, { body: { text: 'A note' }, expect: 201 })
  await withPool(url, (pool) => mixBox(depsOf(pool, old), { includeToday: true }))
  const keyring = newOrganisationKey(old, dayOf(new Date()), 'active')
  await withPool(url, (pool) => acceptKeysOf(keyring, pool))
  const kid = activeKey(old, 'organisation').kid
  const operator = { id: 'operator', role: 'cli' }
  const { kills } = await killedEverywhere(
    fuse,
    url,
    ({ signal }) =>
      withPool(fuse.url, (pool) => rewrap({ ...depsOf(pool, keyring), signal }, operator, [kid])),
    async () => void t.equal((await openStored(url, keyring, new Set())).length, 3),
  )
  t.ok(kills > 20 / every, `killed ${kills} times`)
  const withoutOld = {
    ...keyring,
    keys: keyring.keys.map((key) => (key.kid === kid ? { ...key, privateKey: undefined } : key)),
  } as typeof keyring
  t.equal((await openStored(url, withoutOld, new Set())).length, 3)
  t.same(await sqlAt(url)('SELECT FROM batch_keys WHERE kid = $1', [kid]), [])
  const two = await withPool(url, (pool) =>
    withPool(url, (other) =>
      Promise.all([pool, other].map((one) => rewrap(depsOf(one, keyring), operator, [kid]))),
    ),
  )
  t.ok(two.every(({ state }) => state === 'rewrapped' || state === 'busy'))
})

/** An expired key that nothing needs. */
async function spareKey({ keyringFile, databaseUrl }: TestService): Promise<string> {
  Object.assign(process.env, { DATABASE_URL: databaseUrl, KEYRING_FILE: keyringFile })
  const kid = (await runCommandLine(['keys', 'new'])).stdout.trim()
  await runCommandLine(['keys', 'retire', kid])
  // The service may have seen it in the file meanwhile.
  await sqlAt(databaseUrl)(
    `INSERT INTO accepted_keys SELECT $1, kem, kdf, aead, sha256($1::text::bytea), 'expired', not_before, not_after
       FROM accepted_keys LIMIT 1
         ON CONFLICT (kid) DO UPDATE SET status = EXCLUDED.status`,
    [kid],
  )
  return kid
}

t.test('keys destroy: killed by a signal too, the file is whole and reports open', async (t) => {
  const { service, sade, fuse, url } = await deployment()
  await reportFor(service, sade)
  const { keyringFile } = service
  const whole = async () => {
    t.equal((await openStored(url, readKeyringFile(keyringFile), new Set())).length, 1)
  }
  const kid = await spareKey(service)
  const run = async (spare: string) => {
    Object.assign(process.env, { DATABASE_URL: fuse.url, KEYRING_FILE: keyringFile })
    const { code, stderr } = await runCommandLine(['keys', 'destroy', spare, '--yes'])
    if (code !== 0) throw new Error(stderr)
  }
  const { kills, statements } = await killedEverywhere(fuse, url, () => run(kid), whole)
  t.ok(kills > 20 / every, `killed ${kills} times`)
  const isGone = async (spare: string) => {
    t.equal(keyByKid(readKeyringFile(keyringFile), spare)?.status, 'destroyed')
    t.same(await sqlAt(url)('SELECT FROM accepted_keys WHERE kid = $1', [spare]), [])
  }
  await isGone(kid)

  // About the commit, with the file written and without: the process itself is killed.
  const spare = await spareKey(service)
  for (const [back, when] of [
    [5, 'after'],
    [4, 'before'],
    [4, 'after'],
    [3, 'before'],
    [3, 'after'],
  ] as const) {
    const child = spawn(process.execPath, [programAt('sotto'), 'keys', 'destroy', spare, '--yes'], {
      env: { PATH: process.env.PATH, DATABASE_URL: fuse.url, KEYRING_FILE: keyringFile },
      stdio: 'ignore',
    })
    const exited = once(child, 'exit')
    fuse.set(statements - back, when, () => child.kill('SIGKILL'))
    const [, signal] = await exited
    t.equal(signal, 'SIGKILL', `${back} before the end`)
    fuse.clear()
    await untilIdle(url)
    await whole()
  }
  await run(spare)
  await isGone(spare)
})

t.test('agency add: killed anywhere, the agency has one key in the end', async (t) => {
  const { service, fuse, url } = await deployment()
  const { keyringFile } = service
  const file = join(t.testdir(), 'housing.key')
  const held = ['--held', 'service']
  const alone = ['--key', file]
  for (const [slug, how] of [
    ['licensing', held],
    ['housing', alone],
  ] as const) {
    await killedEverywhere(
      fuse,
      url,
      async () => {
        Object.assign(process.env, { DATABASE_URL: fuse.url, KEYRING_FILE: keyringFile })
        const { code, stderr } = await runCommandLine(['agency', 'add', '--slug', slug, ...how])
        if (code !== 0) throw new Error(stderr)
      },
      async () => void t.ok(readKeyringFile(keyringFile)),
    )
  }
  const ofLicensing = readKeyringFile(keyringFile).keys.filter(
    ({ agency, status }) => agency === 'licensing' && status === 'active',
  )
  t.equal(ofLicensing.length, 1)
  const keys = await sqlAt(url)(`SELECT status FROM agency_keys WHERE agency = 'housing'`)
  t.same(keys, [{ status: 'active' }])
})

t.end()
