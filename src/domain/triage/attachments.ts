import type { Person } from '../../auth/person.ts'
import { verifyReporter } from '../../crypto/receipt.ts'
import { openBody, SealBroken } from '../../crypto/seal.ts'
import { Fault, invalid } from '../../faults.ts'
import type { TriageAttachment } from '../../schemas/triage.ts'
import {
  type AttachmentRow,
  deleteAttachment,
  findAttachment,
  listAttachments,
  quarantineAttachment,
} from '../../storage/attachments.ts'
import type { Query } from '../../storage/pool.ts'
import { readFacts } from '../mailbox/imageFacts.ts'
import { placeOfAttachment, signedByReporter } from '../mailbox/places.ts'
import type { SealedContent } from '../sealedReport.ts'
import type { TriageDeps } from './act.ts'
import { admitAttachment, admitReport } from './admission.ts'
import { openReport, visibleReport } from './openReport.ts'
import { dataKeyOf } from './organisationKeys.ts'

export type TriageAttachments = ReturnType<typeof triageAttachments>

type Sealed = AttachmentRow & { body: Buffer }

/** What staff do with the images of a report. */
export function triageAttachments({ pool, keyring, audit }: TriageDeps) {
  /** Type and size as the reporter signed them; undefined where somebody else put the image in. */
  async function view(
    query: Query,
    row: AttachmentRow,
    mailbox: SealedContent['mailbox'],
  ): Promise<TriageAttachment | undefined> {
    const { id, receivedOn, quarantined, metaBatchId: batchId, metaWrappedKey: wrappedKey } = row
    if (row.mailboxId !== mailbox.id) return undefined
    const place = placeOfAttachment(row, 'meta')
    try {
      const dataKey = await dataKeyOf(query, keyring, { batchId, wrappedKey }, 'attachment', id)
      const opened = openBody(dataKey, place, row.meta)
      const facts = readFacts(opened, Buffer.from(mailbox.signingKey, 'base64url'), mailbox.id, place)
      return facts && { id, ...facts, receivedOn, quarantined }
    } catch (error) {
      if (error instanceof SealBroken) return undefined
      throw error
    }
  }

  /** One image that this person may act on, and whose reporter's signature holds. */
  async function find(query: Query, person: Person, reportId: string, id: string) {
    const report = await visibleReport(query, person, reportId)
    const { mailbox } = await openReport(query, keyring, report)
    const row = await findAttachment(query, reportId, id)
    if (row === undefined || !isFromReporter(row, mailbox)) throw new Fault('not-there')
    const attachment = await view(query, row, mailbox)
    if (attachment === undefined) throw new Fault('not-there')
    return { row, mailbox, attachment }
  }

  return {
    list: (person: Person, reportId: string): Promise<TriageAttachment[]> =>
      pool.transaction(async (query) => {
        const { mailbox } = await openReport(query, keyring, await visibleReport(query, person, reportId))
        const views: (TriageAttachment | undefined)[] = []
        for (const row of await listAttachments(query, reportId)) views.push(await view(query, row, mailbox))
        return views.filter((one) => one !== undefined)
      }),

    /** The image itself; recorded as a consultation. */
    read: (person: Person, reportId: string, id: string, reason: string | undefined) =>
      pool.transaction(async (query) => {
        const { row, attachment } = await find(query, person, reportId, id)
        if (row.quarantined) throw new Fault('not-in-this-state')
        const dataKey = await dataKeyOf(query, keyring, row, 'attachment', id)
        const bytes = openBody(dataKey, placeOfAttachment(row, 'body'), row.body)
        await audit.record(query, person, 'consultation', targetOf(reportId, id), reason)
        return { mediaType: attachment.mediaType, bytes }
      }),

    /** Ends viewing, copying, export and dissemination in one act; the sealed image is kept for the police. */
    quarantine: (person: Person, reportId: string, id: string, reason: string | undefined) =>
      pool.transaction(async (query) => {
        const { row, mailbox, attachment } = await find(query, person, reportId, id)
        await admitReport(query, keyring, reportId)
        await admitAttachment(query, keyring, row, mailbox)
        const done = await quarantineAttachment(query, id)
        if (done)
          await audit.record(query, person, 'alteration', `${targetOf(reportId, id)}/quarantine`, reason)
        return { ...attachment, quarantined: true }
      }),

    /** Destroys a quarantined image, on the police's recorded instruction. */
    destroy: (person: Person, reportId: string, id: string, reason: string | undefined): Promise<void> =>
      pool.transaction(async (query) => {
        if (reason === undefined) {
          throw invalid('/headers/audit-reason', 'required', 'must say on whose instruction')
        }
        const { row } = await find(query, person, reportId, id)
        if (!row.quarantined) throw new Fault('not-in-this-state')
        await deleteAttachment(query, row)
        await audit.record(query, person, 'erasure', targetOf(reportId, id), reason)
      }),
  }
}

function targetOf(reportId: string, id: string): string {
  return `report/${reportId}/attachment/${id}`
}

function isFromReporter(row: Sealed, mailbox: SealedContent['mailbox']): boolean {
  const signed = signedByReporter(row.mailboxId, placeOfAttachment(row, 'body'), row.body)
  return (
    row.mailboxId === mailbox.id &&
    verifyReporter(Buffer.from(mailbox.signingKey, 'base64url'), signed, row.signature)
  )
}
