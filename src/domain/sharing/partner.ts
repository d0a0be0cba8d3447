import type { Keyring } from '../../crypto/keyring.ts'
import type { Dissemination, Outcome, OutcomeDraft } from '../../schemas/sharing.ts'
import { isProvider } from '../../storage/agencies.ts'
import { outcomeBatchKeys } from '../../storage/batchKeys.ts'
import {
  actFor,
  agencyBatchKey,
  answerProduct,
  findProduct,
  type ProductRow,
  productsForAgency,
} from '../../storage/disseminations.ts'
import { type OutcomePosition, outcomesOfProduct } from '../../storage/outcomes.ts'
import type { Pool, Query } from '../../storage/pool.ts'
import { dayOf } from '../../vocabulary/calendar.ts'
import { Fault, refusal } from '../../vocabulary/faults.ts'
import type { Person } from '../../vocabulary/person.ts'
import { consulted, deeds } from '../audit/deeds.ts'
import type { AuditTrail } from '../audit/trail.ts'
import type { Act } from '../calls/act.ts'
import { keysetPage, openedPageOf, type Paging } from '../calls/pages.ts'
import type { StoreAnswer } from '../calls/storeAnswer.ts'
import { outcomeView, recordOutcome } from './outcomes.ts'
import { isGenuineProduct, openForAgency, productView } from './product.ts'

export interface PartnerDeps {
  pool: Pool<'sotto_partner'>
  keyring: Keyring
  audit: AuditTrail
  clock: () => Date
}

export type PartnerDesk = ReturnType<typeof partnerDesk>

/** What a partner sees and answers: what was sent to their agency, and nothing else. */
export function partnerDesk({ pool, keyring, audit, clock }: PartnerDeps) {
  /** Acts for the partner's agency, in one transaction: the database shows it that agency's rows alone. */
  const asAgency = <T>(person: Person, work: (act: Act, agency: string) => Promise<T>): Promise<T> =>
    pool.transaction(async (query) => {
      if (person.agency === null) throw new Fault('forbidden')
      await actFor(query, person.agency)
      // A provider shares in, and is sent nothing.
      if (await isProvider(query, person.agency)) throw new Fault('forbidden')
      return work({ person, query, keyring, clock }, person.agency)
    })

  async function view(query: Query, row: ProductRow): Promise<Dissemination | undefined> {
    const key = await agencyBatchKey(query, row.batchId)
    if (key === undefined || !isGenuineProduct(keyring, row)) return undefined
    const content = await openForAgency(keyring, row, key)
    return content && productView(row, content)
  }

  /** Throws `gone` once it was recalled or has expired. */
  async function find(query: Query, id: string): Promise<ProductRow> {
    const row = await findProduct(query, id)
    if (row === undefined || !isGenuineProduct(keyring, row)) throw new Fault('not-found')
    const expired = row.expiresOn !== null && row.expiresOn < dayOf(clock())
    if (row.status === 'recalled' || expired)
      throw refusal('gone', 'It was recalled, or has expired: it is not to be used any more.')
    return row
  }

  async function shown(query: Query, id: string): Promise<Dissemination> {
    const dissemination = await view(query, await find(query, id))
    if (dissemination === undefined) throw new Fault('not-found')
    return dissemination
  }

  return {
    list: (person: Person, paging: Paging) =>
      asAgency(person, async (act, agency) => {
        const page = await keysetPage(
          keyring,
          `products ${agency}`,
          paging,
          (limit, after: { sentAt: string; id: string } | undefined) =>
            productsForAgency(act.query, dayOf(clock()), limit, after),
          ({ sentAtText, id }) => ({ sentAt: sentAtText, id }),
        )
        const items: Dissemination[] = []
        for (const row of page.rows) {
          const dissemination = await view(act.query, row)
          if (dissemination !== undefined) items.push(dissemination)
        }
        await audit.record(act, consulted(`agency/${agency}/disseminations`))
        return openedPageOf(items, page)
      }),

    get: (person: Person, id: string): Promise<Dissemination> =>
      asAgency(person, async (act) => {
        const dissemination = await shown(act.query, id)
        await audit.record(act, consulted(`dissemination/${id}`))
        return dissemination
      }),

    /** Says that it was received. The same again changes nothing. */
    acknowledge: (person: Person, id: string): Promise<Dissemination> =>
      asAgency(person, async (act) => {
        const before = await find(act.query, id)
        await answerProduct(act.query, id, 'acknowledged')
        const after = await shown(act.query, id)
        if (after.status !== before.status) {
          await audit.record(act, deeds.disseminationAcknowledged(id))
        }
        return after
      }),

    /** Answers what came of it. */
    answer: (person: Person, id: string, draft: OutcomeDraft, storeAnswer: StoreAnswer): Promise<Outcome> =>
      asAgency(person, async (act, agency) => {
        await find(act.query, id)
        const of = { reportId: null, disseminationId: id }
        const outcome = await recordOutcome(act, of, { ...draft, agency }, clock())
        await answerProduct(act.query, id, 'answered')
        await storeAnswer(act.query, outcome)
        await audit.record(act, deeds.disseminationAnswered(id, outcome.id))
        return outcome
      }),

    outcomes: (person: Person, id: string, paging: Paging) =>
      asAgency(person, async (act) => {
        await find(act.query, id)
        const page = await keysetPage(
          keyring,
          `outcomes ${id}`,
          paging,
          (limit, after: OutcomePosition | undefined) => outcomesOfProduct(act.query, id, limit, after),
          ({ recordedAtText, id: outcome }) => ({ recordedAt: recordedAtText, id: outcome }),
        )
        const items: Outcome[] = []
        for (const row of page.rows) {
          const outcome = await outcomeView(act, row, outcomeBatchKeys)
          if (outcome !== undefined) items.push(outcome)
        }
        await audit.record(act, consulted(`dissemination/${id}/outcomes`))
        return openedPageOf(items, page)
      }),
  }
}
