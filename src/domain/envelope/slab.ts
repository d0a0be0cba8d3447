import type { PackedReport, SealedReport, Slab } from '../../storage/sealedReportRow.ts'

const nothing = new Uint8Array()

/** The reports of a slab, one after the other, each with its row. What is sealed of them is views on the slab. */
export function* sealedIn<Row extends PackedReport>({
  text,
  sealed,
}: Slab): Generator<{ row: Row; report: SealedReport }> {
  const rows = JSON.parse(text) as Row[]
  let piece = 0
  let at = 0

  function next(bytes: number): Buffer {
    if (at === sealed[piece]?.length) {
      piece += 1
      at = 0
    }
    const { buffer, byteOffset } = sealed[piece] ?? nothing
    at += bytes
    return Buffer.from(buffer, byteOffset + at - bytes, bytes)
  }

  for (const row of rows) {
    const { id, receivedOn, batchId, kid } = row
    const body = next(row.body)
    const wrappedKey = next(row.wrappedKey)
    const enc = next(row.enc)
    yield {
      row,
      report: { id, receivedOn, batchId, kid, body, wrappedKey, enc, ciphertext: next(row.ciphertext) },
    }
  }
}
