import type { AuditReading } from '../../domain/audit/reading.ts'
import { personOf } from '../../plugins/authentication.ts'
import {
  AuditFilters,
  AuditHead,
  AuditPage,
  exampleAuditHead,
  exampleAuditPage,
  exampleRestrictedList,
  RestrictedList,
} from '../../schemas/audit.ts'
import { Paging } from '../../schemas/casework.ts'
import { ref } from '../../schemas/component.ts'
import { problems, withExample } from '../../schemas/responses.ts'
import type { Scope } from '../../scope.ts'
import { staffCall } from './call.ts'

const whenReading = ['unauthorized', 'forbidden', 'not-acceptable', 'rate-limited', 'not-ready'] as const

/** GET /v1/triage/audit: who did what. */
export function readAudit(app: Scope, { list }: AuditReading): void {
  app.get(
    '/v1/triage/audit',
    {
      config: { permission: 'audit.read' },
      schema: {
        ...staffCall(
          'listAudit',
          'audit.read',
          'Who did what',
          'The audit trail, newest first; with `order=asc` and `after` it can be followed. It holds no report content. Each page is itself recorded, as `administration`.',
        ),
        querystring: AuditFilters,
        response: { 200: withExample(ref(AuditPage), exampleAuditPage), ...problems(...whenReading) },
      },
    },
    async (request) => list(personOf(request), request.query),
  )
}

/** GET /v1/triage/audit/head: where the trail ends, signed. */
export function readAuditHead(app: Scope, { head }: AuditReading): void {
  app.get(
    '/v1/triage/audit/head',
    {
      config: { permission: 'audit.head' },
      schema: {
        ...staffCall(
          'getAuditHead',
          'audit.head',
          'Where the audit trail ends, signed',
          'Keep the checkpoint somewhere else: `sotto audit verify --against` proves that the trail of another day goes on from it. Not recorded, since it shows no record.',
        ),
        response: { 200: withExample(ref(AuditHead), exampleAuditHead), ...problems(...whenReading) },
      },
    },
    async () => head(),
  )
}

/** GET /v1/triage/audit/restricted: which reports are restricted, so that burying shows. */
export function readRestricted(app: Scope, { restricted }: AuditReading): void {
  app.get(
    '/v1/triage/audit/restricted',
    {
      config: { permission: 'audit.restricted' },
      schema: {
        ...staffCall(
          'listRestricted',
          'audit.restricted',
          'Which reports are restricted',
          'Since when, by whom and to whom, never their content; of those whose conflict of interest names your agency a count alone. Each page is recorded, as `administration`.',
        ),
        querystring: Paging,
        response: {
          200: withExample(ref(RestrictedList), exampleRestrictedList),
          ...problems(...whenReading),
        },
      },
    },
    async (request) => restricted(personOf(request), request.query),
  )
}
