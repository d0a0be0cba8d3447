import { randomUUID } from 'node:crypto'
import type { Keyring } from '../../src/crypto/keyring.ts'
import { beginBatch } from '../../src/domain/envelope/batch.ts'
import { organisationRecipient } from '../../src/domain/envelope/organisationKeys.ts'
import { seal } from '../../src/domain/envelope/seal.ts'
import { prepareReport } from '../../src/domain/intake/accept.ts'
import { joinBatch } from '../../src/domain/intake/sealing.ts'
import { insertBatch } from '../../src/storage/box.ts'
import { putReporterMessage } from '../../src/storage/mailbox.ts'
import type { Pool } from '../../src/storage/pool.ts'
import { dayOf } from '../../src/vocabulary/calendar.ts'
import { sampleReport } from '../support/reports.ts'

export interface Seeding {
  reports: number
  /** Reports that share a commit. */
  together: number
  /** Every so manyth report gets a message. */
  messageEvery?: number
  /** Every so manyth report carries an Idempotency-Key, as far as storage goes. */
  keptEvery?: number
  narrative?: string
}

/** Puts sealed reports of the day of `now` into the box, as intake would; gives their ids. The database must take that day. */
export async function seedBox(
  pool: Pool<'sotto_intake'>,
  keyring: Keyring,
  now: Date,
  { reports, together, messageEvery = 0, keptEvery = 0, narrative }: Seeding,
): Promise<string[]> {
  const organisation = [organisationRecipient(keyring)]
  const ids: string[] = []
  while (ids.length < reports) {
    const count = Math.min(together, reports - ids.length)
    const pending = Array.from({ length: count }, (_, index) => ({
      ...prepareReport(sampleReport(narrative === undefined ? {} : { narrative }), dayOf(now)).pending,
      answer:
        keptEvery > 0 && (ids.length + index) % keptEvery === 0
          ? {
              keyHash: Buffer.from(randomUUID().replaceAll('-', '').slice(0, 32)),
              answer: Buffer.alloc(4124, 7),
            }
          : undefined,
    }))
    const batch = joinBatch(await beginBatch({ organisation }), pending)
    await insertBatch(pool, batch)
    for (const { report, mailbox, day } of pending) {
      ids.push(report.id)
      if (messageEvery === 0 || ids.length % messageEvery !== 0) continue
      const message = { id: randomUUID(), reportId: report.id, number: 1, sentOn: day }
      const to = { kid: mailbox.id, publicKey: mailbox.sealingKey }
      const content = { text: 'And another thing.' }
      const sealed = await seal('reporterMessage', message, content, { organisation, mailbox: to })
      const row = { ...sealed, ...message, signature: Buffer.alloc(64) }
      const putting = await putReporterMessage(pool, mailbox.lookupId, row, undefined)
      if (putting !== 'put') throw new Error(putting)
    }
  }
  return ids
}
