import type { PackedReport, SealedReport, Slab } from '../../storage/sealedReportRow.ts'

/** The reports of a slab, one after the other; what is sealed of them is views on the slab. */
export function* sealedIn<Row extends PackedReport>({ text, sealed }: Slab): Generator<Row & SealedReport> {
  const rows = JSON.parse(text) as Row[]
  let at = 0

  function next(bytes: number): Buffer {
    at += bytes
    return Buffer.from(sealed.buffer, sealed.byteOffset + at - bytes, bytes)
  }

  for (const row of rows) {
    const [body, wrappedKey, enc, ciphertext] = row.sizes.map(next) as [Buffer, Buffer, Buffer, Buffer]
    yield Object.assign(row, { body, wrappedKey, enc, ciphertext })
  }
}
