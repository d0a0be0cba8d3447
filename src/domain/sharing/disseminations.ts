import type { BatchRecipient } from '../../crypto/seal.ts'
import type { Approval } from '../../schemas/casework.ts'
import type { DisseminationDraft, StaffDissemination } from '../../schemas/sharing.ts'
import { findAgency } from '../../storage/agencies.ts'
import {
  type DisseminationPosition,
  type DisseminationRow,
  disseminationsOfReport,
  findDissemination,
  insertDissemination,
  markDissemination,
  mayTellShared,
} from '../../storage/disseminations.ts'
import type { Query } from '../../storage/pool.ts'
import { changeMailboxStatus, changeReport } from '../../storage/reportChanges.ts'
import type { SealedReportRow } from '../../storage/reports.ts'
import { dayOf } from '../../vocabulary/calendar.ts'
import { Fault, invalid, refusal } from '../../vocabulary/faults.ts'
import type { Person } from '../../vocabulary/person.ts'
import { coarseStatus } from '../../vocabulary/transitions.ts'
import { beginAct, type TriageDeps } from '../acts/begin.ts'
import { readReport, visibleReport } from '../acts/openReport.ts'
import { consulted, deeds } from '../audit/deeds.ts'
import { transact } from '../calls/act.ts'
import { decisionOf, isStillToDecide } from '../calls/approval.ts'
import { keysetPage, openedPageOf, type Paging } from '../calls/pages.ts'
import type { StoreAnswer } from '../calls/storeAnswer.ts'
import { openSealed } from '../envelope/open.ts'
import type { Work } from '../envelope/work.ts'
import { personNames } from '../staff/named.ts'
import { readCase } from '../triage/case.ts'
import { authorsOfText, itemOf, type StoredItem } from '../triage/items.ts'
import { movesOf } from '../triage/moves.ts'
import { recordComparison, whyNotToSendNaming } from '../triage/submitter.ts'
import { sealingKeyOf } from './agencies.ts'
import { isGenuineProduct, parseProduct, productView } from './product.ts'
import { expiryOf, refuseByRole, refuseUnsendable, takesUrgentPath } from './rules.ts'
import { sealDissemination } from './sealedDissemination.ts'

const reviewWithin = 24 * 3_600_000

export type Disseminations = ReturnType<typeof disseminations>

/** Sends approved items to other agencies, and takes them back. */
export function disseminations(deps: TriageDeps) {
  const { audit, clock } = deps

  async function view(work: Work, row: DisseminationRow): Promise<StaffDissemination | undefined> {
    if (!isGenuineProduct(work.keyring, row)) return undefined
    const product = await openSealed(work, 'product', row, parseProduct)
    if (product === undefined) return undefined
    const { urgent, reviewBy, reviewed, expiresOn, author } = row
    const nameOf = await personNames(work.query, [author])
    return {
      ...productView(row, { product }),
      urgent,
      reviewBy: reviewBy?.toISOString() ?? null,
      reviewed,
      expiresOn,
      author: nameOf(author),
    }
  }

  async function find(work: Work, reportId: string, id: string, lock = false) {
    const row = await findDissemination(work.query, reportId, id, lock)
    const shown = row && (await view(work, row))
    if (row === undefined || shown === undefined) throw new Fault('not-found')
    return { row, shown }
  }

  return {
    async send(
      person: Person,
      reportId: string,
      draft: DisseminationDraft,
      storeAnswer: StoreAnswer,
    ): Promise<StaffDissemination> {
      const sent = await transact(deps, person, async (act) => {
        refuseByRole(person, draft)
        const now = clock()
        const row = await beginAct(act, reportId)
        const report = (await readReport(act, row))?.report
        const items = await itemsOf(act, reportId, draft.items)
        const key = await keyOfRecipient(act, draft.agency)
        const urgent = takesUrgentPath(person, draft, report, items)
        const { content } = await readCase(act, row)
        const moves = await movesOf(act, { report: row, content })
        refuseUnsendable({ draft, row, report, content, items, urgent, today: dayOf(now), moves })
        const why = await whyNotToSendNaming(act, reportId, items, draft.purpose)
        // Its answer tells the sender something of who that is: this much of the act stays.
        if (why !== undefined) {
          await recordComparison({ audit }, act, row)
          return why
        }

        const sent = await sealDissemination(
          act,
          draft,
          items,
          { kid: key.kid, publicKey: key.publicKey, slug: draft.agency },
          now,
        )
        const sentRow: DisseminationRow = {
          ...sent,
          reportId,
          agency: draft.agency,
          status: 'sent',
          due: draft.due ?? null,
          expiresOn: expiryOf(items),
          urgent,
          reviewBy: urgent ? new Date(now.getTime() + reviewWithin) : null,
          reviewed: false,
          tellReporter: draft.tellReporter === true,
          author: person.id,
        }
        await insertDissemination(act.query, sentRow)
        if (row.status === 'approved') await changeReport(act.query, reportId, { status: 'disseminated' })
        await tellReporter(act.query, reportId, row.status === 'approved' ? 'disseminated' : row.status)

        const { shown } = await find(act, reportId, sent.id)
        await storeAnswer(act.query, shown, { location: disseminationPath(reportId, sent.id) })
        await audit.append(act.query, {
          actor: person.id,
          role: person.role,
          ...deeds.disseminationSent(reportId, sent.id),
          reason: draft.reason,
          recipients: [draft.agency],
        })
        return shown
      })
      if (sent instanceof Fault) throw sent
      return sent
    },

    list: (person: Person, reportId: string, paging: Paging) =>
      transact(deps, person, async (act) => {
        await visibleReport(act, reportId)
        const page = await keysetPage(
          act.keyring,
          `disseminations ${reportId}`,
          paging,
          (limit, after: DisseminationPosition | undefined) =>
            disseminationsOfReport(act.query, reportId, clock(), limit, after),
          ({ overdue, sentAtText, id }) => ({ overdue, sentAt: sentAtText, id }),
        )
        const items: StaffDissemination[] = []
        for (const row of page.rows) {
          const shown = await view(act, row)
          if (shown !== undefined) items.push(shown)
        }
        await audit.record(act, consulted(`report/${reportId}/disseminations`))
        return openedPageOf(items, page)
      }),

    get: (person: Person, reportId: string, id: string): Promise<StaffDissemination> =>
      transact(deps, person, async (act) => {
        await visibleReport(act, reportId)
        const { shown } = await find(act, reportId, id)
        await audit.record(act, consulted(`report/${reportId}/dissemination/${id}`))
        return shown
      }),

    /** Ends the agency's access; the record stays. The same again changes nothing. */
    recall: (
      person: Person,
      reportId: string,
      id: string,
      reason: string | undefined,
    ): Promise<StaffDissemination> =>
      transact(deps, person, async (act) => {
        const report = await beginAct(act, reportId)
        const { row, shown } = await find(act, reportId, id, true)
        if (row.status === 'recalled') return shown
        await markDissemination(act.query, id, { status: 'recalled' })
        await tellReporter(act.query, reportId, report.status)
        await audit.append(act.query, {
          actor: person.id,
          role: person.role,
          ...deeds.disseminationRecalled(reportId, id),
          reason,
          recipients: [row.agency],
        })
        return (await find(act, reportId, id)).shown
      }),

    /** Reviews an urgent one afterwards, by somebody who neither sent nor wrote it; a refusal recalls it. */
    review: (person: Person, reportId: string, id: string, approval: Approval): Promise<StaffDissemination> =>
      transact(deps, person, async (act) => {
        const decision = decisionOf(approval)
        const report = await beginAct(act, reportId)
        const { row, shown } = await find(act, reportId, id, true)
        refuseUnlessUrgent(row)
        const made = row.status === 'recalled' ? 'refused' : 'approved'
        const authors = [row.author, ...(await authorsOf(act, report, shown))]
        const reviewed = { authors, status: row.reviewed ? made : 'draft' } as const
        if (!(await isStillToDecide(act, reviewed, decision, 'Recall it or send it anew.'))) return shown
        const status = approval.approved ? undefined : 'recalled'
        await markDissemination(act.query, id, { reviewed: true, status })
        const deed = deeds.disseminationDecided(reportId, id, decision)
        await audit.record(act, deed, approval.reason)
        return (await find(act, reportId, id)).shown
      }),
  }
}

function refuseUnlessUrgent({ urgent }: { urgent: boolean }): void {
  if (urgent) return
  throw refusal(
    'not-in-this-state',
    'Only what was sent urgently is reviewed afterwards: this was approved before it was sent.',
  )
}

export function disseminationPath(reportId: string, id: string): string {
  return `/v1/triage/reports/${reportId}/disseminations/${id}`
}

async function keyOfRecipient(work: Work, agency: string): Promise<BatchRecipient> {
  const known = await findAgency(work.query, agency)
  const key =
    known?.retired === false && known.kind !== 'provider' ? await sealingKeyOf(work, agency) : undefined
  if (key === undefined) throw invalid('/agency', 'unknown-agency', 'must be an agency that has a key')
  return key
}

async function itemsOf(work: Work, reportId: string, ids: readonly string[]): Promise<StoredItem[]> {
  const items: StoredItem[] = []
  for (const [index, id] of ids.entries()) {
    const item = await itemOf(work, reportId, id)
    if (item === undefined) throw invalid(`/items/${index}`, 'unknown-item', 'must be an item of this report')
    items.push(item)
  }
  return items
}

/** Who wrote what was sent: of the items as they are in the signed product. */
async function authorsOf(
  work: Work,
  report: SealedReportRow,
  { items = [] }: StaffDissemination,
): Promise<string[]> {
  const authors: string[] = []
  for (const { text } of items) authors.push(...(await authorsOfText(work, report, text)))
  return authors
}

async function tellReporter(query: Query, reportId: string, status: string): Promise<void> {
  const told = await mayTellShared(query, reportId)
  await changeMailboxStatus(query, reportId, coarseStatus(status as Parameters<typeof coarseStatus>[0], told))
}
