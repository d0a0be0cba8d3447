import { parentPort, workerData } from 'node:worker_threads'
import type { BatchKeyPair } from '../../crypto/seal.ts'
import type { Report } from '../../schemas/report.ts'
import type { Match } from '../../schemas/search.ts'
import type { ReportFacts } from '../../vocabulary/categories/categories.ts'
import { reportOpener } from '../envelope/reportOpener.ts'
import { matcherOf, searchFor } from './matches.ts'

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
  /** What stands in the clear of it is intake's word alone: what it holds has to be told where it is found. */
  unchecked: boolean
  ends: readonly [number, number, number, number]
}

export interface Job {
  number: number
  /** Of each search, the terms. */
  searches: readonly (readonly string[])[]
  /** Whether to tell where the first search found what. */
  marks: boolean
  reports: readonly PackedReport[]
  bytes: Uint8Array
}

export interface JobDone {
  number: number
  /** Of each search, the places, in the job's order, of the reports that hold every term. */
  matched: number[][]
  /** Of each report that the first search found, by place: where in its texts. Empty unless asked for. */
  marked: [number, Match[]][]
  /** Places of the reports that cannot be read. */
  unreadable: number[]
  /** Of reports that are unchecked and found: by place, what decides how they are routed. */
  facts: [number, ReportFacts][]
}

const { pairs } = workerData as { pairs: readonly BatchKeyPair[] }

/** After mixing, very many reports share a batch; in the box few do. */
const batchesAtMost = 20_000
const open = reportOpener(pairs, batchesAtMost)

parentPort?.on('message', ({ number, ...job }: Job) => {
  void lookedThrough(job).then((found) => {
    parentPort?.postMessage({ number, ...found } satisfies JobDone)
  })
})

async function lookedThrough({
  reports,
  bytes,
  searches,
  marks,
}: Omit<Job, 'number'>): Promise<Omit<JobDone, 'number'>> {
  const prepared = searches.map(searchFor)
  const matched: number[][] = searches.map(() => [])
  const marked: JobDone['marked'] = []
  const unreadable: number[] = []
  const facts: JobDone['facts'] = []
  let from = 0
  for (const [index, packed] of reports.entries()) {
    const report = await openPacked(packed, bytes, from)
    from = packed.ends[3]
    if (report === undefined) {
      unreadable.push(index)
      continue
    }
    const { holds, placesOf } = matcherOf(report)
    const hits = matched.filter((_, search) => holds(prepared[search] ?? []))
    for (const places of hits) places.push(index)
    const [first] = prepared
    if (marks && first !== undefined && hits.length > 0) marked.push([index, placesOf(first)])
    if (packed.unchecked && hits.length > 0) facts.push([index, factsOf(report)])
  }
  return { matched, marked, unreadable, facts }
}

/** No more of it than was ticked leaves the thread. */
function factsOf({ category, subcategories, riskFlags, immediateDanger }: Report): ReportFacts {
  return { category, subcategories, riskFlags, immediateDanger }
}

async function openPacked(packed: PackedReport, bytes: Uint8Array, from: number) {
  const { ends, unchecked: _unchecked, ...place } = packed
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
