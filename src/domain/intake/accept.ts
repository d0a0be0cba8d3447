import { randomUUID } from 'node:crypto'
import { type NewMailboxKeys, newMailboxKeys } from '../../crypto/newMailboxKeys.ts'
import type { Acceptance } from '../../schemas/intake.ts'
import type { Report } from '../../schemas/report.ts'
import { categoryBySlug } from '../../vocabulary/categories/categories.ts'
import type { Language } from '../../vocabulary/languages.ts'
import { rankOf } from '../../vocabulary/priority.ts'
import { proposeRouting } from '../routing/routing.ts'
import { notice, signpostsInLanguage } from '../signposts/inLanguage.ts'
import { type SignpostTable, signpostsFor } from '../signposts/signposts.ts'
import { findWarnings, type Warning } from '../text/warnings/find.ts'
import { type PendingReport, sealReport } from './sealing.ts'

export interface IntakeSettings {
  signposts: SignpostTable
  /** When somebody next reads, in words. */
  nextRead: string
}

/**
 * Makes ready what one report that comes on `day` needs to be stored. `configuredAgencies` are those that the deployment
 * has, where the proposal depends on them.
 */
export function prepareReport(
  report: Report,
  day: string,
  configuredAgencies: ReadonlySet<string> = new Set(),
  keys: NewMailboxKeys = newMailboxKeys(),
): { pending: Omit<PendingReport, 'answer'>; receipt: string } {
  const reportId = randomUUID()
  const { receipt, lookupId, sealingKey, signingKey } = keys
  const { attachments: attachmentsAllowed } = categoryBySlug(report.category)
  const mailbox = { id: randomUUID(), lookupId, sealingKey, signingKey, attachmentsAllowed }
  const { category, priority, leadAgency, supportAgencies, restricted, proposals } = proposeRouting(
    report,
    configuredAgencies,
  )
  const listed = {
    id: reportId,
    category,
    priority: rankOf(priority),
    leadAgency,
    supportAgencies,
    restricted,
  }
  const sealed = sealReport(listed, day, {
    report,
    proposals: [...proposals],
    mailbox: {
      id: mailbox.id,
      sealingKey: sealingKey.toString('base64url'),
      signingKey: signingKey.toString('base64url'),
    },
  })
  return { pending: { ...sealed, mailbox }, receipt }
}

/** What the reporter gets once the report is stored. */
export function acceptanceOf(
  report: Report,
  receipt: string,
  receivedOn: string,
  settings: IntakeSettings,
  language: Language = 'en',
  warnings: readonly Warning[] = findWarnings(report),
): Acceptance {
  return {
    receipt,
    receivedOn,
    signposts: signpostsInLanguage(signpostsFor(settings.signposts, report), language),
    warnings: [...warnings],
    notice: notice(settings.nextRead, language),
  }
}
