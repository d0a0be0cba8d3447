import type { BatchRecipient } from '../../crypto/seal.ts'
import { mailboxesOfReports, sealedReports } from '../../storage/boxedRows.ts'
import type { Query } from '../../storage/pool.ts'
import { associatedDataOf } from './associatedData.ts'
import type { BatchKeys } from './batchKeys.ts'
import { openContent } from './content.ts'
import { mailboxRecipient, parseReport, type SealedContent } from './sealedReport.ts'

/** To whom an object of a mailbox is sealed beside the organisation: its key, nobody any more, or that is in doubt. */
export type MailboxOf = (row: { reportId: string; mailboxId: string }) => BatchRecipient | 'ended' | 'unsure'

/** What of mailboxes the sealed reports say. */
export interface SealedMailboxes {
  recipientOf: MailboxOf
  /** Undefined where the report does not open, or names another mailbox. */
  contentOf(row: { reportId: string; mailboxId: string }): SealedContent['mailbox'] | undefined
}

/** Reports in memory at once. Each may be of some megabytes, if somebody makes it so. */
const reportsAtOnce = 10

/**
 * Finds the mailbox keys for these reports: as they stand inside the sealed reports, so that a re-pointed row
 * misdirects nothing. A mailbox that its reporter has ended gets no key.
 */
export async function mailboxKeysOf(
  query: Query,
  batchKeys: BatchKeys,
  reportIds: readonly string[],
): Promise<SealedMailboxes> {
  const there = await mailboxesOfReports(query, reportIds)
  const names = new Set(there.map(({ reportId, id }) => `${reportId} ${id}`))
  const wanted = [...new Set(reportIds)]
  const sealed = new Map<string, SealedContent['mailbox']>()
  for (let from = 0; from < wanted.length; from += reportsAtOnce) {
    const reports = await sealedReports(query, wanted.slice(from, from + reportsAtOnce))
    await batchKeys.open(reports.map(({ batchId }) => batchId))
    for (const report of reports) {
      const mailbox = await mailboxIn(batchKeys, report)
      if (mailbox !== undefined) sealed.set(`${report.id} ${mailbox.id}`, mailbox)
    }
  }
  return {
    recipientOf: ({ reportId, mailboxId }) => {
      const name = `${reportId} ${mailboxId}`
      const mailbox = sealed.get(name)
      if (!names.has(name)) return 'ended'
      return mailbox === undefined ? 'unsure' : mailboxRecipient(mailbox)
    },
    contentOf: ({ reportId, mailboxId }) => sealed.get(`${reportId} ${mailboxId}`),
  }
}

type SealedReport = Awaited<ReturnType<typeof sealedReports>>[number]

async function mailboxIn(batchKeys: BatchKeys, report: SealedReport) {
  const content = await batchKeys.withDataKey('report', report, (dataKey) =>
    openContent(dataKey, associatedDataOf('report', report), report.body, parseReport),
  )
  return content?.mailbox
}
