/** Where a report stands (domain.md, section 4). */
export const reportStatuses = [
  'received',
  'screening',
  'sanitising',
  'graded',
  'development',
  'awaiting-clarification',
  'approved',
  'disseminated',
  'outcome-pending',
  'closed',
] as const
export type ReportStatus = (typeof reportStatuses)[number]
