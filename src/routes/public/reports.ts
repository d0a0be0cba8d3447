import type { Intake } from '../../domain/intake/intake.ts'
import { answerSealer } from '../../plugins/idempotency.ts'
import { answerInLanguage } from '../../plugins/language.ts'
import { ref } from '../../schemas/component.ts'
import { exampleNotice, exampleReceipt, exampleReport, exampleSignpost } from '../../schemas/examples.ts'
import { DraftHeaders, languageHeader, ReplayHeaders, ReportHeaders } from '../../schemas/headers.ts'
import { Acceptance, DraftCheck } from '../../schemas/intake.ts'
import { ReportDraft } from '../../schemas/report.ts'
import { problems, withExample, withHeaders } from '../../schemas/responses.ts'
import type { Scope } from '../../scope.ts'

const body = withExample(ref(ReportDraft), exampleReport)
const refusals = ['bad-request', 'malformed-json', 'validation', 'not-acceptable', 'request-timeout'] as const

/** POST /v1/reports: takes one anonymous report. Answers 201 only once it is durable. */
export function submitReport(app: Scope, intake: Intake): void {
  app.post(
    '/v1/reports',
    {
      config: { idempotentAs: 'submitReport', findsRepeats: true, challenge: 'report' },
      schema: {
        operationId: 'submitReport',
        summary: 'Send a report',
        description:
          'Answers 201 only once the report is sealed and durable. The receipt opens the mailbox; it is shown once and stored nowhere. Send an `Idempotency-Key`, so that a repeat after a lost answer gives the same receipt and no second report.',
        headers: ReportHeaders,
        body,
        response: {
          201: withExample(withHeaders(ref(Acceptance), { ...ReplayHeaders, ...languageHeader }), {
            receipt: exampleReceipt,
            receivedOn: '2026-11-24',
            signposts: [exampleSignpost],
            warnings: [],
            notice: exampleNotice,
          }),
          ...problems(
            ...refusals,
            'payload-too-large',
            'unsupported-media-type',
            'idempotency-mismatch',
            'challenge-required',
            'challenge-failed',
            'challenge-spent',
            'rate-limited',
            'overloaded',
            'not-ready',
          ),
        },
      },
    },
    async (request, reply) => {
      const language = answerInLanguage(request, reply)
      const sealAnswer = answerSealer(request, 201)
      const sealWhole = sealAnswer && ((made: unknown) => sealAnswer(made, { 'content-language': language }))
      return reply.code(201).send(await intake.accept(request.body, sealWhole, language))
    },
  )
}

/** POST /v1/reports/check: says what would be said of a draft. Nothing is stored or logged. */
export function checkDraft(app: Scope, intake: Intake): void {
  app.post(
    '/v1/reports/check',
    {
      config: { challenge: 'draft' },
      schema: {
        operationId: 'checkDraft',
        summary: 'Check a draft before sending it',
        description:
          'Finds phrases that may give the reporter away, and who else can help. Nothing is stored or logged. Needs a proof of work only while very many are checked.',
        headers: DraftHeaders,
        body,
        response: {
          200: withExample(withHeaders(ref(DraftCheck), languageHeader), {
            warnings: [{ code: 'position', pointer: '/narrative', start: 0, end: 15 }],
            signposts: [exampleSignpost],
          }),
          ...problems(
            ...refusals,
            'payload-too-large',
            'unsupported-media-type',
            'challenge-required',
            'challenge-failed',
            'challenge-spent',
            'rate-limited',
            'overloaded',
            'not-ready',
          ),
        },
      },
    },
    async (request, reply) => intake.check(request.body, answerInLanguage(request, reply)),
  )
}
