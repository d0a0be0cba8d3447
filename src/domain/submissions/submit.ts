import { randomUUID } from 'node:crypto'
import { newMailboxKeys } from '../../crypto/newMailboxKeys.ts'
import type { Report } from '../../schemas/report.ts'
import type { Source, SubmissionDraft } from '../../schemas/submissions.ts'
import { insertSubmission, insertSubmittedReport } from '../../storage/submissions.ts'
import { dayOf } from '../../vocabulary/calendar.ts'
import { categoryBySlug } from '../../vocabulary/categories/categories.ts'
import { rankOf } from '../../vocabulary/priority.ts'
import { agenciesNow } from '../acts/settling.ts'
import { ownersOf, sealSubmission } from '../acts/submission.ts'
import type { Act } from '../calls/act.ts'
import { sealStored } from '../envelope/seal.ts'
import type { SealedContent } from '../envelope/sealedReport.ts'
import { proposeRouting } from '../routing/routing.ts'
import { proposeGrade } from './grade.ts'

/** What was sent in, as the report that it becomes and where it is from. */
export function partsOf({ source, ...report }: SubmissionDraft): { report: Report; source: Source } {
  return { report, source }
}

/**
 * Makes a report of what a partner submits, outside the box, with a mailbox of its own; and, each sealed by itself, what
 * leads to it and who submitted it. All in the act's transaction, as triage: the partner's own connection may put in nothing.
 */
export async function putSubmission(
  act: Act,
  agency: string,
  { report, source }: { report: Report; source: Source },
): Promise<{ id: string; submittedOn: string }> {
  const { person, clock, keyring } = act
  const [id, reportId, day] = [randomUUID(), randomUUID(), dayOf(clock())]
  const { receipt, ...keys } = newMailboxKeys()
  const { attachments: attachmentsAllowed } = categoryBySlug(report.category)
  const mailbox = { ...keys, id: randomUUID(), attachmentsAllowed }
  const routing = proposeRouting(report, await agenciesNow(act.query))
  const { category, priority, leadAgency, supportAgencies, restricted } = routing
  const content: SealedContent = {
    report,
    proposals: [...routing.proposals, proposeGrade(source.basis)],
    mailbox: {
      id: mailbox.id,
      sealingKey: mailbox.sealingKey.toString('base64url'),
      signingKey: mailbox.signingKey.toString('base64url'),
    },
    source: { basis: source.basis, protect: source.protect },
  }
  const sealed = await sealStored(act, 'report', { id: reportId, receivedOn: day }, content)
  await insertSubmittedReport(
    act.query,
    {
      ...sealed,
      id: reportId,
      receivedOn: day,
      category,
      priority: rankOf(priority),
      leadAgency,
      supportAgencies,
      restricted,
      originAgency: agency,
    },
    mailbox,
  )
  const [owner] = ownersOf(keyring, person.id)
  const shared = source.shareWithAgency === true
  const submitter = { id: person.id, name: person.name, role: person.role, agency, source }
  const row = { id, reportId, agency, owner, shared, submittedOn: day }
  await insertSubmission(act.query, await sealSubmission(act, row, { category, receipt }, submitter))
  return { id, submittedOn: day }
}
