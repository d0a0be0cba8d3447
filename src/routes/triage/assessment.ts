import type { FastifyReply } from 'fastify'
import type { Triage } from '../../domain/triage/triage.ts'
import { personOf } from '../../plugins/authentication.ts'
import { Assessment, AssessmentDraft } from '../../schemas/casework.ts'
import { ref } from '../../schemas/component.ts'
import { exampleAssessment, examplePerson } from '../../schemas/examples.ts'
import { IfMatchHeaders, VersionHeaders } from '../../schemas/headers.ts'
import { problems, withExample, withHeaders } from '../../schemas/responses.ts'
import type { Scope } from '../../scope.ts'
import { OfReport, staffCall, whenConditional, whenReading, whenWriting } from './call.ts'

const path = '/v1/triage/reports/:id/assessment'
const answer = withExample(withHeaders(ref(Assessment), VersionHeaders), {
  ...exampleAssessment,
  version: 1,
  author: examplePerson,
})

/** GET and PUT …/assessment: what must be weighed before a report is graded or closed. */
export function assess(app: Scope, { assessments }: Triage): void {
  app.get(
    path,
    {
      config: { permission: 'assessment.read' },
      schema: {
        ...staffCall(
          'getAssessment',
          'assessment.read',
          'Read the assessment',
          'It exists empty from the start, with ETag "0".',
        ),
        params: OfReport,
        response: { 200: answer, ...problems(...whenReading, 'gone') },
      },
    },
    async (request, reply) => versioned(reply, await assessments.get(personOf(request), request.params.id)),
  )
  app.put(
    path,
    {
      config: { permission: 'assessment.write' },
      schema: {
        ...staffCall(
          'replaceAssessment',
          'assessment.write',
          'Write the assessment',
          'Whole: what is left out is empty.',
        ),
        params: OfReport,
        headers: IfMatchHeaders,
        body: withExample(ref(AssessmentDraft), exampleAssessment),
        response: { 200: answer, ...problems(...whenWriting, ...whenConditional) },
      },
    },
    async (request, reply) => {
      const ifMatch = request.headers['if-match']
      return versioned(
        reply,
        await assessments.put(personOf(request), request.params.id, ifMatch, request.body),
      )
    },
  )
}

/** Sends a thing with its version as ETag. */
export function versioned<T extends { version: number }>(reply: FastifyReply, thing: T) {
  return reply.header('etag', `"${thing.version}"`).send(thing)
}
