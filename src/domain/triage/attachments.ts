import { isOneOf } from '../../auth/people.ts'
import type { TriageAttachment } from '../../schemas/triage.ts'
import {
  type AttachmentRow,
  deleteAttachment,
  findAttachment,
  listAttachments,
  quarantineAttachment,
} from '../../storage/attachments.ts'
import { deleteImageDestruction } from '../../storage/imageDestructions.ts'
import { peopleOf } from '../../storage/staff.ts'
import { dayOf } from '../../vocabulary/calendar.ts'
import { Fault, refusal } from '../../vocabulary/faults.ts'
import type { Person } from '../../vocabulary/person.ts'
import { admitAttachment, admitReport } from '../acts/admission.ts'
import { beginAct, type TriageDeps } from '../acts/begin.ts'
import { openedReport, visibleReport } from '../acts/openReport.ts'
import { takesImages } from '../acts/proposed.ts'
import { consulted, deeds } from '../audit/deeds.ts'
import { type Act, transact } from '../calls/act.ts'
import { withUnreadable } from '../calls/pages.ts'
import { openSealed } from '../envelope/open.ts'
import type { SealedContent } from '../envelope/sealedReport.ts'
import { isFromReporter } from '../envelope/signing.ts'
import type { Work } from '../envelope/work.ts'
import { isAsTold, readFacts } from '../mailbox/imageFacts.ts'
import {
  askForDestruction,
  lapseOf,
  refuseWithoutInstruction,
  waitingDestructions,
} from './imageDestruction.ts'

export type TriageAttachments = ReturnType<typeof triageAttachments>

type Sealed = AttachmentRow & { body: Buffer }

/** What staff do with the images of a report. */
export function triageAttachments(deps: TriageDeps) {
  const { audit, clock } = deps

  /** Type and size as the reporter signed them; undefined where somebody else put the image in. */
  async function view(
    work: Work,
    row: AttachmentRow,
    { mailbox, report }: SealedContent,
  ): Promise<Omit<TriageAttachment, 'destruction'> | undefined> {
    const { id, receivedOn, metaBatchId: batchId, metaWrappedKey: wrappedKey, meta: body } = row
    // Where no images are taken, only a lie of intake let it in.
    const quarantined = row.quarantined || !takesImages(report)
    if (row.mailboxId !== mailbox.id) return undefined
    const signingKey = Buffer.from(mailbox.signingKey, 'base64url')
    const sealed = { ...row, batchId, wrappedKey, body }
    const facts = await openSealed(work, 'imageFacts', sealed, (opened) =>
      readFacts(opened, signingKey, mailbox.id, row),
    )
    return facts && { id, ...facts, receivedOn, quarantined }
  }

  /** One image that this person may act on, and whose reporter's signature holds. */
  async function find(act: Act, reportId: string, id: string) {
    const { content } = await openedReport(act, reportId)
    const row = await findAttachment(act.query, reportId, id)
    // Whose image it is, only the sealed report says.
    if (row === undefined || content === undefined) throw new Fault('not-found')
    const { mailbox } = content
    if (!isImageOf(row, mailbox)) throw new Fault('not-found')
    const attachment = await view(act, row, content)
    if (attachment === undefined) throw new Fault('not-found')
    return { row, mailbox, attachment }
  }

  /** The same, with what waits for another supervisor. */
  async function withWaiting(
    work: Work,
    attachments: readonly Omit<TriageAttachment, 'destruction'>[],
  ): Promise<TriageAttachment[]> {
    const ids = attachments.map(({ id }) => id)
    const waiting = await waitingDestructions(work, ids, clock())
    const people = await peopleOf(
      work.query,
      waiting.map(({ askedBy }) => askedBy),
    )
    return attachments.map((attachment) => {
      const asked = waiting.find(({ attachmentId }) => attachmentId === attachment.id)
      if (asked === undefined) return attachment
      const { id = asked.askedBy, name = '' } = people.find((person) => person.id === asked.askedBy) ?? {}
      const lapsesOn = dayOf(lapseOf(asked))
      return { ...attachment, destruction: { by: { id, name }, on: dayOf(asked.askedAt), lapsesOn } }
    })
  }

  /** Begins an act on an image: nobody else acts on it or its report meanwhile. */
  async function beginOn(act: Act, reportId: string, id: string) {
    await visibleReport(act, reportId)
    if ((await findAttachment(act.query, reportId, id)) === undefined) throw new Fault('not-found')
    const { legalHold } = await beginAct(act, reportId)
    const { row, attachment } = await find(act, reportId, id)
    return { row: { ...row, isHeld: legalHold }, attachment }
  }

  return {
    /** Recorded as a consultation. */
    list: (person: Person, reportId: string) =>
      transact(deps, person, async (act) => {
        const { content } = await openedReport(act, reportId)
        const rows = await listAttachments(act.query, reportId)
        const views: Omit<TriageAttachment, 'destruction'>[] = []
        for (const row of content === undefined ? [] : rows) {
          const shown = content && (await view(act, row, content))
          if (shown !== undefined) views.push(shown)
        }
        const items = await withWaiting(act, views)
        await audit.record(act, consulted(`report/${reportId}/attachments`))
        return { items, ...withUnreadable(rows.length - items.length) }
      }),

    /** The image itself; recorded as a consultation. */
    read: (person: Person, reportId: string, id: string, reason: string | undefined) =>
      transact(deps, person, async (act) => {
        const { row, attachment } = await find(act, reportId, id)
        if (attachment.quarantined) {
          throw refusal(
            'not-in-this-state',
            'It is quarantined: it is kept for the police, and shown to nobody.',
          )
        }
        const bytes = await openSealed(act, 'image', row, (opened) =>
          isAsTold(opened, attachment) ? Buffer.from(opened) : undefined,
        )
        if (bytes === undefined) throw new Fault('not-found')
        await audit.record(act, consulted(targetOf(reportId, id)), reason)
        return { mediaType: attachment.mediaType, bytes }
      }),

    /** Ends viewing, copying, export and dissemination in one act; the sealed image is kept for the police. */
    quarantine: (person: Person, reportId: string, id: string, reason: string | undefined) =>
      transact(deps, person, async (act) => {
        const { row, mailbox, attachment } = await find(act, reportId, id)
        await admitReport(act, reportId)
        await admitAttachment(act, row, mailbox)
        const done = await quarantineAttachment(act.query, id)
        if (done) await audit.record(act, deeds.attachmentQuarantined(reportId, id), reason)
        const [shown] = await withWaiting(act, [{ ...attachment, quarantined: true }])
        return shown ?? attachment
      }),

    /**
     * Destroys a quarantined image once a second supervisor asks for it, and not before: until then it is answered as it
     * waits. The same again by the first changes nothing.
     */
    destroy: (
      person: Person,
      reportId: string,
      id: string,
      reason: string | undefined,
    ): Promise<TriageAttachment | undefined> =>
      transact(deps, person, async (act) => {
        refuseWithoutInstruction(reason, false)
        const { row, attachment } = await beginOn(act, reportId, id)
        if (!row.quarantined)
          throw refusal('not-in-this-state', 'Only a quarantined image is destroyed: quarantine it first.')
        refuseWithoutInstruction(reason, row.isHeld)
        const [waiting] = await waitingDestructions(act, [id], clock())
        const isFirst = waiting === undefined || (await isOneOf(act.query, person.id, [waiting.askedBy]))
        if (!isFirst) {
          await deleteAttachment(act.query, row)
          await audit.record(act, deeds.attachmentErased(reportId, id), reason)
          return undefined
        }
        if (waiting === undefined) {
          const asked = { attachmentId: id, reportId, askedBy: person.id, askedAt: clock() }
          await askForDestruction(act, asked)
          await audit.record(act, deeds.attachmentToDestroy(reportId, id), reason)
        }
        const [shown] = await withWaiting(act, [attachment])
        return shown
      }),

    /** Takes back that an image is to be destroyed, whoever asked for it. */
    keep: (person: Person, reportId: string, id: string, reason: string | undefined): Promise<void> =>
      transact(deps, person, async (act) => {
        await beginOn(act, reportId, id)
        const [waiting] = await waitingDestructions(act, [id], clock())
        if (waiting === undefined) throw new Fault('not-found')
        await deleteImageDestruction(act.query, id)
        await audit.record(act, deeds.attachmentKept(reportId, id), reason)
      }),
  }
}

function targetOf(reportId: string, id: string): string {
  return `report/${reportId}/attachment/${id}`
}

function isImageOf(row: Sealed, mailbox: SealedContent['mailbox']): boolean {
  const key = Buffer.from(mailbox.signingKey, 'base64url')
  return (
    row.mailboxId === mailbox.id && isFromReporter(key, 'image', row, mailbox.id, row.body, row.signature)
  )
}
