import type { PackedReport, SealedReport, Slab } from '../../storage/sealedReportRow.ts'

const nothing = new Uint8Array()
const lineEnd = 0x0a

/** The reports of a slab, one after the other, each with its row. What is sealed of them is views on the slab. */
export function* sealedIn<Row extends PackedReport>({
  lines,
  sealed,
}: Slab): Generator<{ row: Row; report: SealedReport }> {
  const text = Buffer.from(lines.buffer, lines.byteOffset, lines.length)
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

  for (let from = 0; from < text.length; ) {
    const end = text.indexOf(lineEnd, from)
    const to = end < 0 ? text.length : end
    const row = JSON.parse(text.toString('utf8', from, to)) as Row
    from = to + 1
    const { id, receivedOn, batchId, kid } = row
    yield { row, report: { id, receivedOn, batchId, kid, ...partsOf(next(row.sealed)) } }
  }
}

/** The keys have their lengths before them; what is left is the body. */
function partsOf(bytes: Buffer): Pick<SealedReport, 'wrappedKey' | 'enc' | 'ciphertext' | 'body'> {
  let at = 0
  const part = () => {
    const from = at + 4
    at = from + bytes.readUInt32BE(at)
    return bytes.subarray(from, at)
  }
  return { wrappedKey: part(), enc: part(), ciphertext: part(), body: bytes.subarray(at) }
}
