import type { Person } from '../../auth/person.ts'
import { verifyReporter } from '../../crypto/receipt.ts'
import { Fault, invalid } from '../../faults.ts'
import { sniffImageType } from '../../images/imageType.ts'
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
import { readReport, visibleReport } from './openReport.ts'
import { openSealed } from './organisationKeys.ts'

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
    const signingKey = Buffer.from(mailbox.signingKey, 'base64url')
    const facts = await openSealed(query, keyring, place, { batchId, wrappedKey, body: row.meta }, (opened) =>
      readFacts(opened, signingKey, mailbox.id, place),
    )
    return facts && { id, ...facts, receivedOn, quarantined }
  }

  /** One image that this person may act on, and whose reporter's signature holds. */
  async function find(query: Query, person: Person, reportId: string, id: string) {
    const report = await visibleReport(query, person, reportId)
    const content = await readReport(query, keyring, report)
    const row = await findAttachment(query, reportId, id)
    // Whose image it is, only the sealed report says.
    if (row === undefined || content === undefined) throw new Fault('not-there')
    const { mailbox } = content
    if (!isFromReporter(row, mailbox)) throw new Fault('not-there')
    const attachment = await view(query, row, mailbox)
    if (attachment === undefined) throw new Fault('not-there')
    return { row, mailbox, attachment }
  }

  return {
    list: (person: Person, reportId: string): Promise<TriageAttachment[]> =>
      pool.transaction(async (query) => {
        const content = await readReport(query, keyring, await visibleReport(query, person, reportId))
        if (content === undefined) return []
        const views: (TriageAttachment | undefined)[] = []
        for (const row of await listAttachments(query, reportId))
          views.push(await view(query, row, content.mailbox))
        return views.filter((one) => one !== undefined)
      }),

    /** The image itself; recorded as a consultation. */
    read: (person: Person, reportId: string, id: string, reason: string | undefined) =>
      pool.transaction(async (query) => {
        const { row, attachment } = await find(query, person, reportId, id)
        if (row.quarantined) throw new Fault('not-in-this-state')
        const bytes = await openSealed(query, keyring, placeOfAttachment(row, 'body'), row, (opened) =>
          isAsTold(opened, attachment) ? Buffer.from(opened) : undefined,
        )
        if (bytes === undefined) throw new Fault('not-there')
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

/** Who signed the facts may have lied: what is no image of this type and size is not given out as one. */
function isAsTold(bytes: Uint8Array, { mediaType, bytes: size }: TriageAttachment): boolean {
  return bytes.length === size && sniffImageType(bytes) === mediaType
}

function isFromReporter(row: Sealed, mailbox: SealedContent['mailbox']): boolean {
  const signed = signedByReporter(row.mailboxId, placeOfAttachment(row, 'body'), row.body)
  return (
    row.mailboxId === mailbox.id &&
    verifyReporter(Buffer.from(mailbox.signingKey, 'base64url'), signed, row.signature)
  )
}
