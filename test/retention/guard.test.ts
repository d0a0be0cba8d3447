import { runCommandLine } from '../../src/cli/commandLine.ts'
import { readKeyringFile } from '../../src/crypto/keyring.ts'
import { auditTrail } from '../../src/domain/audit/trail.ts'
import { purge } from '../../src/domain/retention/purge.ts'
import { clockDoubt, earlierClock, noteNight } from '../../src/domain/retention/steadiness.ts'
import { afterMixing } from '../../src/jobs/afterMixing.ts'
import { createLog } from '../../src/log.ts'
import { openPool } from '../../src/storage/pool.ts'
import { addDays, dayOf } from '../../src/vocabulary/calendar.ts'
import { asSuperuser } from '../support/cluster.ts'
import { fillReports } from '../support/manyReports.ts'
import { startTestService } from '../support/service.ts'
import { t } from '../support/suite.ts'

/** A wrong clock makes everything due: what cannot be undone goes by shares, and not by a clock in doubt. */

const day = 86_400_000
const service = await startTestService(t)
const pool = openPool(service.databaseUrl, 'sotto_triage', 3)
t.after(() => pool.close())
const keyring = readKeyringFile(service.keyringFile)
const periods = { unassessedDays: 365, graceDays: 14 }
const depsAt = (clock: () => Date) => ({
  pool,
  keyring,
  audit: auditTrail(pool, keyring, clock),
  clock,
  periods,
})
const later = (days: number) => depsAt(() => new Date(Date.now() + days * day))
const sql = (text: string, values: unknown[] = []) =>
  asSuperuser(service.databaseUrl, async (client) => (await client.query(text, values)).rows)
const count = async (table: string) => (await sql(`SELECT count(*)::integer AS n FROM ${table}`))[0].n
const sotto = (...words: string[]) => runCommandLine(words)
Object.assign(process.env, { DATABASE_URL: service.databaseUrl, KEYRING_FILE: service.keyringFile })
const today = dayOf(new Date())

/** So many reports of a year and more ago, each of a day of its own. */
async function oldReports(many: number): Promise<void> {
  await sql('DELETE FROM reports')
  await asSuperuser(service.databaseUrl, (client) =>
    fillReports(client, { main: many, box: 0, bodyBytes: 100 }),
  )
  await sql(`UPDATE reports r SET received_on = current_date - 400 - n.n::integer, review_group = 'unassessed',
               legal_hold = false, pending = false
               FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM reports) n WHERE n.id = r.id`)
  await sql(
    'UPDATE night_watch SET last_night = NULL, steady_nights = 7, purged_on = NULL, purged = 0, ended = 0',
  )
}

t.test('a night takes the oldest first, and no more than its share, however often it begins', async (t) => {
  await oldReports(50)
  t.match(await purge(later(0)), { reports: 20, waiting: 30 })
  const left = await sql(
    'SELECT max(received_on)::text AS newest, min(received_on)::text AS oldest FROM reports',
  )
  t.same(left, [{ newest: addDays(today, -401), oldest: addDays(today, -430) }])
  t.match(await purge(later(0)), { reports: 0, waiting: 30 }, 'the share of this night is used up')
  t.match(await purge(later(1)), { reports: 20, waiting: 10 })
  t.match(await purge(later(0)), { reports: 0 }, 'a clock that goes back gives none anew')
  t.match(await purge(later(2), { dryRun: true }), { reports: 10, waiting: 0 })
  t.match(await purge(later(1), { beyondShare: true }), { reports: 10, waiting: 0 })
})

t.test('of many, one in twenty goes in a night', async (t) => {
  await oldReports(1_000)
  t.match(await purge(later(0), { dryRun: true }), { reports: 50, waiting: 950 })
})

t.test('a clock 400 days ahead of the database destroys, forgets and freezes nothing', async (t) => {
  await oldReports(30)
  const [events, frozen] = [await count('events'), await count('frozen_months')]
  await sql(
    `INSERT INTO events (id, at, kind, report_id) VALUES (1000001, now() - interval '1 day', 'report-changed', gen_random_uuid())`,
  )
  const lines: string[] = []
  const log = createLog('info', { write: (line: string) => lines.push(line) })
  for (const days of [400, -400]) {
    await afterMixing({ ...later(days), log }, addDays(today, days))
    t.match(lines.pop(), /a clock is in doubt.*|clocks-differ/)
  }
  t.equal(await count('reports'), 30)
  t.equal(await count('events'), events + 1)
  t.equal(await count('frozen_months'), frozen)
  t.match(await pool.transaction((query) => clockDoubt(query, new Date(Date.now() + 61 * 60_000))), {
    why: 'clocks-differ',
  })
})

t.test('after a jump of both clocks it waits for seven steady nights', async (t) => {
  await oldReports(30)
  const doubt = () => pool.transaction((query) => clockDoubt(query, new Date()))
  const note = (on: string) => pool.transaction((query) => noteNight(query, on))
  await note(addDays(today, -400))
  t.same(await doubt(), { why: 'clock-jumped', nightsLeft: 7 }, 'seen before the first pass after it')
  await sql(
    `INSERT INTO events (id, at, kind, report_id) VALUES (1000002, now() - interval '40 days', 'report-changed', gen_random_uuid())`,
  )
  const [events, frozen] = [await count('events'), await count('frozen_months')]
  const log = createLog('silent')
  await afterMixing({ ...later(0), log }, today)
  t.equal(await count('reports'), 30)
  t.same([await count('events'), await count('frozen_months')], [events, frozen], 'nor forgets or freezes')
  t.same(await doubt(), { why: 'clock-jumped', nightsLeft: 7 })

  await sql('UPDATE night_watch SET last_night = current_date - 12, steady_nights = 7')
  await note(addDays(today, -9))
  for (const night of [-8, -8, -6, -5, -4, -3, -1]) await note(addDays(today, night))
  t.same(await doubt(), { why: 'clock-jumped', nightsLeft: 1 }, 'a night that was missed is no jump')
  await afterMixing({ ...later(0), log }, today)
  t.equal(await doubt(), undefined)
  t.equal(await count('reports'), 10, 'and the seventh purges')
})

t.test('a day has ended once both clocks say so', async (t) => {
  const at = (days: number) =>
    pool.transaction((query) => earlierClock(query, new Date(Date.now() + days * day)))
  t.ok(Math.abs((await at(400)).getTime() - Date.now()) < day / 2)
  t.ok((await at(-400)).getTime() < Date.now() - 399 * day)
})

t.test('by hand it says the same, and goes on with --yes', async (t) => {
  await oldReports(50)
  await sql('UPDATE night_watch SET last_night = current_date - 400')
  t.match(await sotto('purge'), { code: 1, stderr: /jumped by more than two days.*--yes/ })
  t.match(await sotto('purge', '--dry-run'), {
    code: 0,
    stdout: /^would purge 20 reports/,
    stderr: /jumped by more than two days[\s\S]*30 more are due/,
  })
  t.equal(await count('reports'), 50)
  await sql('UPDATE night_watch SET last_night = NULL')
  await sql(`UPDATE reports SET loosened_on = current_date - 3 WHERE received_on = current_date - 450`)
  t.match(await sotto('purge', '--dry-run'), { stderr: new RegExp(`1 were loosened.*${addDays(today, 11)}`) })
  t.match(await sotto('purge'), {
    code: 0,
    stdout: /^purged 20 reports.*1 \(grace\)/,
    stderr: /29 more are due/,
  })
  t.match(await sotto('purge', '--json'), { code: 0, stdout: /"reports":0,.*"waiting":29/ })
  await sql('UPDATE night_watch SET last_night = current_date - 400')
  t.match(await sotto('purge', '--yes'), { code: 0, stdout: /^purged 29 reports/ })
  t.equal(await count('reports'), 1, 'what was loosened lately stays all the same')
})

t.end()
