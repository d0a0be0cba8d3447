import { type BatchKeyPair, openBatchKey, SealBroken, unwrapDataKey } from '../../crypto/seal.ts'
import type { SealedReport } from '../../storage/sealedReportRow.ts'
import { openContent } from './content.ts'
import { parseReport, placeOfReport, type SealedContent } from './sealedReport.ts'

/** Opens many reports one after the other, each batch key once. What does not open, or is no report, is undefined, and hides no other. */
export function reportOpener(pairs: readonly BatchKeyPair[], batchesAtMost: number) {
  const batchKeys = new Map<string, Buffer>()

  async function batchKeyOf({ batchId, kid, enc, ciphertext }: SealedReport): Promise<Buffer> {
    const known = batchKeys.get(batchId)
    if (known !== undefined) return known
    const pair = pairs.find((one) => one.kid === kid)
    if (pair === undefined) throw new SealBroken()
    const batchKey = await openBatchKey(pair, batchId, { kid, enc, ciphertext }, 'organisation')
    if (batchKeys.size >= batchesAtMost) batchKeys.clear()
    batchKeys.set(batchId, batchKey)
    return batchKey
  }

  return async (row: SealedReport): Promise<SealedContent | undefined> => {
    const { id, receivedOn, batchId, wrappedKey, body } = row
    try {
      const dataKey = unwrapDataKey(await batchKeyOf(row), batchId, 'report', id, wrappedKey)
      return openContent(dataKey, placeOfReport(id, receivedOn), body, parseReport)
    } catch (error) {
      if (error instanceof SealBroken) return undefined
      throw error
    }
  }
}
