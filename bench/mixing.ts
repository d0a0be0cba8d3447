import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeKeyring } from '../src/crypto/keyring.ts'
import { mixBox } from '../src/domain/mixing/mixBox.ts'
import { startEmbeddedPostgres } from '../src/embedded/postgres.ts'
import { acceptKeysOf } from '../src/start/acceptKeys.ts'
import { migrate } from '../src/storage/migrate.ts'
import { openPool } from '../src/storage/pool.ts'
import { dayOf } from '../src/vocabulary/calendar.ts'
import { seedBox } from '../test/mixing/seed.ts'
import { takeAnyDayForToday } from '../test/support/anyDay.ts'

/**
 * How long a day takes to mix. Half of the reports lie in batches of 16, half came one by one; every tenth has a
 * message, every other an Idempotency-Key. Beside it: how long intake waited for a commit meanwhile.
 */
const sizes = process.argv.slice(2).map(Number)
const dataDir = mkdtempSync(join(tmpdir(), 'sotto-mixing-'))
const { url, stop } = await startEmbeddedPostgres({ dataDir })
await migrate(url)
const yesterday = new Date('2026-03-10T12:00:00Z')
const today = new Date('2026-03-11T00:20:00Z')
const keyring = makeKeyring(dayOf(yesterday))
const triage = openPool(url, 'sotto_triage', 4)
const intake = openPool(url, 'sotto_intake', 4)
await acceptKeysOf(keyring, triage)
await takeAnyDayForToday(url)
const common = { messageEvery: 10, keptEvery: 2, narrative: 'A fictional report. '.repeat(60) }

for (const size of sizes.length > 0 ? sizes : [1_000, 10_000]) {
  await seedBox(intake, keyring, yesterday, { reports: size / 2, together: 16, ...common })
  await seedBox(intake, keyring, yesterday, { reports: size / 2, together: 1, ...common })
  let isMixing = true
  const waits: number[] = []
  const trickle = async () => {
    while (isMixing) {
      const began = performance.now()
      await seedBox(intake, keyring, today, { reports: 1, together: 1, keptEvery: 1 })
      waits.push(performance.now() - began)
    }
  }
  const trickling = trickle()
  const began = performance.now()
  const outcome = await mixBox({ pool: triage, keyring, clock: () => today, interval: 0 })
  const seconds = (performance.now() - began) / 1_000
  isMixing = false
  await trickling
  waits.sort((a, b) => a - b)
  const at = (share: number) => Math.round(waits[Math.floor(waits.length * share)] ?? 0)
  const most = Math.round(waits.at(-1) ?? 0)
  const memory = Math.round(process.memoryUsage.rss() / 1024 ** 2)
  process.stdout.write(
    `${JSON.stringify({ size, seconds: Number(seconds.toFixed(1)), ...outcome, memory, intake: { count: waits.length, p50: at(0.5), p99: at(0.99), most } })}\n`,
  )
}
await triage.close()
await intake.close()
await stop()
rmSync(dataDir, { recursive: true, force: true })
