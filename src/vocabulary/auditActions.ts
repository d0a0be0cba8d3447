/** What kinds of act the audit trail knows: those of the logging duty (DPA 2018 s.62), what was refused, and what staff did to the service itself. */
export const auditActions = [
  'collection',
  'alteration',
  'consultation',
  'disclosure',
  'combination',
  'erasure',
  'denied',
  'administration',
] as const
export type AuditAction = (typeof auditActions)[number]
