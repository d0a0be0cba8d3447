import type { Person } from '../../auth/person.ts'
import type { Keyring } from '../../crypto/keyring.ts'
import { verifyReporter } from '../../crypto/receipt.ts'
import { openBody } from '../../crypto/seal.ts'
import { Fault, invalid } from '../../faults.ts'
import type { TriageAttachment } from '../../schemas/triage.ts'
import {
  type AttachmentRow,
  deleteAttachment,
  findAttachment,
  listAttachments,
  quarantineAttachment,
} from '../../storage/attachments.ts'
import type { AuditAction } from '../../storage/auditTrail.ts'
import type { Pool, Query } from '../../storage/pool.ts'
import { placeOfAttachment, signedByReporter } from '../mailbox/places.ts'
import type { SealedContent } from '../sealedReport.ts'
import type { AuditTrail } from '../staff/audit.ts'
import { admitAttachment, admitReport } from './admission.ts'
import { openReport, visibleReport } from './openReport.ts'
import { dataKeyOf } from './organisationKeys.ts'

export interface AttachmentDeps {
  pool: Pool<'sotto_triage'>
  keyring: Keyring
  audit: AuditTrail
}

export type TriageAttachments = ReturnType<typeof triageAttachments>

type Sealed = AttachmentRow & { body: Buffer }

/** What staff do with the images of a report. */
export function triageAttachments({ pool, keyring, audit }: AttachmentDeps) {
  async function view(query: Query, row: AttachmentRow): Promise<TriageAttachment> {
    const { id, receivedOn, quarantined, metaBatchId: batchId, metaWrappedKey: wrappedKey } = row
    const dataKey = await dataKeyOf(query, keyring, { batchId, wrappedKey }, 'attachment', id)
    const meta = JSON.parse(openBody(dataKey, placeOfAttachment(row, 'meta'), row.meta).toString())
    return { id, ...meta, receivedOn, quarantined }
  }

  /** One image that this person may act on, and whose reporter's signature holds. */
  async function find(query: Query, person: Person, reportId: string, id: string) {
    const report = await visibleReport(query, person, reportId)
    const { mailbox } = await openReport(query, keyring, report)
    const row = await findAttachment(query, reportId, id)
    if (row === undefined || !isFromReporter(row, mailbox)) throw new Fault('not-there')
    return { row, mailbox }
  }

  const record = (
    query: Query,
    person: Person,
    action: AuditAction,
    id: string,
    reason: string | undefined,
  ) =>
    audit.append(query, { actor: person.id, role: person.role, action, target: `attachment/${id}`, reason })

  return {
    list: (person: Person, reportId: string): Promise<TriageAttachment[]> =>
      pool.transaction(async (query) => {
        await visibleReport(query, person, reportId)
        const views: TriageAttachment[] = []
        for (const row of await listAttachments(query, reportId)) views.push(await view(query, row))
        return views
      }),

    /** The image itself; recorded as a consultation. */
    read: (person: Person, reportId: string, id: string, reason: string | undefined) =>
      pool.transaction(async (query) => {
        const { row } = await find(query, person, reportId, id)
        if (row.quarantined) throw new Fault('not-in-this-state')
        const { mediaType } = await view(query, row)
        const dataKey = await dataKeyOf(query, keyring, row, 'attachment', id)
        const bytes = openBody(dataKey, placeOfAttachment(row, 'body'), row.body)
        await record(query, person, 'consultation', id, reason)
        return { mediaType, bytes }
      }),

    /** Ends viewing, copying, export and dissemination in one act; the sealed image is kept for the police. */
    quarantine: (person: Person, reportId: string, id: string, reason: string | undefined) =>
      pool.transaction(async (query) => {
        const { row, mailbox } = await find(query, person, reportId, id)
        await admitReport(query, keyring, reportId)
        await admitAttachment(query, keyring, row, mailbox)
        const done = await quarantineAttachment(query, id)
        const now = await findAttachment(query, reportId, id)
        if (now === undefined) throw new Fault('not-there')
        const attachment = await view(query, now)
        if (done) await record(query, person, 'alteration', id, reason)
        return attachment
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
        await record(query, person, 'erasure', id, reason)
      }),
  }
}

function isFromReporter(row: Sealed, mailbox: SealedContent['mailbox']): boolean {
  const signed = signedByReporter(row.mailboxId, placeOfAttachment(row, 'body'), row.body)
  return (
    row.mailboxId === mailbox.id &&
    verifyReporter(Buffer.from(mailbox.signingKey, 'base64url'), signed, row.signature)
  )
}
