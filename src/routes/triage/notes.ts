import { storeWith } from '../../domain/calls/storeAnswer.ts'
import type { Triage } from '../../domain/triage/triage.ts'
import { personOf } from '../../plugins/authentication.ts'
import { answerSealer } from '../../plugins/idempotency.ts'
import { Note, NoteDraft, NoteList, Paging } from '../../schemas/casework.ts'
import { ref } from '../../schemas/component.ts'
import { exampleNote } from '../../schemas/examples.ts'
import { IdempotencyHeaders, ReplayHeaders } from '../../schemas/headers.ts'
import { problems, withExample, withHeaders } from '../../schemas/responses.ts'
import type { Scope } from '../../scope.ts'
import { OfReport, staffCall, whenReading, whenWriting } from './call.ts'

const path = '/v1/triage/reports/:id/notes'

/** GET and POST …/notes: notes among staff. */
export function noteRoutes(app: Scope, { notes }: Triage): void {
  app.get(
    path,
    {
      config: { permission: 'notes.read' },
      schema: {
        ...staffCall(
          'listNotes',
          'notes.read',
          'Notes about a report',
          'The earliest first. Recorded as a consultation.',
        ),
        params: OfReport,
        querystring: Paging,
        response: {
          200: withExample(ref(NoteList), { items: [exampleNote] }),
          ...problems(...whenReading, 'gone'),
        },
      },
    },
    async (request) => notes.list(personOf(request), request.params.id, request.query),
  )
  app.post(
    path,
    {
      config: { permission: 'notes.write', idempotentAs: 'addNote' },
      schema: {
        ...staffCall('createNote', 'notes.write', 'Add a note', 'Sealed and signed.'),
        params: OfReport,
        headers: IdempotencyHeaders,
        body: withExample(ref(NoteDraft), { text: exampleNote.text }),
        response: {
          201: withExample(withHeaders(ref(Note), ReplayHeaders), exampleNote),
          ...problems(...whenWriting, 'idempotency-mismatch', 'limit-reached'),
        },
      },
    },
    async (request, reply) => {
      const store = storeWith(answerSealer(request, 201))
      return reply
        .code(201)
        .send(await notes.add(personOf(request), request.params.id, request.body.text, store))
    },
  )
}
