import type { components, operations } from './contract.ts'
import { faultOf } from './errors.ts'
import { linesOf } from './lines.ts'
import type { Options } from './report.ts'
import { send } from './send.ts'
import type { Service } from './service.ts'
import { addressOf, type Token } from './staff.ts'

export interface ExportOptions extends Options {
  /** The filters of the list. */
  query?: NonNullable<operations['exportReports']['parameters']['query']>
  /** Why, for the audit trail. */
  reason?: string
}

/**
 * The filtered reports as supervisors may take them out, one after another, never all in memory. Throws `cut-short` if
 * the last line, which counts them, is missing or says another number: what came before it is then not whole.
 */
export async function* exported(
  service: Service,
  token: Token,
  { query = {}, reason, signal }: ExportOptions = {},
): AsyncGenerator<components['schemas']['OpenedReport'], void> {
  const { response } = await send(service, {
    method: 'GET',
    path: addressOf('/v1/triage/export', {}, query),
    headers: {
      accept: 'application/x-ndjson',
      authorization: `Bearer ${typeof token === 'string' ? token : await token()}`,
      ...(reason === undefined ? {} : { 'audit-reason': encodeURIComponent(reason) }),
    },
    isRepeatable: true,
    streams: true,
    signal,
  })
  let count = 0
  try {
    for await (const text of linesOf(response.body)) {
      const line = JSON.parse(text)
      if (line.end === true && line.count === count) return
      if (line.end === true) break
      yield line
      count++
    }
  } catch (cause) {
    signal?.throwIfAborted()
    throw faultOf('cut-short', 'the export ended in the middle', { cause })
  }
  throw faultOf('cut-short', 'the export ended before its last line')
}
