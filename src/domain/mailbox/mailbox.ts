import { randomUUID } from 'node:crypto'
import { semaphore } from '../../concurrency/semaphore.ts'
import { oneByOne } from '../../concurrency/yieldToEventLoop.ts'
import type { MailboxKeys } from '../../crypto/receipt.ts'
import type { BatchRecipient } from '../../crypto/seal.ts'
import type { SealAnswer } from '../../crypto/storedAnswer.ts'
import type { Reencoded } from '../../images/reencodeImage.ts'
import {
  imageLimits,
  type Mailbox,
  type MailboxAttachment,
  type MailboxMessage,
} from '../../schemas/mailbox.ts'
import {
  endMailbox,
  type MailboxFill,
  mailboxAttachments,
  mailboxFill,
  mailboxMessages,
  openMailbox,
  type Putting,
  putAttachment,
  putReporterMessage,
  whereStaffSpokeLast,
} from '../../storage/mailbox.ts'
import type { Pool } from '../../storage/pool.ts'
import { Fault, refusal } from '../../vocabulary/faults.ts'
import { seal } from '../envelope/seal.ts'
import { signForReporter } from '../envelope/signing.ts'
import { forTodayOf } from '../intake/today.ts'
import { signFacts } from './imageFacts.ts'
import { imageRefused } from './imageRefused.ts'
import type { OpenMailbox } from './openMailbox.ts'
import { readAttachment, readMessage } from './reading.ts'

export interface MailboxDeps {
  /** A partner acts in the mailboxes of what they submitted, of which the service keeps the receipt. */
  pool: Pool<'sotto_intake' | 'sotto_partner'>
  recipients: () => Promise<BatchRecipient[]>
  /** The public halves of the keys that staff messages are signed with. */
  staffSigningKeys: () => readonly Uint8Array[]
  reencode: (bytes: Uint8Array) => Promise<Reencoded>
  clock: () => Date
}

export type Mailboxes = ReturnType<typeof createMailboxes>

const messagesAtMost = 200
/** Images that are sealed and stored at once: each is in memory several times meanwhile. Others wait their turn. */
const storedAtOnce = { count: 1, waiting: 8, milliseconds: 5_000 }
/** More than one reporter has calls under way at once. */
const attemptsAtMost = 200
const refusals = {
  gone: () => new Fault('unauthorized'),
  full: () => refusal('limit-reached', 'This mailbox is full: nothing more can be added to it.'),
  'no-images': () => new Fault('attachments-refused'),
}

/** What the holder of a receipt does. The receipt's keys live for one request. */
export function createMailboxes({ pool, recipients, staffSigningKeys, reencode, clock }: MailboxDeps) {
  const forToday = forTodayOf(pool, clock)
  const takePlace = semaphore(storedAtOnce.count, storedAtOnce.waiting, storedAtOnce.milliseconds)

  /**
   * Adds to a mailbox. What is added is sealed for its place in it, and put there only if nobody was faster: the count
   * that decides is the count that is true.
   */
  function add<T>(
    { keys }: OpenMailbox,
    work: (fill: MailboxFill, day: string) => Promise<{ putting: Putting; added: T }>,
  ): Promise<T> {
    return forToday(async (day) => {
      for (let attempt = 1; attempt <= attemptsAtMost; attempt++) {
        const fill = await mailboxFill(pool, keys.lookupId)
        if (fill === undefined) throw new Fault('unauthorized')
        const { putting, added } = await work(fill, day)
        if (putting === 'put') return added
        if (putting !== 'not-next') throw refusals[putting]()
      }
      throw new Fault('overloaded')
    })
  }

  const mailboxRecipient = ({ row, keys }: OpenMailbox): BatchRecipient => ({
    kid: row.id,
    // Derived from the receipt, not read from the row: a re-pointed row misdirects nothing.
    publicKey: keys.x25519.publicKey,
  })

  return {
    /** The mailbox that these keys open, if there is one. */
    async open(keys: MailboxKeys): Promise<OpenMailbox | null> {
      const row = await openMailbox(pool, keys.lookupId)
      return row === undefined ? null : { row, keys }
    },

    /** What the reporter sees. Writes nothing. What does not open or is not signed by staff is not shown. */
    async read(mailbox: OpenMailbox): Promise<Mailbox> {
      const { row, keys } = mailbox
      const [messages, attachments] = await Promise.all([
        mailboxMessages(pool, keys.lookupId),
        mailboxAttachments(pool, keys.lookupId),
      ])
      const signers = staffSigningKeys()
      const read = await oneByOne(messages, (message) => readMessage(mailbox, message, signers))
      const listed = await oneByOne(attachments, (attachment) => readAttachment(mailbox, attachment))
      return {
        status: row.status,
        receivedOn: row.openedOn,
        attachmentsAllowed: row.attachmentsAllowed,
        messages: read.filter((message) => message !== undefined).sort((a, b) => a.number - b.number),
        attachments: listed.filter((attachment) => attachment !== undefined),
      }
    },

    /** Those in which the last word is staff's: as their columns say, so that a list need open nothing. */
    asked: (lookupIds: readonly Buffer[]): Promise<Buffer[]> => whereStaffSpokeLast(pool, lookupIds),

    /** The reporter adds something. Resolves once it is durable. */
    async addMessage(
      mailbox: OpenMailbox,
      text: string,
      sealAnswer: SealAnswer | undefined,
    ): Promise<MailboxMessage> {
      const { row, keys } = mailbox
      const seed = keys.ed25519.privateKey
      const organisation = await recipients()
      return add(mailbox, async (fill, day) => {
        if (fill.messages >= messagesAtMost) throw refusals.full()
        const id = randomUUID()
        const number = fill.lastNumber + 1
        const at = { id, reportId: row.reportId, number, sentOn: day }
        const to = { organisation, mailbox: mailboxRecipient(mailbox) }
        const sealed = await seal('reporterMessage', at, { text }, to)
        const added = { id, number, from: 'reporter' as const, sentOn: day, text }
        const signature = signForReporter(seed, 'reporterMessage', at, row.id, sealed.body)
        const message = { ...sealed, ...at, signature }
        return { putting: await putReporterMessage(pool, keys.lookupId, message, sealAnswer?.(added)), added }
      })
    },

    /** The reporter adds an image: encoded anew from its pixels, then sealed. Resolves once it is durable. */
    async addAttachment(
      mailbox: OpenMailbox,
      bytes: Uint8Array,
      sealAnswer: SealAnswer | undefined,
    ): Promise<MailboxAttachment> {
      const { row, keys } = mailbox
      const seed = keys.ed25519.privateKey
      if (!row.attachmentsAllowed) throw new Fault('attachments-refused')
      const known = await mailboxAttachments(pool, keys.lookupId)
      if (known.length >= imageLimits.aReport) throw refusals.full()
      const image = await reencode(bytes)
      if (!image.ok) throw imageRefused(image.reason)
      const organisation = await recipients()
      const release = await takePlace()
      if (release === undefined) throw new Fault('overloaded')
      return add(mailbox, async (fill, day) => {
        if (fill.attachments >= imageLimits.aReport) throw refusals.full()
        const id = randomUUID()
        const at = { id, reportId: row.reportId, receivedOn: day }
        const about = { mediaType: image.mediaType, bytes: image.bytes.length }
        const sealed = await seal('image', at, image.bytes, { organisation })
        const meta = await seal('imageFacts', at, signFacts(about, seed, row.id, at), {
          organisation,
          mailbox: mailboxRecipient(mailbox),
        })
        const attachment = {
          ...sealed,
          id,
          receivedOn: day,
          signature: signForReporter(seed, 'image', at, row.id, sealed.body),
          metaBatch: meta.batch,
          metaWrappedKey: meta.wrappedKey,
          meta: meta.body,
        }
        const added = { id, ...about }
        return { putting: await putAttachment(pool, keys.lookupId, attachment, sealAnswer?.(added)), added }
      }).finally(() => {
        image.bytes.fill(0)
        release()
      })
    },

    /** The reporter ends contact. */
    async end({ keys }: OpenMailbox): Promise<void> {
      if (!(await endMailbox(pool, keys.lookupId))) throw new Fault('unauthorized')
    },
  }
}
