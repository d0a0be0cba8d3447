import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { newReceipt, parseReceipt } from '../src/crypto/receipt.ts'
import { startEmbeddedPostgres } from '../src/embedded/postgres.ts'
import { describeMachine } from './machine.ts'
import { median } from './percentile.ts'
import { startServer } from './servers.ts'
import { print, printTable } from './table.ts'

/*
 * Whether the time of an answer tells what is wrong with a receipt. Receipts of each kind are tried in turn, in an
 * order drawn anew each round, over one connection; each kind is compared with the first by the median of all pairs,
 * with a confidence interval by bootstrap, and by the test of Mann and Whitney.
 */

const { values: options } = parseArgs({ options: { calls: { type: 'string', default: '3000' } } })
const rounds = Number(options.calls)
const warmUp = 300

const folder = mkdtempSync(join(tmpdir(), 'sotto-receipts-'))
const postgres = await startEmbeddedPostgres({ dataDir: folder })
const client = new pg.Client({ connectionString: postgres.url })
await client.connect()
// Without a threshold of failed tries: after the first thirty a minute each would need a proof of work.
const service = await startServer('src/main.js', {
  DATA_DIR: folder,
  PORT: '0',
  RATE_LIMIT: '0',
  CHALLENGE: 'off',
})
const agent = new Agent({ keepAlive: true, maxSockets: 1 })

interface Kind {
  name: string
  receipt(round: number): string
}

async function makeKinds(): Promise<Kind[]> {
  const receipts: string[] = []
  for (let i = 0; i < 400; i++) receipts.push(await send())
  const [ended, living] = [receipts.slice(0, 200), receipts.slice(200)]
  for (const receipt of ended) await call(receipt, 'DELETE')
  const near = living.map(similar)
  // Beforehand: making one takes the client some time, which would be seen in the call after it.
  const made = () => Array.from({ length: 200 }, newReceipt)
  const pick = (from: readonly string[]) => (round: number) => from[round % from.length] ?? ''
  return [
    { name: 'never existed', receipt: pick(made()) },
    { name: 'never existed, again', receipt: pick(made()) },
    { name: 'always the same', receipt: pick(['0000-0000-0000-0000-0000-0000-0000']) },
    { name: 'of a mailbox that was ended', receipt: pick(ended) },
    { name: 'one symbol from a living one', receipt: pick(near) },
  ]
}

async function send(): Promise<string> {
  const answer = await fetch(`${service.url}/v1/reports`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"category":"other-serious-crime","narrative":"A fictional report, for its receipt."}',
  })
  return ((await answer.json()) as { receipt: string }).receipt
}

/** Differs from a living receipt in its first symbol, and has the right check. */
function similar(receipt: string): string {
  const symbols = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
  const first = receipt.startsWith('0') ? '1' : '0'
  const rest = receipt.replaceAll('-', '').slice(1, 26)
  for (const high of symbols) {
    for (const low of symbols) {
      const candidate = `${first}${rest}${high}${low}`
      if ('canonical' in parseReceipt(candidate)) return candidate
    }
  }
  throw new Error('no check fits')
}

/** Milliseconds from the request to the whole answer, which must be the expected one. */
function call(receipt: string, method = 'GET'): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${receipt}` }
    const since = performance.now()
    const outgoing = request(`${service.url}/v1/mailbox`, { method, headers, agent }, (response) => {
      response.resume().on('end', () => {
        const took = performance.now() - since
        if (response.statusCode === (method === 'GET' ? 401 : 204)) resolve(took)
        else reject(new Error(`answered ${response.statusCode}`))
      })
    })
    outgoing.on('error', reject).end()
  })
}

function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item)
}

/** The interval in which, by resampling, the difference of the medians lies in 95 of 100 cases. */
function bootstrap(one: readonly number[], other: readonly number[]): [number, number] {
  const resample = (values: readonly number[]) =>
    median(values.map(() => values[Math.floor(Math.random() * values.length)] as number))
  const differences = Array.from({ length: 1000 }, () => resample(other) - resample(one)).sort(
    (a, b) => a - b,
  )
  return [differences[25] as number, differences[974] as number]
}

/** The chance that samples of one source differ as much as these (Mann-Whitney U, normal approximation). */
function mannWhitney(one: readonly number[], other: readonly number[]): number {
  const all = [...one.map((value) => ({ value, of: 0 })), ...other.map((value) => ({ value, of: 1 }))]
  all.sort((a, b) => a.value - b.value)
  const rankSum = all.reduce((sum, { of }, rank) => (of === 0 ? sum + rank + 1 : sum), 0)
  const [n, m] = [one.length, other.length]
  const u = rankSum - (n * (n + 1)) / 2
  const z = (u - (n * m) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12)
  return 2 * (1 - normal(Math.abs(z)))
}

/** The normal distribution (Abramowitz and Stegun 26.2.17). */
function normal(z: number): number {
  const t = 1 / (1 + 0.2316419 * z)
  const tail =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return 1 - (tail * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI)
}

try {
  print(await describeMachine(client))
  const kinds = await makeKinds()
  const times = kinds.map((): number[] => [])
  for (let round = -warmUp; round < rounds; round++) {
    for (const kind of shuffled(kinds)) {
      const took = await call(kind.receipt(round + warmUp))
      if (round >= 0) times[kinds.indexOf(kind)]?.push(took)
    }
  }
  print(`${rounds} calls of each kind, in turn; microseconds\n`)
  const [base = []] = times
  printTable(
    ['receipt', 'median', 'difference', '95 % from', 'to', 'Mann-Whitney p'],
    kinds.map(({ name }, at) => {
      const own = times[at] ?? []
      const micro = (milliseconds: number) => (milliseconds * 1000).toFixed(1)
      if (at === 0) return [name, micro(median(own)), '', '', '', '']
      const [from, to] = bootstrap(base, own)
      const difference = median(own) - median(base)
      return [
        name,
        micro(median(own)),
        micro(difference),
        micro(from),
        micro(to),
        mannWhitney(base, own).toFixed(3),
      ]
    }),
  )
} finally {
  agent.destroy()
  await service.stop()
  await client.end()
  await postgres.stop()
  rmSync(folder, { recursive: true, force: true })
}
