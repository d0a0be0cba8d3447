import type { Item } from '../../schemas/casework.ts'
import type { Submitter } from '../../schemas/submissions.ts'
import { findAgency } from '../../storage/agencies.ts'
import { Fault } from '../../vocabulary/faults.ts'
import type { Person } from '../../vocabulary/person.ts'
import type { TriageDeps } from '../acts/begin.ts'
import { visibleReport } from '../acts/openReport.ts'
import { submitterOf } from '../acts/submission.ts'
import { consulted } from '../audit/deeds.ts'
import { transact } from '../calls/act.ts'
import type { Work } from '../envelope/work.ts'
import { namesOfSubmitter } from '../text/lint/submitter.ts'

/** Opens who shared a report in, for one person and with their reason, and records it. Throws `not-found` where nobody did. */
export function openSubmitter(
  deps: TriageDeps,
  person: Person,
  reportId: string,
  reason: string,
): Promise<Submitter> {
  return transact(deps, person, async (act) => {
    await visibleReport(act, reportId)
    const submitter = await submitterOf(act, reportId)
    if (submitter === undefined) throw new Fault('not-found')
    await deps.audit.record(act, consulted(`report/${reportId}/submitter`), reason)
    const { contact = null } = submitter.source
    return { ...submitter, contact }
  })
}

const fields = ['title', 'text'] as const

/**
 * Where an item of this report gives away who shared it in. Nobody is shown who that is: the service compares, and says only
 * where. Nothing is said of items of what the public reported.
 */
export async function submitterLint(
  work: Work,
  reportId: string,
): Promise<(item: Pick<Item, 'title' | 'text'>) => Pick<Item, 'warnings'>> {
  const submitter = await submitterOf(work, reportId)
  if (submitter === undefined) return () => ({})
  const { name, agency: slug, source } = submitter
  const agency = (await findAgency(work.query, slug))?.name ?? slug
  const known = { name, agency, contact: source.contact ?? '' }
  return (item) => ({
    warnings: fields.flatMap((field) =>
      namesOfSubmitter(item[field], known).map(({ start, end }) => ({
        code: 'names-submitter',
        pointer: `/${field}`,
        start,
        end,
      })),
    ),
  })
}
