import { randomUUID } from 'node:crypto'
import { readKeyringFile } from '../../src/crypto/keyring.ts'
import { newBatch, newDataKey, sealBody, wrapDataKey } from '../../src/crypto/seal.ts'
import { associatedDataOf } from '../../src/domain/envelope/associatedData.ts'
import { organisationRecipient } from '../../src/domain/envelope/organisationKeys.ts'
import type { SealedContent } from '../../src/domain/envelope/sealedReport.ts'
import type { Report } from '../../src/schemas/report.ts'
import { asSuperuser } from './cluster.ts'
import { sampleReport } from './reports.ts'

/** Puts many sealed reports into the main table at once, in one batch, as the mixing leaves them. */
export async function fillSealedReports(
  { databaseUrl, keyringFile }: { databaseUrl: string; keyringFile: string },
  count: number,
  reportOf: (index: number) => Partial<Report>,
): Promise<void> {
  const recipient = organisationRecipient(readKeyringFile(keyringFile))
  const { batchId, batchKey, sealedKeys } = await newBatch([recipient], 'organisation')
  await asSuperuser(databaseUrl, async (client) => {
    for (const { kid, enc, ciphertext } of sealedKeys) {
      await client.query('INSERT INTO batch_keys VALUES ($1, $2, $3, $4)', [batchId, kid, enc, ciphertext])
    }
    for (let from = 0; from < count; from += 500) {
      const rows = Array.from({ length: Math.min(500, count - from) }, (_, place) => rowOf(from + place))
      await client.query(
        `INSERT INTO reports (id, received_on, category, priority, lead_agency, support_agencies, batch_id, wrapped_key, body)
         SELECT id, day, 'other-serious-crime', priority, 'law-enforcement', '{}', $1, wrapped, body
           FROM unnest($2::uuid[], $3::date[], $4::smallint[], $5::bytea[], $6::bytea[])
             AS made (id, day, priority, wrapped, body)`,
        [batchId, ...([0, 1, 2, 3, 4] as const).map((column) => rows.map((row) => row[column]))],
      )
    }
    await client.query('VACUUM (ANALYZE) reports')
  })

  function rowOf(index: number) {
    const id = randomUUID()
    const day = new Date(Date.UTC(2026, 0, 1) - (index % 500) * 86_400_000).toISOString().slice(0, 10)
    const dataKey = newDataKey()
    const content: SealedContent = {
      report: sampleReport(reportOf(index)),
      proposals: [],
      mailbox: { id: randomUUID(), sealingKey: '', signingKey: '' },
    }
    const body = sealBody(
      dataKey,
      associatedDataOf('report', { id, receivedOn: day }),
      Buffer.from(JSON.stringify(content)),
      1024,
    )
    return [id, day, 1 + (index % 3), wrapDataKey(batchKey, batchId, 'report', id, dataKey), body] as const
  }
}
