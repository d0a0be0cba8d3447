import type { CodedReport, SealedReport } from '../../storage/sealedReportRow.ts'

const usualBytes = 64 * 1024

/** Decodes reports one after the other into the same memory: what it gives is good until the next. */
export function reportDecoder(): (report: CodedReport) => SealedReport {
  let memory = Buffer.allocUnsafeSlow(usualBytes)
  let at = 0

  function decoded(text: string): Buffer {
    const written = memory.write(text, at, 'base64')
    at += written
    return memory.subarray(at - written, at)
  }

  return (report) => {
    const { id, receivedOn, batchId, kid, wrappedKey, body, enc, ciphertext } = report
    // More than it takes, since Postgres breaks lines.
    const most = wrappedKey.length + body.length + enc.length + ciphertext.length
    if (most > memory.length) memory = Buffer.allocUnsafeSlow(most)
    at = 0
    return {
      id,
      receivedOn,
      batchId,
      kid,
      wrappedKey: decoded(wrappedKey),
      body: decoded(body),
      enc: decoded(enc),
      ciphertext: decoded(ciphertext),
    }
  }
}
