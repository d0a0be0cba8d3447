import { byteOrderMark, csvEnd, csvHead, csvRow } from './csv.ts'
import type { ExportedReport } from './exportedReport.ts'

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
