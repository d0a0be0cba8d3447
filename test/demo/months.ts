import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { connect, report } from '../../client/src/index.ts'
import { fillDesk } from '../../src/cli/demo/desk.ts'
import { demoPeople, tokensOfPeople } from '../../src/cli/demo/people.ts'
import { mix } from '../../src/cli/mix.ts'
import { table } from '../../src/cli/table.ts'
import { loadConfig } from '../../src/config.ts'
import { writeKeyringFile } from '../../src/crypto/keyring.ts'
import { urlOf } from '../../src/embedded/connection.ts'
import { foldersOf, socketFolderOf } from '../../src/embedded/folders.ts'
import { createLog } from '../../src/log.ts'
import type { Report } from '../../src/schemas/report.ts'
import { newKeyring } from '../../src/start/newKeyring.ts'
import { startService } from '../../src/start/service.ts'
import { dayOf } from '../../src/vocabulary/calendar.ts'
import { movedClock } from '../support/movedClock.ts'

/**
 * `npm run demo:months`: a service on a database of its own, made anew, that has lived through the four months before this
 * one: its clock is moved, which no other database lets be done. So there are published statistics to look at; today's work is
 * done on top, as `npm run demo` does it. Serves until it is stopped.
 */

/** How many reports came of each category, month by month. Those below ten are hidden. */
const came: readonly (readonly [Report['category'], readonly number[]])[] = [
  ['property-misuse', [18, 23, 27, 31]],
  ['county-lines', [12, 16, 15, 22]],
  ['drug-trafficking', [21, 19, 14, 17]],
  ['antisocial-behaviour', [16, 11, 9, 14]],
  ['modern-slavery', [4, 7, 12, 11]],
  ['fraud-financial-crime', [11, 5, 8, 6]],
  ['firearms-weapons', [2, 0, 3, 3]],
]
const months = Math.max(...came.map(([, counts]) => counts.length))

const dataDir = join(loadConfig().dataDir, 'months')
process.env.DATA_DIR = dataDir
process.env.RATE_LIMIT = '0'
process.env.CHALLENGE = 'off'
rmSync(dataDir, { recursive: true, force: true })
mkdirSync(dataDir, { recursive: true, mode: 0o700 })

/** A day in the middle of the month so many before this one. */
function dayInMonth(ago: number): Date {
  const today = new Date()
  return new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - ago, 15, 10))
}

const before = dayInMonth(months)
let now = before
writeKeyringFile(join(dataDir, 'keyring.json'), newKeyring(dayOf(before)))

const start = () => startService(loadConfig(), createLog('error'), { clock: () => now })
// Makes the database, of which the clock is then moved.
const first = await start()
const url = urlOf(socketFolderOf(await foldersOf(dataDir)))
const clock = await movedClock(url, before).finally(() => first.close())

const service = await start()
let ticking: NodeJS.Timeout | undefined
const end = async () => {
  clearInterval(ticking)
  await service.close()
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end())
try {
  await demonstrate(`http://127.0.0.1:${service.address.port}`)
} catch (error) {
  process.stderr.write(`${String(error)}\n`)
  process.exitCode = 1
  await end()
}

async function demonstrate(base: string): Promise<void> {
  for (let month = 0; month < months; month++) {
    await liveThroughMonth(base, month)
    now = month + 1 < months ? dayInMonth(months - month - 1) : new Date()
    await clock.moveTo(now)
    await mix.run([])
  }
  // From here on it is today.
  ticking = setInterval(() => {
    now = new Date()
    void clock.moveTo(now).catch(() => undefined)
  }, 1_000)
  await workToday(base)
}

async function liveThroughMonth(at: string, month: number): Promise<void> {
  const sender = connect(at, { attempts: 3, delay: 100 })
  for (const [category, counts] of came)
    for (let number = 1; number <= (counts[month] ?? 0); number++)
      await report(sender, {
        category,
        narrative: `What somebody made up saw on a day of that month, in their own words, number ${number}.`,
      })
}

async function workToday(at: string): Promise<void> {
  const samples: Report[] = JSON.parse(
    readFileSync(new URL('../../../fixtures/reports.json', import.meta.url), 'utf8'),
  )
  const sender = connect(at, { attempts: 3, delay: 100 })
  for (const one of samples) await report(sender, one)
  const tokens = await tokensOfPeople()
  await fillDesk(at, tokens)
  const rows = demoPeople.map(([who, { name, role }]) => [name, role, tokens[who]])
  process.stdout.write(
    `\n${table(['WHO', 'ROLE', 'TOKEN, GOOD FOR A DAY'], rows)}\nSign in as any of them: ${at}/console/ (Ctrl-C ends it)\n`,
  )
}
