import { threads } from '../../concurrency/threads.ts'
import type { Keyring } from '../../crypto/keyring.ts'
import type { Log } from '../../log.ts'
import { namesOfPeople } from '../../storage/people.ts'
import type { KnownRow } from '../../storage/scan.ts'
import { type KnownSlab, memoryOf } from '../../storage/sealedReportRow.ts'
import type { Periods } from '../../vocabulary/periods.ts'
import { agenciesNow, isUnchecked } from '../acts/settling.ts'
import { organisationPairs } from '../envelope/organisationKeys.ts'
import type { Work } from '../envelope/work.ts'
import { peopleIn, readCases } from '../triage/case.ts'
import type { ExportFormat } from './exported.ts'
import type { Piece } from './pieces.ts'
import type { LinesJob } from './writeLines.ts'

/** Milliseconds after which the thread ends, and with it the batch keys that it knows. */
const idleAfter = 5_000

/** Writes many reports as lines, in a thread. */
export function lineWriter(keyring: Keyring, { graceDays }: Pick<Periods, 'graceDays'>, log?: Log) {
  const run = threads<LinesJob, readonly Piece[]>(new URL('./writeLines.js', import.meta.url), {
    atMost: 1,
    idleAfter,
    knows: () => ({ pairs: organisationPairs(keyring) }),
    of: () => keyring.keys,
    // What an export takes is the same however long it is: garbage does not gather. The less V8 thinks it may take, the less
    // does it let gather before it collects; this is many times what the largest step takes.
    limits: { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 200 },
    log,
  })

  const write = async (
    work: Work,
    { rows, lines, sealed }: KnownSlab<KnownRow>,
    format: ExportFormat,
  ): Promise<readonly Piece[]> => {
    const cases = await readCases(
      work,
      rows.map(({ id }) => id),
    )
    const names = await namesOfPeople(work.query, [...new Set(peopleIn(rows, [...cases.values()]))])
    const agencies = rows.some(isUnchecked) ? await agenciesNow(work.query) : new Set<string>()
    const job = { format: format.name, slab: { lines, sealed }, cases, names, agencies, graceDays }
    return run(job, memoryOf({ lines, sealed }))
  }
  return Object.assign(write, { end: run.end })
}
