import { deriveLookupId, deriveMailboxKeys, type MailboxKeys, parseReceipt } from '../../crypto/receipt.ts'
import type { SealAnswer } from '../../crypto/storedAnswer.ts'
import type { MailboxAttachment, MailboxMessage } from '../../schemas/mailbox.ts'
import type {
  OpenedSubmission,
  Submission,
  SubmissionAccepted,
  SubmissionCheck,
  SubmissionDraft,
} from '../../schemas/submissions.ts'
import { findAgency } from '../../storage/agencies.ts'
import { actFor } from '../../storage/disseminations.ts'
import type { Pool } from '../../storage/pool.ts'
import {
  actForOwner,
  findSubmission,
  type Standing,
  type SubmissionPosition,
  type SubmissionRow,
  standingsOf,
  submissionBatchKeys,
  submissionsPage,
} from '../../storage/submissions.ts'
import { Fault, refusal } from '../../vocabulary/faults.ts'
import type { Person } from '../../vocabulary/person.ts'
import type { ReportStatus } from '../../vocabulary/statuses.ts'
import { coarseStatus } from '../../vocabulary/transitions.ts'
import { isGenuineSubmission, ownersOf, parseSubmission } from '../acts/submission.ts'
import { consulted, type Deed, sharedIn } from '../audit/deeds.ts'
import { type Act, transact } from '../calls/act.ts'
import { keysetPage, type Paging, pageOf } from '../calls/pages.ts'
import type { StoreAnswer } from '../calls/storeAnswer.ts'
import { openSealed } from '../envelope/open.ts'
import type { IntakeSettings } from '../intake/accept.ts'
import { refuseBroken } from '../intake/reportRules.ts'
import type { Mailboxes } from '../mailbox/mailbox.ts'
import type { OpenMailbox } from '../mailbox/openMailbox.ts'
import type { PurgeDeps } from '../retention/keeping.ts'
import { signpostsFor } from '../signposts/signposts.ts'
import { sharedWarningsInSlices } from '../text/warnings/inSlices.ts'
import { hasConflict, type Known } from './known.ts'
import { noticeToPartners } from './notice.ts'
import { partsOf, putSubmission } from './submit.ts'
import { warningsOfSubmitter } from './warnings.ts'
import { withdraw } from './withdraw.ts'

export interface SubmissionDeps extends PurgeDeps {
  /** A partner's own connection: it sees what they may see, and no report. */
  partnerPool: Pool<'sotto_partner'>
  /** Over that connection. */
  mailboxes: Mailboxes
  settings: IntakeSettings
}

export type Submissions = ReturnType<typeof submissions>

/** What partners and providers share in, and what triage asks them about it. */
export function submissions(deps: SubmissionDeps) {
  const { pool, partnerPool, keyring, audit, clock, mailboxes, settings } = deps
  const warningsOf = sharedWarningsInSlices()

  /** Acts for the partner, in one transaction of their own connection. What they did is recorded without naming which. */
  const asPartner = <T>(
    person: Person,
    deed: (target: string) => Deed,
    work: (act: Act) => Promise<T>,
  ): Promise<T> =>
    partnerPool.transaction(async (query) => {
      const agency = agencyOf(person)
      await actFor(query, agency)
      await actForOwner(query, ownersOf(keyring, person.id))
      const act: Act = { person, query, keyring, clock }
      const done = await work(act)
      await audit.record(act, deed(`agency/${agency}/submissions`))
      return done
    })

  async function known(act: Act, row: SubmissionRow | undefined): Promise<Known | undefined> {
    if (row === undefined || !isGenuineSubmission(keyring, row)) return undefined
    const inside = await openSealed(act, 'submission', row, parseSubmission, submissionBatchKeys)
    return inside && { row, inside, mine: ownersOf(keyring, act.person.id).includes(row.owner) }
  }

  function find(person: Person, id: string, deed: (target: string) => Deed): Promise<Known> {
    return asPartner(person, deed, async (act) => {
      const found = await known(act, await findSubmission(act.query, id))
      if (found === undefined) throw new Fault('not-found')
      return found
    })
  }

  /** Only who submitted it answers, adds to it or takes it back. */
  async function findOwn(person: Person, id: string): Promise<Known> {
    const found = await find(person, id, sharedIn)
    if (!found.mine) throw new Fault('forbidden')
    return found
  }

  async function standingOf({ inside: { reportId } }: Known): Promise<Standing> {
    const standing = (await standingsOf(pool.query, [reportId])).get(reportId)
    if (standing === undefined) throw new Fault('not-found')
    return standing
  }

  function mailboxKeysOf({ inside }: Known): MailboxKeys | undefined {
    const parsed = parseReceipt(inside.receipt)
    return 'fault' in parsed ? undefined : deriveMailboxKeys(parsed.canonical)
  }

  /** Its mailbox; undefined once that has ended. */
  async function mailboxOf(found: Known): Promise<OpenMailbox | undefined> {
    const keys = mailboxKeysOf(found)
    return keys && ((await mailboxes.open(keys)) ?? undefined)
  }

  /** How they are shown: also whether triage waits for an answer, as far as the agency may be told. */
  async function viewsOf(all: readonly { found: Known; standing: Standing }[]): Promise<Submission[]> {
    const lookupIds = all.map(({ found, standing }) => {
      const parsed = parseReceipt(found.inside.receipt)
      return 'fault' in parsed || !showsTriage(found.row, standing)
        ? undefined
        : deriveLookupId(parsed.canonical)
    })
    const asked = await mailboxes.asked(lookupIds.filter((id) => id !== undefined))
    return all.map(({ found, standing }, at) =>
      viewOf(
        found,
        standing,
        asked.some((id) => lookupIds[at]?.equals(id)),
      ),
    )
  }

  async function mailboxToWrite(person: Person, id: string): Promise<OpenMailbox> {
    const mailbox = await mailboxOf(await findOwn(person, id))
    if (mailbox === undefined)
      throw refusal('gone', 'The conversation has ended: submit what is new as a submission of its own.')
    return mailbox
  }

  async function contents(found: Known, report: Standing) {
    const mailbox = await mailboxOf(found)
    const read = mailbox && (await mailboxes.read(mailbox))
    const isTold = showsTriage(found.row, report)
    return {
      attachmentsAllowed: read?.attachmentsAllowed ?? false,
      messages: (read?.messages ?? []).filter(({ from }) => isTold || from === 'reporter'),
      attachments: read?.attachments ?? [],
    }
  }

  async function nameOfAgency(person: Person): Promise<string> {
    const agency = agencyOf(person)
    return (await findAgency(pool.query, agency))?.name ?? agency
  }

  async function judged(person: Person, draft: SubmissionDraft) {
    const { report, source } = partsOf(draft)
    refuseBroken(report)
    const own = warningsOfSubmitter(report, {
      name: person.name,
      agency: await nameOfAgency(person),
      contact: source.contact ?? '',
    })
    return {
      report,
      source,
      told: {
        warnings: [...(await warningsOf(report)), ...own],
        signposts: signpostsFor(settings.signposts, report),
        notice: noticeToPartners(settings.nextRead),
      },
    }
  }

  return {
    /** What a partner's agency is called. */
    nameOfAgency,

    /** What would be said of a draft. Nothing is kept. */
    check: async (person: Person, draft: SubmissionDraft): Promise<SubmissionCheck> =>
      (await judged(person, draft)).told,

    submit: async (
      person: Person,
      draft: SubmissionDraft,
      storeAnswer: StoreAnswer,
    ): Promise<SubmissionAccepted> => {
      const { report, source, told } = await judged(person, draft)
      const agency = agencyOf(person)
      return transact(deps, person, async (act) => {
        const { id, submittedOn } = await putSubmission(act, agency, { report, source })
        const { category } = report
        const accepted = {
          ...{ id, submittedOn, category, status: 'received' as const, mine: true, asked: false },
          ...told,
        }
        await storeAnswer(act.query, accepted, { location: submissionPath(id) })
        await audit.record(act, sharedIn(`agency/${agency}/submissions`))
        return accepted
      })
    },

    list: async (person: Person, paging: Paging) => {
      const { page, found } = await asPartner(person, consulted, async (act) => {
        const page = await keysetPage(
          keyring,
          `submissions ${person.id}`,
          paging,
          (limit, after: SubmissionPosition | undefined) => submissionsPage(act.query, limit, after),
          ({ submittedOn, id }) => ({ submittedOn, id }),
        )
        const found: Known[] = []
        for (const row of page.rows) {
          const one = await known(act, row)
          if (one !== undefined) found.push(one)
        }
        return { page, found }
      })
      const standings = await standingsOf(
        pool.query,
        found.map(({ inside }) => inside.reportId),
      )
      const shown = found.flatMap((one) => {
        const standing = standings.get(one.inside.reportId)
        return standing === undefined ? [] : [{ found: one, standing }]
      })
      return pageOf(await viewsOf(shown), page)
    },

    get: async (person: Person, id: string): Promise<OpenedSubmission> => {
      const found = await find(person, id, consulted)
      const standing = await standingOf(found)
      const [view = viewOf(found, standing, false)] = await viewsOf([{ found, standing }])
      return { ...view, ...(await contents(found, standing)) }
    },

    messages: async (person: Person, id: string): Promise<MailboxMessage[]> => {
      const found = await find(person, id, consulted)
      return (await contents(found, await standingOf(found))).messages
    },

    addMessage: async (
      person: Person,
      id: string,
      text: string,
      sealAnswer: SealAnswer | undefined,
    ): Promise<MailboxMessage> => mailboxes.addMessage(await mailboxToWrite(person, id), text, sealAnswer),

    addAttachment: async (
      person: Person,
      id: string,
      bytes: Uint8Array,
      sealAnswer: SealAnswer | undefined,
    ): Promise<MailboxAttachment> =>
      mailboxes.addAttachment(await mailboxToWrite(person, id), bytes, sealAnswer),

    /** Takes it back, until it is graded. */
    withdraw: async (person: Person, id: string, storeAnswer: StoreAnswer): Promise<void> =>
      withdraw(deps, person, await findOwn(person, id), storeAnswer),
  }
}

export function submissionPath(id: string): string {
  return `/v1/partner/submissions/${id}`
}

/**
 * Whether it sees what triage asked. In conflict that is all from before: nothing is sent to it since, and to take back what
 * it saw would tell. Where a conflict is older than the service's memory of that, nothing.
 */
function showsTriage(row: SubmissionRow, standing: Standing): boolean {
  return !hasConflict(row, standing) || standing.toldBefore !== null
}

/** Coarse. In conflict it stays as it was told last, and no more than that it was read is new: anything else would tell. */
function statusOf(row: SubmissionRow, standing: Standing) {
  const status = standing.status as ReportStatus
  if (!hasConflict(row, standing)) return coarseStatus(status, standing.told)
  const before = standing.toldBefore?.status ?? 'received'
  return before === 'received' && status !== 'received' ? 'reviewed' : before
}

function viewOf({ row, inside: { category }, mine }: Known, standing: Standing, asked: boolean): Submission {
  const { id, submittedOn } = row
  return { id, submittedOn, category, status: statusOf(row, standing), mine, asked }
}

function agencyOf({ agency }: Person): string {
  if (agency === null) throw new Fault('forbidden')
  return agency
}
