import { randomUUID } from 'node:crypto'
import { recordHash } from '../../src/domain/audit/chainedRecord.ts'
import { asSuperuser } from '../support/cluster.ts'
import { sampleReport } from '../support/reports.ts'
import { startTestService } from '../support/service.ts'
import { t } from '../support/suite.ts'

/* Reading and record are one statement for a report that has left the box: consult.test.ts looks at one that has not. */

const service = await startTestService(t)
const report = sampleReport()
await service.inject({ method: 'POST', url: '/v1/reports', payload: report })
const supervisor = await service.token('supervisor')
const headers = { authorization: `Bearer ${supervisor}` }

const ask = (path: string, reason = '') =>
  service.inject({
    url: `/v1/triage${path}`,
    headers: { ...headers, ...(reason && { 'audit-reason': reason }) },
  })
const [{ id }] = (await ask('/reports')).json().items
const { id: own, name } = (await ask('/me')).json()

const changed = (text: string, values: unknown[]) =>
  asSuperuser(service.databaseUrl, (client) => client.query(text, values))

interface AuditRow {
  seq: number
  at: Date
  actor: string
  role: string
  action: string
  target: string
  recipients: string[]
  reason_id: string | null
  hash: Buffer
}

async function trail(): Promise<AuditRow[]> {
  const { rows } = await changed('SELECT * FROM audit_records ORDER BY seq', [])
  return rows.map((row) => ({ ...row, seq: Number(row.seq) }))
}

/** The records that `work` adds. */
async function recordsOf(work: () => Promise<unknown>): Promise<AuditRow[]> {
  const before = (await trail()).length
  await work()
  return (await trail()).slice(before)
}

const patched = await service.inject({
  method: 'PATCH',
  url: `/v1/triage/reports/${id}`,
  headers: { ...headers, 'if-match': '"1"' },
  payload: { assignee: own },
})

t.test('out of the box too each reading has its one record, and what nobody is shown has none', async (t) => {
  t.equal(patched.statusCode, 200, 'it has left the box')
  const readings = await recordsOf(async () => {
    const answer = (await ask(`/reports/${id}`, 'A call')).json()
    t.match(answer, { assignee: { id: own, name }, report: { narrative: report.narrative } })
    await ask(`/reports/${id}`)
  })
  t.match(
    readings.map(({ actor, action, target }) => ({ actor, action, target })),
    Array(2).fill({ actor: own, action: 'consultation', target: `report/${id}` }),
  )
  t.same(
    readings.map((row) => row.reason_id === null),
    [false, true],
  )

  const { rows } = await changed('SELECT body, batch_id AS batch FROM reports WHERE id = $1', [id])
  const [{ body, batch }] = rows

  await changed('UPDATE reports SET body = set_byte(body, 40, get_byte(body, 40) # 1) WHERE id = $1', [id])
  const spoiled = await recordsOf(async () => {
    const { report: content, flags } = (await ask(`/reports/${id}`)).json()
    t.same([content, flags], [null, ['unreadable']], 'it does not open, and that was looked at')
  })
  t.equal(spoiled.length, 1)
  await changed('UPDATE reports SET body = $2 WHERE id = $1', [id, body])

  // A key that this keyring lacks is in no table either.
  const unchecked = 'SET session_replication_role = replica;'
  const answers: [string, unknown[], string, unknown[], number][] = [
    [
      'UPDATE reports SET restricted = true, restricted_to = $2 WHERE id = $1',
      [id, [randomUUID()]],
      "UPDATE reports SET restricted = false, restricted_to = '{}' WHERE id = $1",
      [id],
      404,
    ],
    [
      `${unchecked} UPDATE batch_keys SET kid = 'org-of-nobody-' || kid WHERE batch_id = '${batch}'`,
      [],
      `${unchecked} UPDATE batch_keys SET kid = replace(kid, 'org-of-nobody-', '') WHERE batch_id = '${batch}'`,
      [],
      503,
    ],
  ]
  for (const [away, awayValues, back, backValues, expected] of answers) {
    await changed(away, awayValues)
    const records = await recordsOf(async () =>
      t.equal((await ask(`/reports/${id}`)).statusCode, expected, away),
    )
    t.same(records, [], 'nothing was shown, and nothing is on record')
    await changed(back, backValues)
  }

  await changed('REVOKE INSERT ON audit_records FROM sotto_triage', [])
  const unrecorded = await ask(`/reports/${id}`)
  t.equal(unrecorded.statusCode, 503)
  t.notMatch(unrecorded.body, 'fictional')
  await changed('GRANT INSERT ON audit_records TO sotto_triage', [])
  const [last] = await recordsOf(() => ask(`/reports/${id}`))
  const before = (await trail()).at(-2)
  const record = { ...(last as AuditRow), at: last?.at.toISOString() ?? '', reason: undefined }
  t.ok(last?.hash.equals(recordHash(before?.hash ?? null, record)), 'it goes on with the chain')
})
