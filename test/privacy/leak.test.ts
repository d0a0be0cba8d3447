import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { localTokens } from '../../src/auth/localTokens.ts'
import { readKeyringFile } from '../../src/crypto/keyring.ts'
import { foldersOf } from '../../src/embedded/folders.ts'
import { withLock } from '../../src/embedded/lock.ts'
import { attachEmbeddedPostgres } from '../../src/embedded/postgres.ts'
import { findPostmaster } from '../../src/embedded/postmaster.ts'
import { createLog, describeError } from '../../src/log.ts'
import { openPool } from '../../src/storage/pool.ts'
import { asSuperuser } from '../support/cluster.ts'
import { type Finding, filesUnder, formsOf, type Haystack, scanner } from '../support/scanner.ts'
import { startServiceProcess } from '../support/serviceProcess.ts'
import { type Test, t } from '../support/suite.ts'
import { acts, type World } from './acts.ts'
import { canaries as planted } from './canaries.ts'
import { pageActs } from './pageActs.ts'

const folder = mkdtempSync(join(tmpdir(), 'sotto-leak-'))
const dataDir = join(folder, 'data')
const temporary = join(folder, 'tmp')
mkdirSync(temporary)
const settings = {
  LOG_LEVEL: 'trace',
  TMPDIR: temporary,
  RATE_LIMIT: '1000000',
  // The acts are done three times, and none of them is about a conversation that is locked.
  REPLY_LIMIT: '100',
  CHALLENGE: 'adaptive',
  // Nobody answers there.
  OIDC_ISSUER: 'http://127.0.0.1:9',
  OIDC_AUDIENCE: 'https://sotto.example/api',
  OIDC_CLIENT_ID: 'sotto-console',
}
let service = await startServiceProcess(dataDir, settings)
/** What services before that one wrote. */
const outputs: Buffer[] = []
const world: World = {
  port: Number(new URL(service.base).port),
  token: readFileSync(join(dataDir, 'staff-token'), 'utf8').trim(),
  receipt: '',
  reportId: '',
  partner: await partnerToken(),
  submissionId: '',
  sharedIn: '',
}
/** Of the report that serves all acts: before the workers, and with them. */
const receipts = new Set<string>()
/** Every answer, and the canaries that it may hold. */
const answers: { haystack: Haystack; tells: readonly string[] }[] = []

async function runActs(test: Test, { isAway }: { isAway: boolean }): Promise<void> {
  for (const { name, expect, away = expect, tells = [], run } of [...acts, ...pageActs]) {
    const { status, text, body } = await run(world)
    test.equal(status, isAway ? away : expect, name)
    answers.push({ haystack: { name: `the answer to ${name}`, bytes: Buffer.from(text) }, tells })
    if (status < 300 && body.startsWith('{')) learn(JSON.parse(body))
  }
}

/** A token of somebody at an agency. */
async function partnerToken(): Promise<string> {
  const pool = openPool((await attachEmbeddedPostgres(dataDir)) ?? '', 'sotto_triage', 1)
  try {
    const tokens = localTokens(pool, readKeyringFile(join(dataDir, 'keyring.json')), () => new Date())
    const who = { name: 'Pat', role: 'partner', agency: 'licensing', days: 1 } as const
    return (await pool.transaction((query) => tokens.add(query, who))).token
  } finally {
    await pool.close()
  }
}

/** The first report serves all acts. */
function learn({
  receipt,
  items,
  id,
  submittedOn,
}: {
  receipt?: string
  items?: { id?: string; receivedOn?: string; origin?: string }[]
  id?: string
  submittedOn?: string
}): void {
  if (submittedOn !== undefined && world.submissionId === '') world.submissionId = id ?? ''
  if (world.sharedIn === '') world.sharedIn = items?.find(({ origin }) => origin === 'partner')?.id ?? ''
  if (receipt !== undefined && world.receipt === '') world.receipt = receipt
  if (receipt === world.receipt) receipts.add(world.receipt)
  const listed = items?.find(({ receivedOn }) => receivedOn !== undefined)
  if (world.reportId === '') world.reportId = listed?.id ?? ''
}

/** Kills Postgres, and keeps the service from starting it again until `work` is done. */
async function withoutDatabase(work: () => Promise<void>): Promise<void> {
  const folders = await foldersOf(dataDir)
  await withLock(folders.lock, 5_000, async () => {
    const postmaster = await findPostmaster(folders)
    if (postmaster === undefined) throw new Error('no Postgres to kill')
    process.kill(postmaster.pid, 'SIGKILL')
    await until(async () => (await fetch(`${service.base}/health/ready`)).status === 503)
    await work()
  })
  await until(async () => (await fetch(`${service.base}/health/ready`)).status === 200)
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 180_000
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('waited too long')
    await sleep(20)
  }
}

function secrets(): Record<string, string> {
  return {
    ...planted,
    ...Object.fromEntries(
      [...receipts].flatMap((receipt, at) => [
        [`receipt ${at}`, receipt],
        [`receipt without hyphens ${at}`, receipt.replaceAll('-', '')],
      ]),
    ),
    token: world.token.slice('sotto_'.length),
    'token of a partner': world.partner.slice('sotto_'.length),
  }
}

/** Everything that the service and its Postgres have written, with what is still in memory pages written out. */
async function everything(): Promise<Haystack[]> {
  const url = await attachEmbeddedPostgres(dataDir)
  if (url === undefined) throw new Error('Postgres is not there')
  const { rows } = await asSuperuser(url, async (client) => {
    await client.query('CHECKPOINT')
    return client.query('SELECT * FROM pg_stat_activity')
  })
  return [
    { name: 'the output', bytes: Buffer.concat([...outputs, service.output()]) },
    { name: 'the activity that Postgres shows', bytes: Buffer.from(JSON.stringify(rows)) },
    ...filesUnder(folder),
  ]
}

t.test('a canary is found in each of its forms, wherever it lies in an encoding', async (t) => {
  const scan = scanner({ one: 'QzJvKx+/?', address: '127.83.91.67' })
  const found = (bytes: Buffer | string) => scan({ name: 'here', bytes: Buffer.from(bytes) })
  const isFound = (bytes: Buffer | string) => found(bytes).length > 0
  for (const text of ['QzJvKx+/?', '127.83.91.67']) {
    for (const [form, bytes] of formsOf(text)) {
      t.ok(isFound(Buffer.concat([Buffer.from('\u0000é'), bytes, Buffer.from('\u0000')])), form)
    }
    for (const before of ['', 'a', 'ab', 'abc']) {
      const whole = Buffer.from(`${before}${text}xyz`)
      for (const form of ['hex', 'base64', 'base64url'] as const) {
        t.ok(isFound(`"${whole.toString(form)}"`), `${form} after ${before.length}`)
      }
      t.ok(isFound(JSON.stringify(whole)), 'a Buffer in JSON')
      t.ok(isFound(Buffer.from(whole.toString(), 'utf16le')), 'UTF-16')
      t.ok(isFound(encodeURIComponent(whole.toString())), 'a URL')
    }
  }
  t.strictSame(found('QzJvKx+/'), [{ canary: 'the beginning of a canary', form: 'as it is', where: 'here' }])
  t.strictSame(found('QzJvK QzJv 127.8 MTI3'), [])
})

t.test('of an error its message is never logged, even where it looks like a stack', async (t) => {
  const secret = 'QzJvKx'
  const lines: string[] = []
  const log = createLog('trace', { write: (line: string) => lines.push(line) })
  const cause = Object.assign(new Error(`${secret}\n    at ${secret} (file:///${secret}.js:1:1)`), {
    code: `${secret} `,
    constraint: `a ${secret}`,
    detail: secret,
    rawPacket: Buffer.from(secret),
  })
  const renamed = new RangeError('first')
  renamed.message = `${secret}\n    at ${secret}`
  for (const error of [
    cause,
    new Error(secret, { cause }),
    new AggregateError([cause], secret),
    renamed,
    secret,
    { secret },
  ]) {
    log.error('unforeseen fault', describeError(error))
  }
  log.info('listening', { port: 1, ...({ [secret]: secret, req: { headers: secret } } as object) })
  t.equal(lines.length, 7)
  t.notMatch(lines.join(''), secret)
  t.match(lines[0], /"frames":\["at /)
})

t.test('all that a service does, with its database and without', async (t) => {
  await t.test('with it', (t) => runActs(t, { isAway: false }))
  await t.test('without it', (t) => withoutDatabase(() => runActs(t, { isAway: true })))
  await t.test('and again', (t) => runActs(t, { isAway: false }))
  await t.test('and behind two workers, who tell each other what they count', async (t) => {
    outputs.push(service.output())
    t.equal(await service.end('SIGTERM'), 0)
    service = await startServiceProcess(dataDir, { ...settings, WORKERS: '2' })
    Object.assign(world, { port: Number(new URL(service.base).port), receipt: '' })
    await runActs(t, { isAway: false })
  })
})

t.test('leaves no trace in its output, in any file, or in any answer that did not ask', async (t) => {
  const scan = scanner(secrets())
  const findings: Finding[] = (await everything()).flatMap(scan)
  const isTokenFile = ({ canary, where }: Finding) => canary === 'token' && where === 'data/staff-token'
  t.ok(findings.some(isTokenFile), 'the scan saw the folder')
  const told = answers.flatMap(({ haystack, tells }) =>
    scan(haystack).filter(({ canary }) => !tells.includes(canary.replace(/ \d$/, ''))),
  )
  t.strictSame([...findings.filter((finding) => !isTokenFile(finding)), ...told], [])
  t.match(service.output().toString(), '"msg":"listening"', 'the log was on')
})

t.test('and the scan would have seen one, in a table, in the log of writes, in a log file', async (t) => {
  const url = await attachEmbeddedPostgres(dataDir)
  await asSuperuser(url ?? '', async (client) => {
    await client.query('CREATE TABLE careless (name text, address inet, note bytea)')
    await client.query('INSERT INTO careless VALUES ($1, $2, $3)', [
      planted['User-Agent'],
      '10.0.0.1',
      Buffer.from(planted.narrative ?? ''),
    ])
  })
  appendFileSync(join(dataDir, 'postgres.log'), `ERROR: ${planted['source address']}\n`)
  const scan = scanner(secrets())
  const findings = (await everything()).flatMap(scan)
  const inPart = (name: string, part: RegExp) =>
    findings.some(({ canary, where }) => canary === name && part.test(where))
  t.ok(inPart('User-Agent', /^data\/postgres\/base\//), 'in a table')
  t.ok(inPart('narrative', /^data\/postgres\/base\//), 'as bytes in a table')
  t.ok(inPart('User-Agent', /^data\/postgres\/pg_wal\//), 'in the log of writes')
  t.ok(inPart('source address', /^data\/postgres\.log$/), 'in the log file')
})

t.test('and all of it ends', async (t) => {
  t.equal(await service.end('SIGTERM'), 0)
  rmSync(folder, { recursive: true, force: true })
})
