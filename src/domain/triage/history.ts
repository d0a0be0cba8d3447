import type { Keyring } from '../../crypto/keyring.ts'
import type { HistoryEntry } from '../../schemas/casework.ts'
import type { NamedPerson } from '../../schemas/person.ts'
import { auditOfReport, reasonIn, type StoredRecord } from '../../storage/auditTrail.ts'
import type { Query } from '../../storage/pool.ts'
import type { Person } from '../../vocabulary/person.ts'
import type { TriageDeps } from '../acts/act.ts'
import { visibleReport } from '../acts/openReport.ts'
import { consulted } from '../audit/deeds.ts'
import { openReason } from '../audit/reasons.ts'
import { loadPage, type Paging, pageOf } from '../calls/pages.ts'
import { personNames } from '../staff/named.ts'

/** Who did what to a report, out of the audit trail. */
export function history({ pool, keyring, audit }: TriageDeps) {
  return {
    list: (person: Person, reportId: string, paging: Paging) =>
      pool.transaction(async (query) => {
        await visibleReport(query, person, reportId)
        const page = await loadPage(
          keyring,
          `history ${reportId}`,
          paging,
          (limit, after: { seq: number } | undefined) => auditOfReport(query, reportId, limit, after?.seq),
          ({ seq }) => ({ seq: Number(seq) }),
        )
        const items: HistoryEntry[] = []
        const people = page.rows.map(({ actor }) => actor).filter((actor) => isUuid.test(actor))
        const nameOf = await personNames(query, people)
        for (const row of page.rows) items.push(await entryOf(query, keyring, row, nameOf))
        await audit.record(query, person, consulted(`report/${reportId}/history`))
        return pageOf(items, page)
      }),
  }
}

/** Of the other actors, such as `operator`, the name is all there is. */
const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

async function entryOf(
  query: Query,
  keyring: Keyring,
  row: StoredRecord,
  nameOf: (id: string) => NamedPerson,
): Promise<HistoryEntry> {
  const { seq, at, actor, role, action, target } = row
  const sealed = reasonIn(row)
  const reason = sealed && (await openReason(query, keyring, sealed, at))
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
