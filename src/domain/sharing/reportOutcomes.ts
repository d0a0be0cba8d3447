import type { Outcome, OutcomeDraft } from '../../schemas/sharing.ts'
import { type OutcomePosition, outcomesOfReport } from '../../storage/outcomes.ts'
import type { Person } from '../../vocabulary/person.ts'
import { beginAct, type TriageDeps } from '../acts/act.ts'
import { visibleReport } from '../acts/openReport.ts'
import { consulted, deeds } from '../audit/deeds.ts'
import type { Keep } from '../calls/keep.ts'
import { loadPage, type Paging, pageOf } from '../calls/pages.ts'
import { outcomeView, recordOutcome } from './outcomes.ts'

/** Outcomes of a report: what staff record, and what agencies answered. */
export function reportOutcomes({ pool, keyring, audit, clock }: TriageDeps) {
  return {
    add: (person: Person, reportId: string, draft: OutcomeDraft, keep: Keep): Promise<Outcome> =>
      pool.transaction(async (query) => {
        await beginAct(query, keyring, person, reportId)
        const outcome = await recordOutcome(
          query,
          keyring,
          person,
          { reportId, disseminationId: null },
          draft,
          clock(),
        )
        await keep(query, outcome)
        await audit.record(query, person, deeds.outcomeRecorded(reportId, outcome.id))
        return outcome
      }),

    list: (person: Person, reportId: string, paging: Paging) =>
      pool.transaction(async (query) => {
        await visibleReport(query, person, reportId)
        const page = await loadPage(
          keyring,
          `outcomes ${reportId}`,
          paging,
          (limit, after: OutcomePosition | undefined) => outcomesOfReport(query, reportId, limit, after),
          ({ recordedAtText, id }) => ({ recordedAt: recordedAtText, id }),
        )
        const items: Outcome[] = []
        for (const row of page.rows) {
          const outcome = await outcomeView(query, keyring, row)
          if (outcome !== undefined) items.push(outcome)
        }
        await audit.record(query, person, consulted(`report/${reportId}/outcomes`))
        return pageOf(items, page)
      }),
  }
}

export type ReportOutcomes = ReturnType<typeof reportOutcomes>
