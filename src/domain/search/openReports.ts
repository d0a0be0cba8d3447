import { workerData } from 'node:worker_threads'
import { type Tell, workAsThread } from '../../concurrency/thread.ts'
import type { BatchKeyPair } from '../../crypto/seal.ts'
import type { Report } from '../../schemas/report.ts'
import type { Match } from '../../schemas/search.ts'
import type { PackedReport, SealedReport, Slab } from '../../storage/sealedReportRow.ts'
import type { ReportFacts } from '../../vocabulary/categories/categories.ts'
import { reportOpener } from '../envelope/reportOpener.ts'
import { parseReport, type SealedContent } from '../envelope/sealedReport.ts'
import { sealedIn } from '../envelope/slab.ts'
import { matcherOf, searchFor } from './matches.ts'
import { skimmer } from './skim.ts'

/*
 * A worker thread: opens sealed reports and tells which of them hold the terms, so that the service's own thread stays
 * free. Plaintext and batch keys live here only, and end with it.
 */

/** A report; of one that is listed, where it lies, and whether it was found to be unreadable when it left the box. */
export interface SearchedReport extends PackedReport {
  boxed?: boolean
  unreadable?: boolean
}

export interface Job {
  /** Of each search, the terms. */
  searches: readonly (readonly string[])[]
  /** Whether to tell where the first search found what. */
  marks: boolean
  /** Of `SearchedReport`s. */
  slab: Slab
}

export interface Found {
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

workAsThread(lookedThrough, () => {
  open.forget()
  for (const { privateKey } of pairs) privateKey.fill(0)
})

/** A report that the code fails on is unreadable, and hides no other. */
async function lookedThrough({ slab, searches, marks }: Job, tell: Tell): Promise<Found> {
  const prepared = searches.map(searchFor)
  const mayHold = skimmer(prepared)
  const matched: number[][] = searches.map(() => [])
  const marked: Found['marked'] = []
  const unreadable: number[] = []
  const facts: Found['facts'] = []
  const parseKnown = (opened: Uint8Array) => (mayHold(opened) ? parseReport(opened) : 'skipped')

  function lookAt(index: number, row: SearchedReport, sealed: SealedReport): void | Promise<void> {
    const content = open.as(sealed, isKnown(row) ? parseKnown : parseReport)
    if (content instanceof Promise) return content.then((known) => look(index, row, known))
    look(index, row, content)
  }

  function look(index: number, row: SearchedReport, content: SealedContent | 'skipped' | undefined): void {
    if (content === 'skipped') return
    if (content === undefined) {
      unreadable.push(index)
      return
    }
    const { report } = content
    const { holds, placesOf } = matcherOf(report)
    const hits = matched.filter((_, search) => holds(prepared[search] ?? []))
    const [first] = prepared
    if (marks && first !== undefined && hits.length > 0) marked.push([index, placesOf(first)])
    if (isUnchecked(row) && hits.length > 0) facts.push([index, factsOf(report)])
    for (const places of hits) places.push(index)
  }

  let isTold = false
  let index = -1
  for (const { row, report } of sealedIn<SearchedReport>(slab)) {
    index += 1
    try {
      const looking = lookAt(index, row, report)
      if (looking !== undefined) await looking
    } catch (error) {
      unreadable.push(index)
      // Once is enough: each has the same cause, most likely.
      if (!isTold) tell(error)
      isTold = true
    }
  }
  return { matched, marked, unreadable, facts }
}

/** It was found to be a report when it left the box: what nothing will be found in need not be read to tell that. */
function isKnown({ boxed, unreadable }: SearchedReport): boolean {
  return boxed === false && unreadable === false
}

/** What stands in the clear of it is intake's word alone: what it holds has to be told where it is found. */
function isUnchecked({ boxed, unreadable }: SearchedReport): boolean {
  return boxed === true || unreadable === true
}

/** No more of it than was ticked leaves the thread. */
function factsOf({ category, subcategories, riskFlags, immediateDanger }: Report): ReportFacts {
  return { category, subcategories, riskFlags, immediateDanger }
}
