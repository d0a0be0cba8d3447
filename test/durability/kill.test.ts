import { randomInt } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { readKeyringFile } from '../../src/crypto/keyring.ts'
import { deriveMailboxKeys, parseReceipt } from '../../src/crypto/receipt.ts'
import { foldersOf } from '../../src/embedded/folders.ts'
import { attachEmbeddedPostgres, startEmbeddedPostgres } from '../../src/embedded/postgres.ts'
import { findPostmaster } from '../../src/embedded/postmaster.ts'
import { serversIn } from '../../src/embedded/processes.ts'
import { asSuperuser } from '../support/cluster.ts'
import { memoryFolder } from '../support/memoryFolder.ts'
import { rounds } from '../support/rounds.ts'
import { type ServiceProcess, startServiceProcess } from '../support/serviceProcess.ts'
import { type Test, t } from '../support/suite.ts'
import { type Sent, send, startBurst } from './reporters.ts'
import { countHalves, openStored, reportOfMailbox, storedIds, untilIdle } from './stored.ts'

const dataDir = mkdtempSync(join(memoryFolder, 'sotto-kill-'))
let service = await startServiceProcess(dataDir)
// The promise is the service's own: it holds whatever the database says of it.
await asSuperuser(await databaseUrl(), (client) =>
  client.query('ALTER DATABASE sotto SET synchronous_commit = off'),
)
const keyring = readKeyringFile(join(dataDir, 'keyring.json'))
const reporters = 24
t.setTimeout(400_000)

/** Everything that was ever sent, by marker; every report that was ever found stored, by id and by marker. */
const sent = new Map<string, Sent>()
const markerOf = new Map<string, string>()
const idOf = new Map<string, string>()

type Victim = 'service' | 'postgres' | 'both'

async function kill(victim: Victim): Promise<void> {
  if (victim !== 'postgres') {
    const gone = service.end('SIGKILL')
    if (victim === 'both') await killPostgres()
    await gone
    service = await startServiceProcess(dataDir)
  } else {
    await killPostgres()
    await readyAgain(service)
  }
}

/** The postmaster first, so that it cannot tidy up after its children. */
async function killPostgres(): Promise<void> {
  const folders = await foldersOf(dataDir)
  const postmaster = await findPostmaster(folders)
  if (postmaster === undefined) throw new Error('no Postgres to kill')
  process.kill(postmaster.pid, 'SIGKILL')
  for (const { pid, isPostmaster } of await serversIn(folders.cluster)) {
    if (!isPostmaster) killIfThere(pid)
  }
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** The service starts its Postgres again by itself. */
async function readyAgain({ base }: ServiceProcess): Promise<void> {
  const deadline = Date.now() + 180_000
  for (;;) {
    const { status } = await fetch(`${base}/health/ready`)
    if (status === 200) return
    if (Date.now() > deadline) throw new Error('the service is not ready again')
    await sleep(20)
  }
}

async function databaseUrl(): Promise<string> {
  const url = await attachEmbeddedPostgres(dataDir)
  if (url === undefined) throw new Error('Postgres is not there')
  return url
}

/** Opens what has been stored since the last look, and compares it with what was sent. */
async function lookAtStored(test: Test): Promise<void> {
  const url = await databaseUrl()
  await untilIdle(url)
  const broken: string[] = []
  for (const { id, report } of await openStored(url, keyring, markerOf)) {
    const marker = report.narrative.slice(-36)
    if (idOf.has(marker)) broken.push('stored twice')
    if (!isSame(report, sent.get(marker)?.report)) broken.push('not as it was sent')
    markerOf.set(id, marker)
    idOf.set(marker, id)
  }
  test.same(broken, [], 'what is stored is what was sent, once')
  const halves = await countHalves(url)
  test.ok(
    Object.values(halves ?? { none: 1 }).every((count) => count === 0),
    'nothing is half there',
    { halves },
  )
}

/** The order of properties counts too: the text is the same. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

function isFound({ marker }: Sent): boolean {
  return idOf.has(marker)
}

/** Sends again what carried a key, and compares with what was answered the first time, if anything was. */
async function repeat(test: Test, round: readonly Sent[]): Promise<void> {
  const keyed = round.filter(({ key }) => key !== undefined)
  const unsure = keyed.filter(({ answer }) => answer?.status !== 201)
  const sure = keyed.filter(({ answer }) => answer?.status === 201).slice(-5)
  const broken: string[] = []
  for (const one of [...unsure, ...sure]) {
    const answer = await send(service.base, one)
    if (answer?.status !== 201) broken.push(`answered ${answer?.status}`)
    else if (answer.replayed !== isFound(one)) broken.push('replayed although new, or new although stored')
    else if (one.answer?.status === 201 && answer.body.receipt !== one.answer.body.receipt) {
      broken.push('another receipt')
    }
    one.answer = answer
  }
  test.same(broken, [], `${keyed.length} keys: a repeat is answered as the first was`)
  await lookAtStored(test)
  await test.resolves(receiptsFit([...unsure, ...sure]), 'each receipt opens the mailbox of its own report')
}

async function receiptsFit(repeated: readonly Sent[]): Promise<void> {
  const url = await databaseUrl()
  for (const { answer, marker } of repeated) {
    const parsed = parseReceipt(answer?.body.receipt ?? '')
    if ('fault' in parsed) throw new Error('no receipt')
    const id = await reportOfMailbox(url, deriveMailboxKeys(parsed.canonical).lookupId)
    if (id === undefined || id !== idOf.get(marker)) throw new Error('a receipt of another report')
  }
}

const counts = { kills: 0, sent: 0, acknowledged: 0, unanswered: 0, refused: 0, storedUnanswered: 0 }

async function killRound(test: Test, victim: Victim): Promise<void> {
  const burst = startBurst(service.base, reporters)
  await burst.begun
  await sleep(randomInt(20, 200))
  const killed = kill(victim)
  const round = await burst.stop()
  await killed
  for (const one of round) sent.set(one.marker, one)

  await lookAtStored(test)
  const acknowledged = round.filter(({ answer }) => answer?.status === 201)
  test.ok(acknowledged.length > 0, 'some reports were taken')
  test.same(
    acknowledged.filter((one) => !isFound(one)),
    [],
    `${victim}: all ${acknowledged.length} reports that got 201 are there`,
  )
  const unanswered = round.filter(({ answer }) => answer === undefined)
  const refused = round.filter(({ answer }) => answer !== undefined && answer.status !== 201)
  test.ok(
    refused.every(({ answer }) => answer?.status === 503),
    'who was refused was told to come back',
  )
  counts.kills += 1
  counts.sent += round.length
  counts.acknowledged += acknowledged.length
  counts.unanswered += unanswered.length
  counts.refused += refused.length
  counts.storedUnanswered += [...unanswered, ...refused].filter(isFound).length
  await repeat(test, round)
}

const victims: Victim[] = [
  ...Array(rounds(2, 6)).fill('service'),
  ...Array(rounds(2, 12)).fill('postgres'),
  ...Array(rounds(1, 2)).fill('both'),
]

await t.test('no kill -9 loses, halves or doubles a report', async (t) => {
  for (const victim of victims) await killRound(t, victim)
  t.comment(JSON.stringify(counts))
  t.ok(
    counts.kills === victims.length && counts.unanswered + counts.refused > 0,
    'reports were under way at the kills',
  )
  const ids = new Set(await storedIds(await databaseUrl()))
  t.ok(
    [...markerOf.keys()].every((id) => ids.has(id)),
    'what was there once is there at the end',
  )
})

await t.test(
  'SIGTERM in mid-burst: what was accepted is finished, the rest is refused, within 10 s',
  async (t) => {
    const url = await databaseUrl()
    await asSuperuser(url, async () => {
      const burst = startBurst(service.base, reporters)
      await burst.begun
      await sleep(100)
      // Whatever is not finished after nine seconds is cut off with another code (start/stopping.ts).
      t.equal(await service.end('SIGTERM'), 0, 'it ends of its own accord, in time')
      const round = await burst.stop()
      for (const one of round) sent.set(one.marker, one)
      await lookAtStored(t)
      const answered = round.filter(({ answer }) => answer !== undefined)
      t.ok(
        answered.every(({ answer }) => answer?.status === 201),
        'every answer is a receipt',
      )
      t.ok(answered.every(isFound), `all ${answered.length} reports that were answered are there`)
      t.notOk(round.filter(({ answer }) => answer === undefined).some(isFound), 'what was refused is not')
    })
  },
)

if ((await attachEmbeddedPostgres(dataDir)) !== undefined) {
  const { stop } = await startEmbeddedPostgres({ dataDir })
  await stop()
}
rmSync(dataDir, { recursive: true, force: true })
