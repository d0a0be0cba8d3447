import { Type } from 'typebox'
import type { Mailboxes } from '../../domain/mailbox/mailbox.ts'
import { imageTypes } from '../../images/imageType.ts'
import { answerSealer } from '../../plugins/idempotency.ts'
import { type ImageRoom, readImages } from '../../plugins/imageBodies.ts'
import { mailboxOf } from '../../plugins/receipt.ts'
import { ref } from '../../schemas/component.ts'
import { exampleAttachment } from '../../schemas/examples.ts'
import { IntakeHeaders, ReplayHeaders } from '../../schemas/headers.ts'
import { imageLimits, MailboxAttachment } from '../../schemas/mailbox.ts'
import { problems, withExample, withHeaders } from '../../schemas/responses.ts'
import type { Scope } from '../../scope.ts'
import { Fault } from '../../vocabulary/faults.ts'
import { mailboxRefusals } from './mailbox.ts'

/** Milliseconds in which it must be here: ten megabytes over a poor connection. Only holders of a receipt get so long. */
const imageWithin = 120_000

/** POST /v1/mailbox/attachments: the reporter adds an image. Only its pixels are kept. */
export async function addAttachment(scope: Scope, mailboxes: Mailboxes, room: ImageRoom): Promise<void> {
  // Images are read in this scope alone: everywhere else they are an unsupported media type.
  await scope.register(async (app: Scope) => {
    readImages(app, imageLimits.bytes, room)
    app.post(
      '/v1/mailbox/attachments',
      {
        bodyLimit: imageLimits.bytes,
        config: {
          idempotentAs: 'addAttachment',
          challenge: 'mailbox',
          bodyWithin: imageWithin,
          takes: imageTypes,
        },
        schema: {
          operationId: 'createMailboxAttachment',
          summary: 'Add an image',
          description:
            'The body is the image: at most 10 MiB and 64 megapixels, ten a report. Its first bytes tell what it is, whatever its label says. It is decoded and encoded again from its pixels, in memory: no metadata, thumbnail, profile or name survives, and the original is never stored. What the picture shows stays: look at it before you send it.',
          security: [{ receipt: [] }],
          headers: IntakeHeaders,
          consumes: [...imageTypes],
          // No JSON: there is nothing for a schema to check.
          body: Type.Unsafe<unknown>({ description: 'The image' }),
          response: {
            201: withExample(withHeaders(ref(MailboxAttachment), ReplayHeaders), exampleAttachment),
            ...problems(
              ...mailboxRefusals,
              'payload-too-large',
              'unsupported-media-type',
              'idempotency-mismatch',
              'attachments-refused',
              'image-unreadable',
              'limit-reached',
            ),
          },
        },
      },
      async (request, reply) => {
        if (request.bodyBytes === null) throw new Fault('unsupported-media-type')
        const sealAnswer = answerSealer(request, 201)
        const attachment = await mailboxes.addAttachment(mailboxOf(request), request.bodyBytes, sealAnswer)
        return reply.code(201).send(attachment)
      },
    )
  })
}
