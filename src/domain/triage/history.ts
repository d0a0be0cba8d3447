import type { Keyring } from '../../crypto/keyring.ts'
import type { HistoryEntry } from '../../schemas/casework.ts'
import { auditOfReport, reasonIn, type StoredRecord } from '../../storage/auditTrail.ts'
import type { Query } from '../../storage/pool.ts'
import type { Person } from '../../vocabulary/person.ts'
import type { TriageDeps } from '../acts/act.ts'
import { visibleReport } from '../acts/openReport.ts'
import { consulted } from '../audit/deeds.ts'
import { openReason } from '../audit/reasons.ts'
import { loadPage, type Paging, pageOf } from '../calls/pages.ts'

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
        for (const row of page.rows) items.push(await entryOf(query, keyring, row))
        await audit.record(query, person, consulted(`report/${reportId}/history`))
        return pageOf(items, page)
      }),
  }
}

async function entryOf(query: Query, keyring: Keyring, row: StoredRecord): Promise<HistoryEntry> {
  const { seq, at, actor, role, action, target } = row
  const sealed = reasonIn(row)
  const reason = sealed && (await openReason(query, keyring, sealed, at))
  return {
    seq: Number(seq),
    at: at.toISOString(),
    actor,
    role,
    action,
    target,
    ...(reason === undefined ? {} : { reason }),
  }
}
