import { parentPort, workerData } from 'node:worker_threads'
import type { BatchKeyPair } from '../../crypto/seal.ts'
import { reportOpener } from '../reportOpener.ts'
import { matcherOf } from './matches.ts'

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
  /** Of each search, the terms. */
  searches: readonly (readonly string[])[]
  reports: readonly PackedReport[]
  bytes: Uint8Array
}

export interface JobDone {
  number: number
  /** Of each search, the places, in the job's order, of the reports that hold every term. */
  matched: number[][]
}

const { pairs } = workerData as { pairs: readonly BatchKeyPair[] }

/** After mixing, very many reports share a batch; in the box few do. */
const batchesAtMost = 20_000
const open = reportOpener(pairs, batchesAtMost)

parentPort?.on('message', ({ number, searches, reports, bytes }: Job) => {
  void matchedIn(reports, bytes, searches).then((matched) => {
    parentPort?.postMessage({ number, matched } satisfies JobDone)
  })
})

async function matchedIn(
  reports: Job['reports'],
  bytes: Uint8Array,
  searches: Job['searches'],
): Promise<number[][]> {
  const matched: number[][] = searches.map(() => [])
  let from = 0
  for (const [index, packed] of reports.entries()) {
    const report = await openPacked(packed, bytes, from)
    from = packed.ends[3]
    // What does not open is searched and not found: opening it by itself tells why.
    if (report === undefined) continue
    const holds = matcherOf(report)
    for (const [search, terms] of searches.entries()) if (holds(terms)) matched[search]?.push(index)
  }
  return matched
}

async function openPacked(packed: PackedReport, bytes: Uint8Array, from: number) {
  const { ends, ...place } = packed
  const [key, body, enc, ciphertext] = ends
  const content = await open({
    ...place,
    wrappedKey: cut(bytes, from, key),
    body: cut(bytes, key, body),
    enc: cut(bytes, body, enc),
    ciphertext: cut(bytes, enc, ciphertext),
  })
  return content?.report
}

function cut(bytes: Uint8Array, from: number, to: number): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from)
}
