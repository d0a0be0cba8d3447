import { Readable } from 'node:stream'
import { Type } from 'typebox'
import { mayDo } from '../../auth/permissions.ts'
import { csvColumns } from '../../domain/export/csv.ts'
import { exportFormats } from '../../domain/export/exported.ts'
import type { ReportExport } from '../../domain/export/exportReports.ts'
import { type Authenticator, bearerToken, personOf } from '../../plugins/authentication.ts'
import { preferredType } from '../../plugins/contentNegotiation.ts'
import { ExportQuery } from '../../schemas/export.ts'
import { ReasonHeaders } from '../../schemas/headers.ts'
import { problems } from '../../schemas/responses.ts'
import type { Scope } from '../../scope.ts'
import { staffCall, whenReading } from './call.ts'
import { reasonIsMissing } from './reports.ts'

const permission = 'reports.export'
const types = Object.keys(exportFormats)

export interface ExportDeps extends Pick<Authenticator, 'identify'> {
  exporting: ReportExport
  requireReason: boolean
}

/** GET /v1/triage/export: the filtered reports, opened, as one stream. */
export function exportReports(app: Scope, { exporting, requireReason, identify }: ExportDeps): void {
  // Open streams would keep the service from closing.
  app.addHook('preClose', () => exporting.end())
  app.get(
    '/v1/triage/export',
    {
      config: { permission, produces: types },
      schema: {
        ...staffCall(
          'exportReports',
          permission,
          'Export reports',
          'One line a report, as opening it shows it, newest first; no images. The last line is `{"end":true,"count":N}`, of CSV a row whose `record` is `end`: without it the export is not whole. Columns and formula injection: docs/export.md. Recorded as consultations, at the beginning and at the end.',
        ),
        querystring: ExportQuery,
        headers: ReasonHeaders,
        response: {
          200: {
            description: 'The reports',
            content: {
              'application/x-ndjson': { schema: Type.String(), example: '{"end":true,"count":0}\n' },
              'text/csv': { schema: Type.String(), example: `${csvColumns.join(',')}\r\n` },
            },
          },
          ...problems(...whenReading, 'overloaded'),
        },
      },
    },
    async (request, reply) => {
      const reason = request.headers['audit-reason']
      if (requireReason && reason === undefined) throw reasonIsMissing()
      const chosen = preferredType(request, types) === 'text/csv' ? 'text/csv' : 'application/x-ndjson'
      const { bom = false, ...filters } = request.query
      const known = exportFormats[chosen]
      const format = bom ? { ...known, head: `${known.mark}${known.head}` } : known
      const person = personOf(request)
      const token = bearerToken(request) ?? ''
      const recheck = async () => {
        const now = await identify(token)
        return now?.id === person.id && now.agency === person.agency && mayDo(now.role, permission)
      }
      const wanted = { person, filters, reason, format }
      const isHead = request.method === 'HEAD'
      const stream = isHead
        ? await exporting.headersOnly(wanted)
        : await exporting.begin({ ...wanted, recheck })
      return reply
        .type(format.mediaType)
        .header('content-disposition', `attachment; filename="reports.${format.name}"`)
        .send((stream ?? Readable.from([])) as never)
    },
  )
}
