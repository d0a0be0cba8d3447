import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { asSuperuser } from '../support/cluster.ts'
import { startTestService } from '../support/service.ts'
import { t } from '../support/suite.ts'

/** Measurements for Prometheus: of a live report nothing shows. */

const service = await startTestService(t, { environment: { METRICS_PORT: '0' } })
const { metrics } = service
if (metrics === undefined) throw new TypeError('it is measured')

/** What a scrape shows once everything was measured anew. */
async function scrape(): Promise<string> {
  await metrics?.measure()
  return (await fetch(`http://127.0.0.1:${metrics?.port}/metrics`)).text()
}

/** The machine's own doing, which is busy with other tests. */
const ofMachine = /^sotto_(event_loop|memory)_state .*$/gm

t.test('a scrape is the same with one report and without', async (t) => {
  const before = await scrape()
  t.equal((await scrape()).replace(ofMachine, ''), before.replace(ofMachine, ''), 'it is steady')
  const payload = { category: 'other-serious-crime', narrative: 'One report, of which no measurement tells.' }
  const { statusCode, body } = await service.inject({ method: 'POST', url: '/v1/reports', payload })
  t.equal(statusCode, 201)
  const { receipt } = JSON.parse(body)
  await service.inject({ url: '/v1/mailbox', headers: { authorization: `Bearer ${receipt}` } })
  const after = await scrape()
  t.equal(after.replace(ofMachine, ''), before.replace(ofMachine, ''))
  for (const [line] of after.matchAll(ofMachine)) t.match(line, / [012]$/, 'and of the machine only a state')
})

t.test('none of the usual measurements of a process is there, and nothing else is served', async (t) => {
  t.notMatch(await scrape(), /process_|nodejs_/)
  t.equal((await fetch(`http://127.0.0.1:${metrics.port}/`)).status, 404)
  t.equal((await fetch(`http://127.0.0.1:${metrics.port}/metrics`, { method: 'POST' })).status, 404)
})

t.test('the total of a day shows once the day is mixed, and an overdue mixing in hours', async (t) => {
  const sql = (text: string) => asSuperuser(service.databaseUrl, (client) => client.query(text))
  t.match(await scrape(), /^sotto_mixing_overdue_hours 0$/m)
  await sql(`INSERT INTO mixings (day, mixed_on, unopened, unplaced, emptied_on, log_kept)
             VALUES (current_date - 4, current_date - 3, 0, 0, current_date - 3, '{switch}')`)
  const late = await scrape()
  t.match(late, /^sotto_mixing_overdue_hours [1-9]\d$/m)
  t.match(late, /^sotto_mixing_log_kept 1$/m)
  t.match(late, /^sotto_reports_last_mixed_day 0$/m)
  await sql('DELETE FROM mixings')
})

t.test('a part that is down shows', async (t) => {
  t.match(await scrape(), /^sotto_part_up\{part="intake"\} 1$/m)
})

t.test('dashboard and alert rules ask for what is measured, and for all of it', async (t) => {
  await asSuperuser(service.databaseUrl, (client) =>
    client.query(`UPDATE night_watch SET last_night = current_date`),
  )
  const measured = new Set([...(await scrape()).matchAll(/^# TYPE (sotto_\w+)/gm)].map(([, name]) => name))
  const folder = new URL('../../../deploy/observability/', import.meta.url)
  const dashboard = readFileSync(new URL('dashboard.json', folder), 'utf8')
  const rules = readFileSync(new URL('alerts.yaml', folder), 'utf8')
  const { panels } = JSON.parse(dashboard) as { panels: { targets: { expr: string }[] }[] }
  const { groups } = parse(rules) as { groups: { rules: { alert: string; expr: string }[] }[] }
  const asked = [
    ...panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
    ...groups.flatMap((group) => group.rules.map(({ expr }) => expr)),
  ]
  t.ok(asked.length > 15)
  const named = new Set(asked.flatMap((expr) => expr.match(/sotto_\w+/g) ?? []))
  t.strictSame(
    [...named].filter((name) => !measured.has(name)),
    [],
    'nothing is asked for that is not there',
  )
  t.strictSame(
    [...measured].filter((name) => name !== undefined && !named.has(name)),
    [],
    'and nothing is left unasked',
  )
})

t.end()
