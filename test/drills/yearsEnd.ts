import assert from 'node:assert/strict'
import { verifyTrail } from '../../src/domain/audit/verify.ts'
import type { Report } from '../../src/schemas/report.ts'
import type { Pool } from '../../src/storage/pool.ts'
import { type SealedKind, sealedKinds } from '../../src/vocabulary/sealedKinds.ts'
import type { Ground } from '../simulation/ground.ts'
import { pages } from '../simulation/look.ts'
import { later, type Model } from '../simulation/model.ts'
import { asSuperuser } from '../support/cluster.ts'
import type { Figures } from './drill.ts'
import type { Reporters } from './yearsReporters.ts'
import type { Staff } from './yearsStaff.ts'

interface End {
  ground: Ground
  pool: Pool<'sotto_triage'>
  model: Model
  staff: Staff
  reporters: Reporters
  today: string
  purged: number
}

/** Rejects where anything is not there that must be, or is there that must not be. */
export async function insistOnAll(end: End): Promise<void> {
  await insistOnReports(end)
  await insistOnReceipts(end)
  await insistOnNothingElse(end)
  const { ground, pool, today } = end
  assert.equal((await verifyTrail(pool)).broken, undefined)
  await asSuperuser(ground.databaseUrl, async (client) => {
    const { rows } = await client.query<{ months: string[] }>(
      `SELECT array_agg(to_char(month, 'YYYY-MM') ORDER BY month) AS months FROM frozen_months`,
    )
    assert.deepEqual(rows[0]?.months, monthsUntil(today), 'every ended month is frozen')
  })
}

async function insistOnReports({ model, staff: { sade } }: End): Promise<void> {
  const listed = await pages((cursor) =>
    sade.call<{ items: { id: string }[] }>('GET', `/v1/triage/reports?limit=200${cursor}`),
  )
  assert.deepEqual(listed.map(({ id }) => id).sort(), [...model.keys()].sort(), 'what is listed')
  for (const { id, content, version, images } of model.values()) {
    const path = `/v1/triage/reports/${id}`
    const { body } = await sade.call<{ report: Report; version: number }>('GET', path)
    assert.deepEqual([body.report, body.version], [content, version])
    if (images.length === 0) continue
    const { body: kept } = await sade.call<{ items: unknown[] }>('GET', `${path}/attachments`)
    assert.equal(kept.items.length, images.length)
  }
}

async function insistOnReceipts({ model, reporters }: End): Promise<void> {
  for (const id of reporters.ever()) {
    const should = model.get(id)?.mailbox === 'open'
    assert.equal(await reporters.isKnown(id), should, 'a receipt opens what there is')
  }
}

/** Nothing of a report that is gone, and nothing that should have been forgotten. */
async function insistOnNothingElse({ ground, purged, today }: End): Promise<void> {
  await asSuperuser(ground.databaseUrl, async (client) => {
    const count = async (what: string) => {
      const { rows } = await client.query<{ n: number }>(`SELECT count(*)::integer AS n FROM ${what}`)
      return rows[0]?.n
    }
    const { rows: tables } = await client.query<{ name: string }>(
      `SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attname = 'report_id'
          AND c.relname <> 'audit_records'`,
    )
    assert(tables.length > 10)
    for (const { name } of tables) {
      // That it was erased is told for thirty days.
      const told = name === 'events' ? `AND kind <> 'report-erased'` : ''
      const stray = `${name} WHERE report_id NOT IN (SELECT id FROM listed_reports) ${told}`
      assert.equal(await count(stray), 0, `${name} of what is gone`)
    }
    const used = Object.values<SealedKind>(sealedKinds).map(
      ({ wrappedKey: { prefix = '', table } }) => `SELECT ${prefix}batch_id FROM ${table}`,
    )
    const unused = `batch_keys k WHERE batch_id NOT IN (SELECT b FROM (${used.join(' UNION ALL ')}) u (b) WHERE b IS NOT NULL)`
    assert.equal(await count(unused), 0, 'keys of what is gone')
    const ofProducts = 'events WHERE dissemination_id NOT IN (SELECT id FROM disseminations)'
    assert.equal(await count(ofProducts), 0, 'events of products that are gone')
    assert.equal(await count('unplaced_rows'), 0)
    assert.equal(await count('left_box'), 0)
    assert.equal(await count(`events WHERE at < '${later(today, -31)}'`), 0, 'events of long ago')
    assert.equal(await count(`audit_records WHERE action = 'erasure' AND target LIKE 'report/%'`), purged)
  })
}

function monthsUntil(today: string): string[] {
  const months: string[] = []
  for (const at = new Date('2030-01-01'); at.toISOString().slice(0, 7) < today.slice(0, 7); ) {
    months.push(at.toISOString().slice(0, 7))
    at.setUTCMonth(at.getUTCMonth() + 1)
  }
  return months
}

/** How large it all has become. */
export async function figuresOf(databaseUrl: string, reports: number): Promise<Figures> {
  return asSuperuser(databaseUrl, async (client) => {
    const { rows } = await client.query<{ name: string; bytes: number }>(
      `SELECT relname AS name, pg_total_relation_size(oid)::float8 AS bytes FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 2 DESC LIMIT 8`,
    )
    const figures: Figures = {}
    for (const { name, bytes } of rows) {
      const counted = await client.query<{ n: string }>(`SELECT count(*) AS n FROM ${name}`)
      figures[`size of ${name}`] = `${megabytes(bytes)}, ${counted.rows[0]?.n} rows`
    }
    const { rows: whole } = await client.query<{ bytes: number }>(
      'SELECT pg_database_size(current_database())::float8 AS bytes',
    )
    const bytes = whole[0]?.bytes ?? 0
    return {
      'size of the database': megabytes(bytes),
      'of that, for each report kept': `${Math.round(bytes / Math.max(1, reports) / 1_024)} KB`,
      ...figures,
    }
  })
}

const megabytes = (bytes: number) => `${Math.round(bytes / 104_857.6) / 10} MB`
