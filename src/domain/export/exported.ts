import type { CaseView } from '../../schemas/casework.ts'
import type { Report } from '../../schemas/report.ts'
import type { SealedContent } from '../envelope/sealedReport.ts'
import { byteOrderMark, csvEnd, csvHead, csvRow } from './csv.ts'

/**
 * One line of an export: a report as `GET /v1/triage/reports/{id}` opens it, without where it may go; null where its seal
 * did not open.
 */
export type ExportedReport = Omit<CaseView, 'moves'> & {
  proposals: SealedContent['proposals']
  report: Report | null
}

/** How an export is written. */
export interface ExportFormat {
  name: 'ndjson' | 'csv'
  mediaType: string
  head: string
  /** What stands before it all where it is asked for, for programs that need it. */
  mark: string
  line(report: ExportedReport): string
  /** The last line: without it, the export is not whole. */
  end(count: number): string
}

export const exportFormats = {
  'application/x-ndjson': {
    name: 'ndjson',
    mediaType: 'application/x-ndjson; charset=utf-8',
    head: '',
    mark: '',
    line: (report) => `${JSON.stringify(report)}\n`,
    end: (count) => `${JSON.stringify({ end: true, count })}\n`,
  },
  'text/csv': {
    name: 'csv',
    mediaType: 'text/csv; charset=utf-8; header=present',
    head: csvHead(),
    mark: byteOrderMark,
    line: csvRow,
    end: csvEnd,
  },
} as const satisfies Record<string, ExportFormat>

export function formatNamed(name: ExportFormat['name']): ExportFormat {
  return exportFormats[name === 'csv' ? 'text/csv' : 'application/x-ndjson']
}
