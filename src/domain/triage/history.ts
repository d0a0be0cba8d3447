import type { HistoryEntry } from '../../schemas/casework.ts'
import type { NamedPerson } from '../../schemas/person.ts'
import { auditOfReport, reasonIn, type StoredRecord } from '../../storage/auditTrail.ts'
import type { Person } from '../../vocabulary/person.ts'
import type { TriageDeps } from '../acts/begin.ts'
import { visibleReport } from '../acts/openReport.ts'
import { consulted } from '../audit/deeds.ts'
import { openReason } from '../audit/reasons.ts'
import { transact } from '../calls/act.ts'
import { keysetPage, type Paging, pageOf } from '../calls/pages.ts'
import type { Work } from '../envelope/work.ts'
import { personNames } from '../staff/named.ts'

/** Who did what to a report, out of the audit trail. */
export function history(deps: TriageDeps) {
  const { audit } = deps

  return {
    list: (person: Person, reportId: string, paging: Paging) =>
      transact(deps, person, async (act) => {
        await visibleReport(act, reportId)
        const page = await keysetPage(
          act.keyring,
          `history ${reportId}`,
          paging,
          (limit, after: { seq: number } | undefined) =>
            auditOfReport(
              act.query,
              { personId: person.id, agency: person.agency },
              reportId,
              limit,
              after?.seq,
            ),
          ({ seq }) => ({ seq: Number(seq) }),
        )
        const items: HistoryEntry[] = []
        const people = page.rows.map(({ actor }) => actor).filter((actor) => isUuid.test(actor))
        const nameOf = await personNames(act.query, people)
        for (const row of page.rows) items.push(await entryOf(act, row, nameOf))
        await audit.record(act, consulted(`report/${reportId}/history`))
        return pageOf(items, page)
      }),
  }
}

/** Of the other actors, such as `operator`, the name is all there is. */
const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

async function entryOf(
  work: Work,
  row: StoredRecord,
  nameOf: (id: string) => NamedPerson,
): Promise<HistoryEntry> {
  const { seq, at, actor, role, action, target } = row
  const sealed = reasonIn(row)
  const reason = sealed && (await openReason(work, sealed, at))
  return {
    seq: Number(seq),
    at: at.toISOString(),
    actor: isUuid.test(actor) ? nameOf(actor) : { id: actor, name: actor },
    role,
    action,
    target,
    ...(reason === undefined ? {} : { reason }),
  }
}
