import { randomUUID } from 'node:crypto'
import { readKeyringFile } from '../../src/crypto/keyring.ts'
import { recordHash } from '../../src/domain/audit/chainedRecord.ts'
import { openReason } from '../../src/domain/audit/reasons.ts'
import type { SealedReason } from '../../src/storage/auditTrail.ts'
import { openPool } from '../../src/storage/pool.ts'
import { asSuperuser } from '../support/cluster.ts'
import { sampleReport } from '../support/reports.ts'
import { startTestService } from '../support/service.ts'
import { t } from '../support/suite.ts'

const service = await startTestService(t)
const { databaseUrl } = service
const report = sampleReport({ riskFlags: ['child-at-risk'], when: { mode: 'ongoing' } })
await service.inject({ method: 'POST', url: '/v1/reports', payload: report })
const supervisor = await service.token('supervisor')

const ask = (path: string, { token = supervisor, reason = '', method = 'GET' as 'GET' | 'HEAD' } = {}) =>
  service.inject({
    method,
    url: `/v1/triage${path}`,
    headers: { authorization: `Bearer ${token}`, ...(reason && { 'audit-reason': reason }) },
  })
const me = async (token: string) => (await ask('/me', { token })).json()
const [{ id }] = (await ask('/reports')).json().items

interface AuditRow {
  seq: number
  at: Date
  actor: string
  role: string
  action: string
  target: string
  recipients: string[]
  reason_id: string | null
  reason_batch_id: string
  reason_wrapped_key: Buffer
  reason_body: Buffer | null
  hash: Buffer
}

const trail = () =>
  asSuperuser(databaseUrl, async (client): Promise<AuditRow[]> => {
    const { rows } = await client.query('SELECT * FROM audit_records ORDER BY seq')
    return rows.map((row) => ({ ...row, seq: Number(row.seq) }))
  })

function reasonOf(row: AuditRow | undefined): SealedReason | undefined {
  if (row === undefined || row.reason_id === null || row.reason_body === null) return undefined
  const { reason_id: id, reason_batch_id: batchId, reason_wrapped_key: wrappedKey, reason_body: body } = row
  return { id, batchId, wrappedKey, body }
}

/** The records that `work` adds. */
async function recordsOf(work: () => Promise<unknown>): Promise<AuditRow[]> {
  const before = (await trail()).length
  await work()
  return (await trail()).slice(before)
}

t.test('a report is opened as it was submitted, with what the rules propose', async (t) => {
  const opened = await ask(`/reports/${id}`)
  t.equal(opened.statusCode, 200)
  t.equal(opened.headers.etag, '"1"')
  t.equal(opened.headers['cache-control'], 'no-store')
  const { report: submitted, ...view } = opened.json()
  t.equal(JSON.stringify(submitted), JSON.stringify(report))
  t.match(view, {
    id,
    status: 'received',
    priority: 'high',
    leadAgency: 'law-enforcement',
    conflictOfInterest: [],
    restrictedTo: [],
    reviewGroup: 'unassessed',
    deconfliction: 'pending',
    referrals: [],
    disclosureRequests: [],
    proceedingsKnown: false,
  })
  t.ok(view.supportAgencies.includes('safeguarding'))
  const { value, reason } = view.proposals.find(({ field }: { field: string }) => field === 'priority')
  t.equal(value, 'high')
  t.match(reason, /Child at risk/)
})

t.test('what is not there is 404, and what is no id is told so', async (t) => {
  for (const [path, status] of [
    [randomUUID(), 404],
    ['00000000-0000-0000-0000-000000000000', 404],
    ['1', 400],
    [`${id}x`, 400],
    [`${id}%20`, 400],
    [`%7B${id}%7D`, 400],
    [`urn:uuid:${id}`, 400],
    [id.toUpperCase(), 200],
    [id.replaceAll('-', ''), 400],
    ["1' OR '1'='1".replaceAll(' ', '%20'), 400],
  ] as const) {
    t.equal((await ask(`/reports/${path}`)).statusCode, status, path)
  }
})

t.test('whoever opens a report is recorded, with HEAD too, and so is who was refused', async (t) => {
  const { id: actor } = await me(supervisor)
  for (const method of ['GET', 'HEAD'] as const) {
    const [record, ...more] = await recordsOf(() => ask(`/reports/${id}`, { method }))
    t.match(record, {
      actor,
      role: 'supervisor',
      action: 'consultation',
      target: `report/${id}`,
      reason_id: null,
    })
    t.strictSame(more, [])
    t.ok(Math.abs((record?.at.getTime() ?? 0) - Date.now()) < 180_000)
  }
  for (const role of ['partner', 'auditor', 'admin'] as const) {
    const token = await service.token(role)
    const person = await me(token)
    for (const path of [`/reports/${id}`, '/reports', `/reports/${randomUUID()}`]) {
      const [record, ...more] = await recordsOf(async () =>
        t.equal((await ask(path, { token })).statusCode, 403),
      )
      t.match(record, { actor: person.id, role, action: 'denied' })
      t.notOk(record?.target.includes(id), 'nor is it told whether the report is there')
      t.strictSame(more, [])
    }
  }
  t.strictSame(await recordsOf(() => ask('/reports')), [], 'a list opens nothing')
  t.strictSame(await recordsOf(() => ask(`/reports/${randomUUID()}`)), [], 'nor does what is not there')
  t.strictSame(await recordsOf(() => ask(`/reports/${id}`, { token: 'nobody' })), [], 'nobody is nobody')
})

t.test('the reason is kept sealed, and opens with the keyring', async (t) => {
  const reason = 'QzReason: a call about "Tanner\'s Rise" ~ {1}'
  const [record] = await recordsOf(() => ask(`/reports/${id}`, { reason }))
  const everything = await asSuperuser(databaseUrl, async (client) => {
    const { rows } = await client.query('SELECT (audit_records.*)::text AS row FROM audit_records')
    return JSON.stringify(rows)
  })
  t.notMatch(everything, 'QzReason')
  t.notMatch(everything, Buffer.from('QzReason').toString('hex'))
  const pool = openPool(databaseUrl, 'sotto_triage', 1)
  const opened = await pool.transaction((query) =>
    openReason(
      { query, keyring: readKeyringFile(service.keyringFile) },
      reasonOf(record) as SealedReason,
      record?.at ?? new Date(),
    ),
  )
  await pool.close()
  t.equal(opened, reason)
  for (const wrong of ['x'.repeat(501), 'a\tb', 'a%0D%0Ab', '%20']) {
    const records = await recordsOf(async () =>
      t.equal((await ask(`/reports/${id}`, { reason: wrong })).statusCode, 400),
    )
    t.strictSame(records, [], 'what is refused opens nothing')
  }
  for (const right of ['x'.repeat(500), 'caf\u00e9', encodeURIComponent('t\u0177 gwyn'), '50 % sure']) {
    t.equal((await ask(`/reports/${id}`, { reason: right })).statusCode, 200)
  }
})

t.test('twenty consultations at once leave one chain without gaps or forks', async (t) => {
  const records = await recordsOf(() =>
    Promise.all(
      Array.from({ length: 20 }, (_, i) => ask(`/reports/${id}`, i % 2 ? { reason: `call ${i}` } : {})),
    ),
  )
  t.equal(records.length, 20)
  let previous: Buffer | null = null
  for (const [i, row] of (await trail()).entries()) {
    t.equal(row.seq, i + 1)
    const record = { ...row, at: row.at.toISOString(), reason: reasonOf(row) }
    t.ok(recordHash(previous, record).equals(row.hash), `record ${row.seq}`)
    previous = row.hash
  }
})

t.test('nobody changes what is recorded, and an act that cannot be recorded does not happen', async (t) => {
  await asSuperuser(databaseUrl, async (client) => {
    for (const role of ['sotto_triage', 'none']) {
      await client.query(`SET ROLE ${role}`)
      for (const text of [
        `UPDATE audit_records SET actor = 'nobody'`,
        'DELETE FROM audit_records',
        'TRUNCATE audit_records',
        `ALTER TABLE audit_records DISABLE TRIGGER audit_records_append_only`,
      ]) {
        if (role === 'none' && text.startsWith('ALTER')) continue
        await t.rejects(client.query(text), { code: '42501' }, `${role}: ${text}`)
      }
    }
    await client.query('RESET ROLE')
    await client.query('REVOKE INSERT ON audit_records FROM sotto_triage')
    const unrecorded = await ask(`/reports/${id}`)
    t.equal(unrecorded.statusCode, 503)
    t.notMatch(unrecorded.body, 'fictional')
    await client.query('GRANT INSERT ON audit_records TO sotto_triage')
  })
  t.equal((await ask(`/reports/${id}`)).statusCode, 200)
})

t.test('a report that was changed or moved in the database is unreadable, and says nothing', async (t) => {
  await asSuperuser(databaseUrl, async (client) => {
    const columns: Record<string, string> = {
      body: `set_byte(body, 40, get_byte(body, 40) # 1)`,
      wrapped_key: `set_byte(wrapped_key, 5, get_byte(wrapped_key, 5) # 1)`,
      received_on: `received_on - 2`,
    }
    for (const [column, changed] of Object.entries(columns)) {
      await client.query('BEGIN')
      const { rows } = await client.query(`SELECT ${column} AS before FROM box_reports`)
      await client.query(`UPDATE box_reports SET ${column} = ${changed}`)
      await client.query('COMMIT')
      const answer = await service.app.inject({
        url: `/v1/triage/reports/${id}`,
        headers: { authorization: `Bearer ${supervisor}` },
      })
      const { report, proposals, flags } = answer.json()
      t.same([answer.statusCode, report, proposals], [200, null, []], column)
      t.ok(flags.includes('unreadable'), column)
      t.notMatch(answer.body, 'fictional')
      await client.query(`UPDATE box_reports SET ${column} = $1`, [rows[0].before])
    }
  })
  t.equal((await ask(`/reports/${id}`)).statusCode, 200)
})

t.test('the service ends', async () => {
  await service.close()
})
