import { Type } from 'typebox'
import { storeWith } from '../../domain/calls/storeAnswer.ts'
import type { Submissions } from '../../domain/submissions/submissions.ts'
import { imageTypes } from '../../images/imageType.ts'
import { personOf } from '../../plugins/authentication.ts'
import { answerSealer } from '../../plugins/idempotency.ts'
import { type ImageRoom, readImages } from '../../plugins/imageBodies.ts'
import { Paging } from '../../schemas/casework.ts'
import { ref } from '../../schemas/component.ts'
import {
  exampleOpenedSubmission,
  exampleSubmission,
  exampleSubmissionAccepted,
  exampleSubmissionDraft,
} from '../../schemas/exampleSubmissions.ts'
import { exampleAttachment, exampleMessage } from '../../schemas/examples.ts'
import { IdempotencyHeaders, ReplayHeaders } from '../../schemas/headers.ts'
import { imageLimits, MailboxAttachment, MailboxMessage, MessageDraft } from '../../schemas/mailbox.ts'
import { nothing, problems, withExample, withHeaders } from '../../schemas/responses.ts'
import {
  OpenedSubmission,
  SubmissionAccepted,
  SubmissionCheck,
  SubmissionDraft,
  SubmissionList,
  SubmissionMessages,
} from '../../schemas/submissions.ts'
import { id } from '../../schemas/text.ts'
import type { Scope } from '../../scope.ts'
import { Fault } from '../../vocabulary/faults.ts'
import { staffCall, whenReading, whenWriting } from '../triage/call.ts'

const list = '/v1/partner/submissions'
const one = `${list}/:submissionId` as const
const OfSubmission = Type.Object({ submissionId: id('The submission') })
const draft = withExample(ref(SubmissionDraft), exampleSubmissionDraft)
const location = Type.String({ description: 'Where it is read' })
/** Milliseconds in which an image must be here. */
const imageWithin = 120_000

/** POST /v1/partner/submissions and /check: what professionals share in. */
export function submitInformation(app: Scope, submissions: Submissions): void {
  app.post(
    `${list}/check`,
    {
      config: { permission: 'submissions.write' },
      schema: {
        ...staffCall(
          'checkSubmission',
          'submissions.write',
          'Check what you are about to share in',
          'Finds phrases that may give away who told you, or you. Nothing is kept.',
        ),
        body: draft,
        response: {
          200: withExample(ref(SubmissionCheck), {
            warnings: [{ code: 'kinship', pointer: '/narrative', start: 0, end: 9 }],
            signposts: exampleSubmissionAccepted.signposts,
            notice: exampleSubmissionAccepted.notice,
          }),
          ...problems(...whenWriting),
        },
      },
    },
    async (request) => submissions.check(personOf(request), request.body),
  )
  app.post(
    list,
    {
      config: { permission: 'submissions.write', idempotentAs: 'submitInformation' },
      schema: {
        ...staffCall(
          'createSubmission',
          'submissions.write',
          'Share something in',
          'It becomes a report. Who you are, and from where you have it, is sealed apart. Not for what is happening now (999, 101); no referral.',
        ),
        headers: IdempotencyHeaders,
        body: draft,
        response: {
          201: withExample(
            withHeaders(ref(SubmissionAccepted), { ...ReplayHeaders, Location: location }),
            exampleSubmissionAccepted,
          ),
          ...problems(...whenWriting, 'idempotency-mismatch'),
        },
      },
    },
    async (request, reply) => {
      const accepted = await submissions.submit(
        personOf(request),
        request.body,
        storeWith(answerSealer(request, 201)),
      )
      return reply.code(201).header('location', `${list}/${accepted.id}`).send(accepted)
    },
  )
}

/** GET /v1/partner/submissions and /{submissionId}; DELETE takes one back. */
export function followSubmissions(app: Scope, submissions: Submissions): void {
  app.get(
    list,
    {
      config: { permission: 'submissions.read' },
      schema: {
        ...staffCall(
          'listSubmissions',
          'submissions.read',
          'What you shared in',
          'The newest day first, with what colleagues let you see.',
        ),
        querystring: Paging,
        response: {
          200: withExample(ref(SubmissionList), { items: [exampleSubmission] }),
          ...problems(...whenReading),
        },
      },
    },
    async (request) => submissions.list(personOf(request), request.query),
  )
  app.get(
    one,
    {
      config: { permission: 'submissions.read' },
      schema: {
        ...staffCall('getSubmission', 'submissions.read', 'One submission', 'What was said since, too.'),
        params: OfSubmission,
        response: {
          200: withExample(ref(OpenedSubmission), exampleOpenedSubmission),
          ...problems(...whenReading),
        },
      },
    },
    async (request) => submissions.get(personOf(request), request.params.submissionId),
  )
  app.delete(
    one,
    {
      config: { permission: 'submissions.write' },
      schema: {
        ...staffCall(
          'deleteSubmission',
          'submissions.write',
          'Take it back',
          'Until it is graded, by whoever submitted it. All of it is destroyed, unless something keeps it.',
        ),
        params: OfSubmission,
        response: { 204: nothing('Taken back'), ...problems(...whenReading, 'conflict', 'overloaded') },
      },
    },
    async (request, reply) => {
      await submissions.withdraw(personOf(request), request.params.submissionId, storeWith(undefined))
      return reply.code(204).send(undefined)
    },
  )
}

/** GET and POST …/messages, POST …/attachments: what triage asks, and what whoever submitted it answers and adds. */
export async function answerTriage(scope: Scope, submissions: Submissions, room: ImageRoom): Promise<void> {
  scope.get(
    `${one}/messages`,
    {
      config: { permission: 'submissions.read' },
      schema: {
        ...staffCall('listSubmissionMessages', 'submissions.read', 'Questions and answers', 'In order.'),
        params: OfSubmission,
        response: {
          200: withExample(ref(SubmissionMessages), { items: [exampleMessage] }),
          ...problems(...whenReading),
        },
      },
    },
    async (request) => ({
      items: await submissions.messages(personOf(request), request.params.submissionId),
    }),
  )
  scope.post(
    `${one}/messages`,
    {
      config: { permission: 'submissions.write', idempotentAs: 'answerTriage' },
      schema: {
        ...staffCall('createSubmissionMessage', 'submissions.write', 'Answer, or add something'),
        params: OfSubmission,
        headers: IdempotencyHeaders,
        body: withExample(ref(MessageDraft), { text: exampleMessage.text }),
        response: {
          201: withExample(withHeaders(ref(MailboxMessage), ReplayHeaders), exampleMessage),
          ...problems(...whenWriting, 'idempotency-mismatch', 'limit-reached', 'gone'),
        },
      },
    },
    async (request, reply) => {
      const { submissionId } = request.params
      const sealAnswer = answerSealer(request, 201)
      const message = await submissions.addMessage(
        personOf(request),
        submissionId,
        request.body.text,
        sealAnswer,
      )
      return reply.code(201).send(message)
    },
  )
  // Images are read in this scope alone: everywhere else they are an unsupported media type.
  await scope.register(async (app: Scope) => {
    readImages(app, imageLimits.bytes, room)
    app.post(
      `${one}/attachments`,
      {
        bodyLimit: imageLimits.bytes,
        config: {
          permission: 'submissions.write',
          idempotentAs: 'addToSubmission',
          bodyWithin: imageWithin,
          takes: imageTypes,
        },
        schema: {
          ...staffCall(
            'createSubmissionAttachment',
            'submissions.write',
            'Add an image',
            'As for the mailbox: only its pixels are kept.',
          ),
          params: OfSubmission,
          headers: IdempotencyHeaders,
          consumes: [...imageTypes],
          // No JSON: there is nothing for a schema to check.
          body: Type.Unsafe<unknown>({ description: 'The image' }),
          response: {
            201: withExample(withHeaders(ref(MailboxAttachment), ReplayHeaders), exampleAttachment),
            ...problems(
              ...whenWriting,
              'idempotency-mismatch',
              'attachments-refused',
              'image-unreadable',
              'limit-reached',
              'gone',
            ),
          },
        },
      },
      async (request, reply) => {
        if (request.bodyBytes === null) throw new Fault('unsupported-media-type')
        const { submissionId } = request.params
        const sealAnswer = answerSealer(request, 201)
        const added = await submissions.addAttachment(
          personOf(request),
          submissionId,
          request.bodyBytes,
          sealAnswer,
        )
        return reply.code(201).send(added)
      },
    )
  })
}
