import { Type } from 'typebox'
import { storeWith } from '../../domain/calls/storeAnswer.ts'
import type { Triage } from '../../domain/triage/triage.ts'
import { personOf } from '../../plugins/authentication.ts'
import { answerSealer } from '../../plugins/idempotency.ts'
import { Approval, Paging } from '../../schemas/casework.ts'
import { ref } from '../../schemas/component.ts'
import {
  Conversation,
  ConversationMessage,
  MessageLock,
  MessageUnlock,
  StaffMessageDraft,
} from '../../schemas/conversation.ts'
import { exampleConversation, exampleStaffMessage } from '../../schemas/examples.ts'
import { IdempotencyHeaders, IfMatchHeaders, ReplayHeaders, VersionHeaders } from '../../schemas/headers.ts'
import { problems, withExample, withHeaders } from '../../schemas/responses.ts'
import { id } from '../../schemas/text.ts'
import type { Scope } from '../../scope.ts'
import { versioned } from './assessment.ts'
import { OfReport, staffCall, whenConditional, whenReading, whenWriting } from './call.ts'

const list = '/v1/triage/reports/:id/messages'
const OfMessage = Type.Object({ id: id('The report'), messageId: id('The message') })

/** GET and POST …/messages: the conversation with the reporter. */
export function converse(app: Scope, { conversation }: Triage): void {
  app.get(
    list,
    {
      config: { permission: 'messages.read' },
      schema: {
        ...staffCall(
          'listMessages',
          'messages.read',
          'The conversation with the reporter',
          'Both sides in order, what is not sent last. What is shown of the reporter’s messages counts as read. Recorded as a consultation. `safetyMessages` are the fixed texts that go out at once.',
        ),
        params: OfReport,
        querystring: Paging,
        response: {
          200: withExample(ref(Conversation), exampleConversation),
          ...problems(...whenReading, 'gone'),
        },
      },
    },
    async (request) => conversation.list(personOf(request), request.params.id, request.query),
  )
  app.post(
    list,
    {
      config: { permission: 'messages.write', idempotentAs: 'writeMessage' },
      schema: {
        ...staffCall(
          'createMessage',
          'messages.write',
          'Draft a message to the reporter',
          'Pending, and closed to the reporter, until a supervisor who is none of its `authors` approves it. `warnings` say what in it tasks the reporter, or repeats the report. Refused as `locked` while sending is locked. A text that is exactly one of the `safetyMessages` of the list is sent at once, needs no approval, and no lock stops it.',
        ),
        params: OfReport,
        headers: IdempotencyHeaders,
        body: withExample(ref(StaffMessageDraft), { text: exampleStaffMessage.text }),
        response: {
          201: withExample(
            withHeaders(ref(ConversationMessage), { ...VersionHeaders, ...ReplayHeaders }),
            exampleStaffMessage,
          ),
          ...problems(...whenWriting, 'idempotency-mismatch', 'limit-reached', 'conflict', 'locked', 'gone'),
        },
      },
    },
    async (request, reply) => {
      const store = storeWith(answerSealer(request, 201))
      const { id: reportId } = request.params
      const message = await conversation.write(personOf(request), reportId, request.body, store)
      return versioned(reply.code(201), message)
    },
  )
}

/** POST …/messages/{messageId}/approval and …/messages/unlock: what supervisors decide. */
export function decideMessages(app: Scope, { conversation }: Triage): void {
  app.post(
    `${list}/:messageId/approval`,
    {
      config: { permission: 'messages.decide' },
      schema: {
        ...staffCall(
          'decideMessage',
          'messages.decide',
          'Send or refuse a message',
          'Never by one of its `authors`: persons are compared, not tokens. A message that repeats the report is not sent (`conflict`, with the codes of its warnings); one that tasks the reporter needs a `reason`. What is sent ends with “Do not investigate or take risks”. The same again changes nothing.',
        ),
        params: OfMessage,
        headers: IfMatchHeaders,
        body: withExample(ref(Approval), { approved: true }),
        response: {
          200: withExample(withHeaders(ref(ConversationMessage), VersionHeaders), {
            ...exampleStaffMessage,
            number: 2,
            status: 'sent',
            sentOn: '2026-11-25',
          }),
          ...problems(...whenWriting, ...whenConditional, 'four-eyes', 'conflict', 'locked', 'gone'),
        },
      },
    },
    async (request, reply) => {
      const { id: reportId, messageId } = request.params
      const ifMatch = request.headers['if-match']
      return versioned(
        reply,
        await conversation.decide(personOf(request), reportId, messageId, ifMatch, request.body),
      )
    },
  )
  app.post(
    `${list}/unlock`,
    {
      config: { permission: 'messages.unlock' },
      schema: {
        ...staffCall(
          'unlockMessages',
          'messages.unlock',
          'Let messages be sent again',
          'After advice was taken (docs/messages.md). Signed and recorded with its reason; what the reporter told so far counts no more. Where nothing is locked, it changes nothing.',
        ),
        params: OfReport,
        body: withExample(ref(MessageUnlock), {
          reason: 'Legal advice taken: no tasking, no relationship. One question about safety is needed.',
        }),
        response: {
          200: withExample(ref(MessageLock), { locked: false, lockedFor: [] }),
          ...problems(...whenWriting, 'gone'),
        },
      },
    },
    async (request) => conversation.unlock(personOf(request), request.params.id, request.body.reason),
  )
}
