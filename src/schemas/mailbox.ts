import { type Static, Type } from 'typebox'
import { component, ref } from './component.ts'
import { day, id, oneOf, text } from './text.ts'

/** What the holder of a receipt sees and sends (contract section 2). */

const closed = { additionalProperties: false } as const

export const imageMediaTypes = ['image/jpeg', 'image/png', 'image/webp'] as const

/** Bytes of one image, and images of one report, at most (contract section 2). */
export const imageLimits = { mebibytes: 10, bytes: 10 * 1024 * 1024, aReport: 10 } as const

export const MessageDraft = component(
  'MessageDraft',
  Type.Object(
    { text: text(1, 4000, 'What the reporter wants to add or answer') },
    { ...closed, description: 'A message to the people who read the report' },
  ),
)

export type MessageDraft = Static<typeof MessageDraft>

export const MailboxMessage = component(
  'MailboxMessage',
  Type.Object(
    {
      id: id('The message'),
      number: Type.Integer({ minimum: 1, description: 'Place in the conversation' }),
      from: oneOf(['staff', 'reporter'], 'Who wrote it'),
      sentOn: day('UTC day'),
      text: Type.String({ description: 'What it says' }),
    },
    { ...closed, description: 'A message in the mailbox' },
  ),
)
export type MailboxMessage = Static<typeof MailboxMessage>

export const MailboxAttachment = component(
  'MailboxAttachment',
  Type.Object(
    {
      id: id('The image'),
      mediaType: oneOf(imageMediaTypes, 'Media type'),
      bytes: Type.Integer({ minimum: 1, description: 'Size as it is kept, encoded anew from its pixels' }),
    },
    { ...closed, description: 'An image that the reporter added' },
  ),
)
export type MailboxAttachment = Static<typeof MailboxAttachment>

export const Mailbox = component(
  'Mailbox',
  Type.Object(
    {
      status: oneOf(['received', 'reviewed', 'shared', 'closed'], 'Coarse on purpose'),
      receivedOn: day('UTC day on which the report came'),
      attachmentsAllowed: Type.Boolean({ description: 'Whether images are taken' }),
      messages: Type.Array(ref(MailboxMessage), { description: 'What both sides said, in order' }),
      attachments: Type.Array(ref(MailboxAttachment), { description: 'Images that the reporter added' }),
    },
    { ...closed, description: 'What lies in the mailbox; never the report itself' },
  ),
)
export type Mailbox = Static<typeof Mailbox>
