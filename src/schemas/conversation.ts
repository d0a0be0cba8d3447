import { type Static, Type } from 'typebox'
import { safetyMessageCodes, safetyMessageLanguages } from '../vocabulary/standing.ts'
import { authors } from './casework.ts'
import { component, ref } from './component.ts'
import { NamedPerson } from './person.ts'
import { day, id, oneOf, text } from './text.ts'

/** What staff see and do of the conversation with a reporter (contract section 3). */

const closed = { additionalProperties: false } as const

export const messageWarningCodes = [
  'tasking',
  'repeats-name',
  'repeats-identifier',
  'repeats-category',
  'repeats-narrative',
  'under-18',
  'relationship',
  'ongoing',
] as const

export const lockReasons = ['replies', 'under-18', 'relationship'] as const

export const StaffMessageDraft = component(
  'StaffMessageDraft',
  Type.Object(
    {
      text: text(1, 4000, 'What the reporter should read'),
      origin: Type.Optional(
        id(
          'The message that it was made from, such as one that was refused. Its authors count as authors of this, named or not where both say the same',
        ),
      ),
    },
    { ...closed, description: 'A message to the reporter' },
  ),
)
export type StaffMessageDraft = Static<typeof StaffMessageDraft>

export const MessageWarning = component(
  'MessageWarning',
  Type.Object(
    {
      code: oneOf(
        messageWarningCodes,
        'Of a draft: `tasking` asks the reporter to do something, and needs a reason to approve; `repeats-…` repeats what the report says, and is not sent. Of a message of the reporter: `under-18`, `relationship`, `ongoing` are signs that lock sending',
      ),
      start: Type.Integer({ minimum: 0, description: 'Where it begins, in UTF-16 code units' }),
      end: Type.Integer({ minimum: 1, description: 'Where it ends; exclusive' }),
    },
    { ...closed, description: 'A place in the text that wants a second look' },
  ),
)
export type MessageWarning = Static<typeof MessageWarning>

export const ConversationMessage = component(
  'ConversationMessage',
  Type.Object(
    {
      id: id('The message'),
      number: Type.Optional(
        Type.Integer({ minimum: 1, description: 'Place in the conversation; absent until it is sent' }),
      ),
      from: oneOf(['staff', 'reporter'], 'Who wrote it'),
      status: Type.Optional(oneOf(['pending', 'sent', 'refused'], 'Of a message of staff')),
      author: Type.Optional(ref(NamedPerson)),
      authors: Type.Optional(authors),
      sentOn: Type.Optional(day('UTC day; absent until it is sent')),
      text: Type.String({ description: 'What it says' }),
      warnings: Type.Optional(Type.Array(ref(MessageWarning), { description: 'What wants a second look' })),
      version: Type.Integer({ minimum: 1, description: 'The ETag is this number in quotes' }),
    },
    { ...closed, description: 'A message of either side' },
  ),
)
export type ConversationMessage = Static<typeof ConversationMessage>

export const SafetyMessage = component(
  'SafetyMessage',
  Type.Object(
    {
      code: oneOf(safetyMessageCodes, 'What it is about'),
      language: oneOf(safetyMessageLanguages, 'Language'),
      text: Type.String({ description: 'Send exactly this' }),
    },
    { ...closed, description: 'A fixed message that goes out at once, whatever is locked' },
  ),
)

const lock = {
  locked: Type.Boolean({ description: 'Whether nothing but safety messages can be written or sent' }),
  lockedFor: Type.Array(oneOf(lockReasons, 'A reason'), {
    description:
      'Why: so many replies, a sign that the reporter is under 18, or of a relationship with the subject',
  }),
}

export const Conversation = component(
  'Conversation',
  Type.Object(
    {
      items: Type.Array(ref(ConversationMessage), {
        description: 'Both sides in order; what is not sent comes last',
      }),
      nextCursor: Type.Optional(Type.String()),
      unreadable: Type.Optional(
        Type.Integer({
          minimum: 1,
          description: 'Messages that are not shown: they cannot be read, or are forged',
        }),
      ),
      ...lock,
      ended: Type.Boolean({ description: 'Whether the reporter has ended contact' }),
      safetyMessages: Type.Array(ref(SafetyMessage), { description: 'The fixed messages' }),
    },
    { ...closed, description: 'The conversation with a reporter' },
  ),
)
export type Conversation = Static<typeof Conversation>

export const MessageUnlock = component(
  'MessageUnlock',
  Type.Object(
    { reason: text(1, 2000, 'Why messages may be sent again, for the record; kept sealed') },
    { ...closed, description: 'Lets messages be sent again' },
  ),
)

export const MessageLock = component(
  'MessageLock',
  Type.Object(lock, { ...closed, description: 'Whether sending is locked' }),
)
export type MessageLock = Static<typeof MessageLock>

export type LockReason = (typeof lockReasons)[number]
