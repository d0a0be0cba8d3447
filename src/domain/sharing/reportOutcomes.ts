import type { Outcome, OutcomeDraft } from '../../schemas/sharing.ts'
import { type OutcomePosition, outcomesOfReport } from '../../storage/outcomes.ts'
import type { Person } from '../../vocabulary/person.ts'
import { beginAct, type TriageDeps } from '../acts/begin.ts'
import { visibleReport } from '../acts/openReport.ts'
import { consulted, deeds } from '../audit/deeds.ts'
import { transact } from '../calls/act.ts'
import { keysetPage, openedPageOf, type Paging } from '../calls/pages.ts'
import type { StoreAnswer } from '../calls/storeAnswer.ts'
import { outcomeView, recordOutcome } from './outcomes.ts'

/** Outcomes of a report: what staff record, and what agencies answered. */
export function reportOutcomes(deps: TriageDeps) {
  const { audit, clock } = deps

  return {
    add: (
      person: Person,
      reportId: string,
      draft: OutcomeDraft,
      storeAnswer: StoreAnswer,
    ): Promise<Outcome> =>
      transact(deps, person, async (act) => {
        await beginAct(act, reportId)
        const outcome = await recordOutcome(act, { reportId, disseminationId: null }, draft, clock())
        await storeAnswer(act.query, outcome)
        await audit.record(act, deeds.outcomeRecorded(reportId, outcome.id))
        return outcome
      }),

    list: (person: Person, reportId: string, paging: Paging) =>
      transact(deps, person, async (act) => {
        await visibleReport(act, reportId)
        const page = await keysetPage(
          act.keyring,
          `outcomes ${reportId}`,
          paging,
          (limit, after: OutcomePosition | undefined) => outcomesOfReport(act.query, reportId, limit, after),
          ({ recordedAtText, id }) => ({ recordedAt: recordedAtText, id }),
        )
        const items: Outcome[] = []
        for (const row of page.rows) {
          const outcome = await outcomeView(act, row)
          if (outcome !== undefined) items.push(outcome)
        }
        await audit.record(act, consulted(`report/${reportId}/outcomes`))
        return openedPageOf(items, page)
      }),
  }
}

export type ReportOutcomes = ReturnType<typeof reportOutcomes>
