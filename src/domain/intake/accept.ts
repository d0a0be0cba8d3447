import { randomUUID } from 'node:crypto'
import { deriveMailboxKeys, newReceipt, parseReceipt } from '../../crypto/receipt.ts'
import type { Acceptance } from '../../schemas/intake.ts'
import type { Report } from '../../schemas/report.ts'
import type { NewMailbox } from '../../storage/box.ts'
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
 * Makes ready what one report that comes on `day` needs to be stored, and the answer that its reporter gets once it is.
 * `configuredAgencies` are those that the deployment has, where the proposal depends on them.
 */
export function prepareReport(
  report: Report,
  day: string,
  settings: IntakeSettings,
  configuredAgencies: ReadonlySet<string> = new Set(),
  warnings: readonly Warning[] = findWarnings(report),
  language: Language = 'en',
): { pending: Omit<PendingReport, 'answer'>; acceptance: Acceptance } {
  const receipt = newReceipt()
  const reportId = randomUUID()
  const mailbox = openMailbox(receipt, report)
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
      sealingKey: mailbox.sealingKey.toString('base64url'),
      signingKey: mailbox.signingKey.toString('base64url'),
    },
  })
  return {
    pending: { ...sealed, mailbox },
    acceptance: {
      receipt,
      receivedOn: day,
      signposts: signpostsInLanguage(signpostsFor(settings.signposts, report), language),
      warnings: [...warnings],
      notice: notice(settings.nextRead, language),
    },
  }
}

function openMailbox(receipt: string, report: Report): NewMailbox {
  const parsed = parseReceipt(receipt)
  if ('fault' in parsed) throw new TypeError('a new receipt must be well formed')
  const keys = deriveMailboxKeys(parsed.canonical)
  return {
    id: randomUUID(),
    lookupId: keys.lookupId,
    sealingKey: keys.x25519.publicKey,
    signingKey: keys.ed25519.publicKey,
    attachmentsAllowed: categoryBySlug(report.category).attachments,
  }
}
