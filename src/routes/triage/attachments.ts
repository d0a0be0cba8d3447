import { Type } from 'typebox'
import type { TriageAttachments } from '../../domain/triage/attachments.ts'
import { personOf, whoMay } from '../../plugins/authentication.ts'
import { ref } from '../../schemas/component.ts'
import { examplePersonId, exampleTriageAttachment } from '../../schemas/examples.ts'
import { ReasonHeaders } from '../../schemas/headers.ts'
import { nothing, problems, withExample } from '../../schemas/responses.ts'
import { staffSecurity } from '../../schemas/security.ts'
import { id } from '../../schemas/text.ts'
import { TriageAttachment, TriageAttachmentList } from '../../schemas/triage.ts'
import type { Scope } from '../../scope.ts'

const door = ['validation', 'unauthorized', 'forbidden', 'not-found', 'not-acceptable', 'not-ready'] as const
const OfReport = Type.Object({ id: id('The report') })
const OfAttachment = Type.Object({ id: id('The report'), attachmentId: id('The image') })
const imageBytes = Type.Unsafe<Buffer>({ description: 'The bytes of the image' })
const extensions = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp' } as const

/** GET …/attachments and …/attachments/{attachmentId}: a report's images. Blur every one until a person asks. */
export function readAttachments(app: Scope, attachments: TriageAttachments): void {
  app.get(
    '/v1/triage/reports/:id/attachments',
    {
      config: { permission: 'attachments.list' },
      schema: {
        operationId: 'listAttachments',
        summary: 'A report’s images',
        description: `${whoMay('attachments.list')} Recorded as a consultation.`,
        security: staffSecurity,
        params: OfReport,
        response: {
          200: withExample(ref(TriageAttachmentList), { items: [exampleTriageAttachment] }),
          ...problems(...door),
        },
      },
    },
    async (request) => attachments.list(personOf(request), request.params.id),
  )
  app.get(
    '/v1/triage/reports/:id/attachments/:attachmentId',
    {
      config: { permission: 'attachments.read', produces: Object.keys(extensions) },
      schema: {
        operationId: 'getAttachment',
        summary: 'One image',
        description: `${whoMay('attachments.read')} Recorded as a consultation. Show it blurred until the person asks: an image may be unlawful, in any category. If it is, quarantine it.`,
        security: staffSecurity,
        params: OfAttachment,
        headers: ReasonHeaders,
        response: {
          200: {
            description: 'The image, encoded anew from its pixels',
            content: Object.fromEntries(
              Object.keys(extensions).map((type) => [type, { schema: imageBytes }]),
            ),
          },
          ...problems(...door, 'conflict', 'gone'),
        },
      },
    },
    async (request, reply) => {
      const { id: reportId, attachmentId } = request.params
      const image = await attachments.read(
        personOf(request),
        reportId,
        attachmentId,
        request.headers['audit-reason'],
      )
      return reply
        .type(image.mediaType)
        .header(
          'content-disposition',
          `attachment; filename="${attachmentId}.${extensions[image.mediaType]}"`,
        )
        .header('content-security-policy', "default-src 'none'; sandbox")
        .send(image.bytes)
    },
  )
}

/** POST …/attachments/{attachmentId}/quarantine: one act that stops all use of an image. */
export function quarantineAttachment(app: Scope, attachments: TriageAttachments): void {
  app.post(
    '/v1/triage/reports/:id/attachments/:attachmentId/quarantine',
    {
      config: { permission: 'attachments.quarantine' },
      schema: {
        operationId: 'quarantineAttachment',
        summary: 'Stop all use of an image',
        description: `${whoMay('attachments.quarantine')} Ends viewing, copying, export and dissemination; the sealed image is kept for the police. The same again changes nothing.`,
        security: staffSecurity,
        params: OfAttachment,
        headers: ReasonHeaders,
        response: {
          200: withExample(ref(TriageAttachment), { ...exampleTriageAttachment, quarantined: true }),
          ...problems(...door, 'gone'),
        },
      },
    },
    async (request) => {
      const { id: reportId, attachmentId } = request.params
      return attachments.quarantine(
        personOf(request),
        reportId,
        attachmentId,
        request.headers['audit-reason'],
      )
    },
  )
}

/** DELETE …/attachments/{attachmentId}: two supervisors destroy a quarantined image on the police's recorded instruction. */
export function destroyAttachment(app: Scope, attachments: TriageAttachments): void {
  app.delete(
    '/v1/triage/reports/:id/attachments/:attachmentId',
    {
      config: { permission: 'attachments.destroy' },
      schema: {
        operationId: 'deleteAttachment',
        summary: 'Destroy a quarantined image',
        description: `${whoMay('attachments.destroy')} Only once quarantined, only on an instruction recorded in \`Audit-Reason\`, and never by one person: the first supervisor gets 202 and the image as it waits, another one 204. The same again by the first is 202 and changes nothing. What nobody agrees to lapses after 14 days. On legal hold each reason must carry the police reference: a word with a digit in it.`,
        security: staffSecurity,
        params: OfAttachment,
        headers: ReasonHeaders,
        response: {
          202: withExample(ref(TriageAttachment), {
            ...exampleTriageAttachment,
            quarantined: true,
            destruction: {
              by: { id: examplePersonId, name: 'Ada' },
              on: '2026-11-25',
              lapsesOn: '2026-12-09',
            },
          }),
          204: nothing('Destroyed'),
          ...problems(...door, 'conflict', 'gone'),
        },
      },
    },
    async (request, reply) => {
      const { id: reportId, attachmentId } = request.params
      const reason = request.headers['audit-reason']
      const waiting = await attachments.destroy(personOf(request), reportId, attachmentId, reason)
      return waiting === undefined ? reply.code(204).send(undefined) : reply.code(202).send(waiting)
    },
  )
  app.delete(
    '/v1/triage/reports/:id/attachments/:attachmentId/destruction',
    {
      config: { permission: 'attachments.destroy' },
      schema: {
        operationId: 'deleteDestruction',
        summary: 'Keep an image that waits to be destroyed',
        description: `${whoMay('attachments.destroy')} Takes back what one supervisor asked for, whoever did. 404 where nothing waits.`,
        security: staffSecurity,
        params: OfAttachment,
        headers: ReasonHeaders,
        response: { 204: nothing('Kept, in quarantine'), ...problems(...door, 'gone') },
      },
    },
    async (request, reply) => {
      const { id: reportId, attachmentId } = request.params
      await attachments.keep(personOf(request), reportId, attachmentId, request.headers['audit-reason'])
      return reply.code(204).send(undefined)
    },
  )
}
