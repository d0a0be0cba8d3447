import { parentPort, workerData } from 'node:worker_threads'
import { type BatchKeyPair, openBatchKey, openBody, SealBroken, unwrapDataKey } from '../../crypto/seal.ts'
import { placeOfReport, type SealedContent } from '../sealedReport.ts'
import { matches } from './matches.ts'

/*
 * A worker thread: opens sealed reports and tells which of them hold the terms, so that the service's own thread stays
 * free. Plaintext and batch keys live here only, and end with it.
 */

/** A report, with where its parts end in the bytes that come with it: wrapped key, body, enc, ciphertext. */
export interface PackedReport {
  id: string
  receivedOn: string
  batchId: string
  kid: string
  ends: readonly [number, number, number, number]
}

export interface Job {
  number: number
  terms: readonly string[]
  reports: readonly PackedReport[]
  bytes: Uint8Array
}

export interface JobDone {
  number: number
  /** Places, in the job's order, of the reports that hold every term. */
  matched: number[]
}

const { pairs } = workerData as { pairs: readonly BatchKeyPair[] }

/** After mixing, very many reports share a batch; in the box few do. */
const batchesAtMost = 20_000
const batchKeys = new Map<string, Buffer>()

parentPort?.on('message', ({ number, terms, reports, bytes }: Job) => {
  void matchedIn(reports, bytes, terms).then((matched) => {
    parentPort?.postMessage({ number, matched } satisfies JobDone)
  })
})

async function matchedIn(reports: Job['reports'], bytes: Uint8Array, terms: Job['terms']): Promise<number[]> {
  const matched: number[] = []
  let from = 0
  for (const [index, report] of reports.entries()) {
    if (await holds(report, bytes, from, terms)) matched.push(index)
    from = report.ends[3]
  }
  return matched
}

/** What does not open is searched and not found: opening it by itself tells why. */
async function holds(packed: PackedReport, bytes: Uint8Array, from: number, terms: Job['terms']) {
  const [key, body, enc, ciphertext] = packed.ends
  const { id, receivedOn, batchId, kid } = packed
  const sealed = { kid, enc: cut(bytes, body, enc), ciphertext: cut(bytes, enc, ciphertext) }
  try {
    const batchKey = batchKeys.get(batchId) ?? (await openKey(batchId, sealed))
    const dataKey = unwrapDataKey(batchKey, batchId, 'report', id, cut(bytes, from, key))
    const opened = openBody(dataKey, placeOfReport(id, receivedOn), cut(bytes, key, body))
    const { report } = JSON.parse(opened.toString()) as SealedContent
    return matches(report, terms)
  } catch (error) {
    if (error instanceof SealBroken) return false
    throw error
  }
}

async function openKey(batchId: string, sealed: { kid: string; enc: Buffer; ciphertext: Buffer }) {
  const pair = pairs.find(({ kid }) => kid === sealed.kid)
  if (pair === undefined) throw new SealBroken()
  const batchKey = await openBatchKey(pair, batchId, sealed, 'organisation')
  if (batchKeys.size >= batchesAtMost) batchKeys.clear()
  batchKeys.set(batchId, batchKey)
  return batchKey
}

function cut(bytes: Uint8Array, from: number, to: number): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from)
}
