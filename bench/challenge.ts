import { pbkdf2Sync } from 'node:crypto'
import { solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2'
import { harder, leastEffort } from '../src/domain/challenge/effort.ts'
import { checkProof, makeChallenge } from '../src/domain/challenge/proof.ts'
import type { DaySecrets } from '../src/domain/challenge/secrets.ts'

/** What a proof of work costs whoever solves it, on one core of this machine, and what it costs the service. */

const rounds = 9
const secrets: DaySecrets = {
  day: '2026-11-24',
  signature: 's'.repeat(64),
  keySignature: 'k'.repeat(64),
  ticket: Buffer.alloc(32),
  hash: () => Buffer.alloc(32),
}
const print = (line: string) => process.stdout.write(`${line}\n`)

async function milliseconds(work: () => unknown): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

const baseline = await milliseconds(() => pbkdf2Sync('p', 's', 1_000_000, 32, 'sha256'))
print(`baseline: ${(1_000 / baseline).toFixed(1)} million iterations of PBKDF2 a second on one core`)

for (const doublings of [0, 1, 2, 3]) {
  const effort = harder(leastEffort, doublings)
  const times: number[] = []
  for (let i = 0; i < rounds; i++) {
    const challenge = await makeChallenge(secrets, effort, new Date())
    times.push(await milliseconds(() => solveChallenge({ challenge, deriveKey })))
  }
  times.sort((a, b) => a - b)
  const [least, median, most] = [times[0], times[rounds >> 1], times.at(-1)].map((time) =>
    Math.round(time ?? 0),
  )
  print(`solve at level ${doublings}: median ${median} ms, ${least} to ${most} ms`)
}

const hardest = harder(leastEffort, 3)
const issued = await milliseconds(async () => {
  for (let i = 0; i < 500; i++) await makeChallenge(secrets, hardest, new Date())
})
const challenge = await makeChallenge(secrets, { cost: 1, tries: 2 }, new Date())
const solution = await solveChallenge({ challenge, deriveKey })
if (solution === null) throw new Error('not solved')
const checked = await milliseconds(async () => {
  for (let i = 0; i < 500; i++) await checkProof({ challenge, solution }, [secrets], new Date())
})
print(
  `the service: ${(issued / 500).toFixed(2)} ms to make one, ${(checked / 500).toFixed(2)} ms to check one`,
)
