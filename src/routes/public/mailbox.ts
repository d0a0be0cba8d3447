import { padJson } from '../../crypto/padding.ts'
import type { Mailboxes } from '../../domain/mailbox/mailbox.ts'
import { answerSealer } from '../../plugins/idempotency.ts'
import { mailboxOf } from '../../plugins/receipt.ts'
import { ref } from '../../schemas/component.ts'
import { exampleMailbox, exampleMessage } from '../../schemas/examples.ts'
import { ChallengeHeaders, IntakeHeaders, ReplayHeaders } from '../../schemas/headers.ts'
import { Mailbox, MailboxMessage, MessageDraft } from '../../schemas/mailbox.ts'
import { nothing, problems, withExample, withHeaders } from '../../schemas/responses.ts'
import type { Scope } from '../../scope.ts'

const security = [{ receipt: [] }]
/** What every call with a receipt may meet. */
export const mailboxRefusals = [
  'validation',
  'unauthorized',
  'challenge-required',
  'challenge-failed',
  'challenge-spent',
  'not-acceptable',
  'rate-limited',
  'overloaded',
  'not-ready',
] as const

/** GET /v1/mailbox: what lies in it, padded so that its length says little. Writes nothing. */
export function readMailbox(app: Scope, mailboxes: Mailboxes): void {
  app.get(
    '/v1/mailbox',
    {
      config: { challenge: 'mailbox', fewAtOnce: 'read' },
      schema: {
        operationId: 'getMailbox',
        summary: 'Read the mailbox',
        description:
          'The receipt goes into `Authorization: Bearer`. Never the report itself. The body is padded with trailing spaces to a multiple of 4 KiB; the call writes nothing.',
        security,
        headers: ChallengeHeaders,
        response: { 200: withExample(ref(Mailbox), exampleMailbox), ...problems(...mailboxRefusals) },
      },
    },
    async (request, reply) => {
      const mailbox = await mailboxes.read(mailboxOf(request))
      return reply.type('application/json; charset=utf-8').serializer(padded).send(mailbox)
    },
  )
}

const padded = (mailbox: unknown) => padJson(JSON.stringify(mailbox))

/** POST /v1/mailbox/messages: the reporter adds something, or answers. */
export function addMessage(app: Scope, mailboxes: Mailboxes): void {
  app.post(
    '/v1/mailbox/messages',
    {
      config: { idempotentAs: 'addMessage', challenge: 'mailbox', fewAtOnce: 'write' },
      schema: {
        operationId: 'createMailboxMessage',
        summary: 'Add something, or answer',
        description: 'Answers 201 only once the message is sealed and durable.',
        security,
        headers: IntakeHeaders,
        body: withExample(ref(MessageDraft), { text: exampleMessage.text }),
        response: {
          201: withExample(withHeaders(ref(MailboxMessage), ReplayHeaders), exampleMessage),
          ...problems(
            ...mailboxRefusals,
            'malformed-json',
            'payload-too-large',
            'unsupported-media-type',
            'idempotency-mismatch',
            'limit-reached',
          ),
        },
      },
    },
    async (request, reply) => {
      const message = await mailboxes.addMessage(
        mailboxOf(request),
        request.body.text,
        answerSealer(request, 201),
      )
      return reply.code(201).send(message)
    },
  )
}

/** DELETE /v1/mailbox: the reporter ends contact. */
export function endMailbox(app: Scope, mailboxes: Mailboxes): void {
  app.delete(
    '/v1/mailbox',
    {
      config: { challenge: 'mailbox', fewAtOnce: 'write' },
      schema: {
        operationId: 'deleteMailbox',
        summary: 'End contact',
        description:
          'Mailbox and messages are destroyed; report and images stay. From then on the receipt is unknown.',
        security,
        headers: ChallengeHeaders,
        response: { 204: nothing('Ended'), ...problems(...mailboxRefusals) },
      },
    },
    async (request, reply) => {
      await mailboxes.end(mailboxOf(request))
      return reply.code(204).send(undefined)
    },
  )
}
