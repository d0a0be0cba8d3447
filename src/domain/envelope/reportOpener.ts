import { type BatchKeyPair, openBatchKey, SealBroken, unwrapDataKey } from '../../crypto/seal.ts'
import type { SealedReport } from '../../storage/sealedReportRow.ts'
import { associatedDataOf } from './associatedData.ts'
import { openContent, type ParseContent } from './content.ts'
import { unlessBroken } from './open.ts'
import { parseReport, type SealedContent } from './sealedReport.ts'

/**
 * Opens many reports, each batch key once. What does not open, or is no report, is undefined, and hides no other. Holds so
 * many batch keys at most, and wipes them when they make room.
 */
export function reportOpener(pairs: readonly BatchKeyPair[], batchesAtMost: number) {
  const held = new Map<string, Buffer>()

  /** Never across an await: another report may make room meanwhile. */
  function hold(batchId: string, batchKey: Buffer): Buffer {
    if (held.size >= batchesAtMost) forget()
    held.get(batchId)?.fill(0)
    held.set(batchId, batchKey)
    return batchKey
  }

  function forget(): void {
    for (const key of held.values()) key.fill(0)
    held.clear()
  }

  async function opened({ batchId, kid, enc, ciphertext }: SealedReport): Promise<Buffer | undefined> {
    const pair = pairs.find((one) => one.kid === kid)
    return pair && unlessBroken(() => openBatchKey(pair, batchId, { kid, enc, ciphertext }, 'organisation'))
  }

  async function openBatch<T>(row: SealedReport, parse: ParseContent<T>): Promise<T | undefined> {
    const batchKey = await opened(row)
    return batchKey && openUnder(hold(row.batchId, batchKey), row, parse)
  }

  /** Of a batch that is known, at once: a promise for each report took as long as reading its bytes. */
  function openAs<T>(row: SealedReport, parse: ParseContent<T>): T | undefined | Promise<T | undefined> {
    const known = held.get(row.batchId)
    return known === undefined ? openBatch(row, parse) : openUnder(known, row, parse)
  }

  const open = async (row: SealedReport): Promise<SealedContent | undefined> => openAs(row, parseReport)

  return Object.assign(open, {
    /** The same, as what `parse` makes of it. */
    as: openAs,
    /** Overwrites every key that it holds. */
    forget,
  })
}

function openUnder<T>(
  batchKey: Buffer,
  { id, receivedOn, batchId, wrappedKey, body }: SealedReport,
  parse: ParseContent<T>,
): T | undefined {
  let dataKey: Buffer
  try {
    dataKey = unwrapDataKey(batchKey, batchId, 'report', id, wrappedKey)
  } catch (error) {
    if (error instanceof SealBroken) return undefined
    throw error
  }
  try {
    return openContent(dataKey, associatedDataOf('report', { id, receivedOn }), body, parse)
  } finally {
    dataKey.fill(0)
  }
}
