import { api, withToken } from '../../state/api.ts'
import { service, tokenNow } from '../../state/session.ts'
import { type Filters, queryOf } from '../inbox/state.ts'

export type Format = 'ndjson' | 'csv'

const types: Record<Format, string> = { ndjson: 'application/x-ndjson', csv: 'text/csv' }
/** What the last line of a whole export begins with. */
const ends: Record<Format, RegExp> = { ndjson: /^\{"end":true/, csv: /^"?end"?,/ }

export class NotWhole extends Error {}

/** The filtered reports as a file. Throws `NotWhole` where its last line is missing: then nothing is kept. */
export async function exportFile(filters: Filters, format: Format, reason: string): Promise<Blob> {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries({
    ...queryOf(filters),
    ...(format === 'csv' ? { bom: true } : {}),
  }))
    for (const one of [value].flat()) if (name !== 'sort') query.append(name, String(one))
  // The client says what went wrong in words; what it answers is small where there is nothing to take.
  const answer = await withToken(async () => {
    const given = await service.fetch(`/v1/triage/export?${query}`, {
      headers: {
        accept: types[format],
        authorization: `Bearer ${tokenNow()}`,
        ...(reason === '' ? {} : { 'audit-reason': encodeURIComponent(reason) }),
      },
      cache: 'no-store',
      credentials: 'omit',
    })
    if (given.status === 401) await api.get('/v1/triage/me')
    return given
  })
  if (!answer.ok) throw new NotWhole()
  const file = await answer.blob()
  const tail = await file.slice(-2_000).text()
  if (!ends[format].test(tail.trimEnd().split(/\r?\n/).at(-1) ?? '')) throw new NotWhole()
  return file
}

/** Hands a file to the browser, which keeps it where it keeps what is downloaded. */
export function handOver(file: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
