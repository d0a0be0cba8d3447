import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { blindToken } from '../src/crypto/blindIndex.ts'
import { activeKey, type Keyring } from '../src/crypto/keyring.ts'
import { beginBatch } from '../src/domain/envelope/batch.ts'
import { organisationRecipient } from '../src/domain/envelope/organisationKeys.ts'
import { sealToBatch } from '../src/domain/envelope/seal.ts'
import type { SealedContent } from '../src/domain/envelope/sealedReport.ts'
import { registration } from '../src/domain/links/spelling/registration.ts'
import type { Report } from '../src/schemas/report.ts'
import { byteaArray } from '../src/storage/binaryArray.ts'
import { madeUp } from '../test/support/manyReports.ts'

/*
 * Very many reports as some years of work leave them: really sealed, mixed, spread over days, categories, statuses and
 * people, each with a vehicle in the index that some ten others name too.
 */

/** Reports of one batch, as of a day's mixing, and of one statement. */
const reportsAtOnce = 2_500
const days = 1_000
/** Reports that name the same vehicle. */
const alike = 10

/** As after some years: nine in ten are closed, the queues in between are short. */
const statuses: readonly (readonly [upTo: number, status: string])[] = [
  [0.9, 'closed'],
  [0.96, 'outcome-pending'],
  [0.98, 'disseminated'],
  [0.99, 'received'],
  [0.995, 'screening'],
  [0.998, 'development'],
  [0.999, 'sanitising'],
  [0.9995, 'awaiting-clarification'],
  [0.9999, 'graded'],
  [1, 'approved'],
]

/** The plate that the report with this number names; all of it is made up. */
export function plateOf(index: number, count: number): string {
  const thing = index % Math.max(1, Math.ceil(count / alike))
  const letter = (unit: number) => String.fromCharCode(65 + (Math.floor(thing / unit) % 26))
  const digits = String(Math.floor(thing / 17_576) % 100).padStart(2, '0')
  return `${letter(45_697_600)}${letter(1_757_600)}${digits} ${letter(676)}${letter(26)}${letter(1)}`
}

/**
 * Puts `count` of them into the main tables, and gathers statistics. The indexes that no constraint needs are made
 * afterwards, as for a database that is restored. The session is a superuser's.
 */
export async function fill(
  client: pg.Client,
  keyring: Keyring,
  count: number,
  bodies: readonly Report[],
  tell: (done: number) => void = () => {},
): Promise<void> {
  const rebuild = await dropIndexes(client)
  // Neither triggers nor foreign keys look at each row.
  await client.query('SET session_replication_role = replica')
  await client.query('SET synchronous_commit = off')
  let stored: Promise<unknown> = Promise.resolve()
  for (let from = 0; from < count; from += reportsAtOnce) {
    // Sealed while those before are stored.
    const made = await sealSome(keyring, from, Math.min(count, from + reportsAtOnce), count, bodies)
    await stored
    tell(from)
    stored = store(client, made)
    stored.catch(() => {})
  }
  await stored
  await client.query('RESET session_replication_role')
  await client.query('RESET synchronous_commit')
  await client.query("SET maintenance_work_mem = '512MB'")
  for (const definition of rebuild) await client.query(definition)
  await client.query('VACUUM (ANALYZE) reports, index_tokens, batch_keys')
}

type Made = Awaited<ReturnType<typeof sealSome>>

async function sealSome(
  keyring: Keyring,
  from: number,
  to: number,
  count: number,
  bodies: readonly Report[],
) {
  const batch = await beginBatch({ organisation: [organisationRecipient(keyring)] })
  const { kid, secret = '' } = activeKey(keyring, 'index')
  const indexKey = Buffer.from(secret, 'base64url')
  const rows = []
  for (let index = from; index < to; index += 1) {
    const row = spreadOf()
    const report = bodies[index % bodies.length] as Report
    const vehicle = { kind: 'vehicle' as const, registration: plateOf(index, count) }
    const content: SealedContent = {
      report: { ...report, entities: [...(report.entities ?? []), vehicle].slice(-50) },
      proposals: [],
      mailbox: { id: randomUUID(), sealingKey: '', signingKey: '' },
    }
    const { body, dataKey } = sealToBatch('report', row, content)
    const wrapped = batch.wrap('report', row.id, dataKey)
    dataKey.fill(0)
    const token = blindToken(indexKey, 'registration', registration(vehicle.registration) ?? '')
    rows.push({ ...row, body, wrapped, token })
  }
  batch.end()
  return { keys: batch.keys, kid, rows: rows.sort((a, b) => (a.id < b.id ? -1 : 1)) }
}

/** Some categories have a hundred times as many reports as others; 3 in 20 are of high priority. */
function spreadOf() {
  const pick = <T>(from: readonly T[], bend: number) =>
    from[Math.floor(from.length * Math.random() ** bend)] as T
  const [chance, priority] = [Math.random(), Math.random()]
  const day = new Date(Date.now() - (2 + Math.floor(days * Math.random())) * 86_400_000)
  const status = statuses.find(([upTo]) => chance < upTo)?.[1] ?? 'closed'
  return {
    id: randomUUID(),
    receivedOn: day.toISOString().slice(0, 10),
    status,
    category: pick(madeUp.categories, 3),
    priority: priority < 0.15 ? 3 : priority < 0.5 ? 2 : 1,
    leadAgency: pick(madeUp.agencies, 2),
    assignee: Math.random() < 0.97 ? pick(madeUp.assignees, 1) : null,
  }
}

async function store(client: pg.Client, { keys, kid, rows }: Made): Promise<void> {
  await client.query({
    name: 'fill-batch',
    text: `INSERT INTO batch_keys (batch_id, kid, enc, ciphertext)
           SELECT $1, k.* FROM unnest($2::text[], $3::bytea[], $4::bytea[]) AS k`,
    values: [
      keys.batchId,
      keys.organisation.map((one) => one.kid),
      byteaArray(keys.organisation.map(({ enc }) => enc)),
      byteaArray(keys.organisation.map(({ ciphertext }) => ciphertext)),
    ],
  })
  await client.query({
    name: 'fill-reports',
    text: `INSERT INTO reports (batch_id, id, received_on, status, category, priority, lead_agency, assignee,
                                support_agencies, wrapped_key, body)
           SELECT $1, r.id, r.day, r.status, r.category, r.priority, r.agency, r.assignee, '{}', r.wrapped, r.body
             FROM unnest($2::uuid[], $3::date[], $4::text[], $5::text[], $6::smallint[], $7::text[], $8::uuid[],
                         $9::bytea[], $10::bytea[])
               AS r (id, day, status, category, priority, agency, assignee, wrapped, body)`,
    values: [
      keys.batchId,
      rows.map(({ id }) => id),
      rows.map(({ receivedOn }) => receivedOn),
      rows.map(({ status }) => status),
      rows.map(({ category }) => category),
      rows.map(({ priority }) => priority),
      rows.map(({ leadAgency }) => leadAgency),
      rows.map(({ assignee }) => assignee),
      byteaArray(rows.map(({ wrapped }) => wrapped)),
      byteaArray(rows.map(({ body }) => body)),
    ],
  })
  await client.query({
    name: 'fill-tokens',
    text: `INSERT INTO index_tokens (kind, token, report_id, kid)
           SELECT 'registration', t.token, t.id, $1 FROM unnest($2::bytea[], $3::uuid[]) AS t (token, id)`,
    values: [kid, byteaArray(rows.map(({ token }) => token)), rows.map(({ id }) => id)],
  })
}

/** Drops what no constraint needs of the indexes, and gives the statements that make them again. */
async function dropIndexes(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition
       FROM pg_index i
      WHERE i.indrelid IN ('reports'::regclass, 'index_tokens'::regclass)
        AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)`,
  )
  for (const { name } of rows) await client.query(`DROP INDEX ${name}`)
  return rows.map(({ definition }) => definition)
}
