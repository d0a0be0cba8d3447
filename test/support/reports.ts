import type { Report } from '../../src/schemas/report.ts'

/** A small report that every rule accepts; `more` adds or replaces fields. */
export function sampleReport(more: Partial<Report> = {}): Report {
  return {
    category: 'other-serious-crime',
    narrative: 'A fictional report of fictional things, long enough to be taken.',
    ...more,
  }
}
