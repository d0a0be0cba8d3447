import type { StaffRole } from '../vocabulary/roles.ts'

/** Who may do what: the one table. Routes, the contract and the walk over every route and role read it. */
export const permissions = {
  'me.read': ['triager', 'supervisor', 'partner', 'auditor', 'admin'],
  'reports.list': ['triager', 'supervisor'],
  'events.read': ['triager', 'supervisor'],
  'reports.export': ['supervisor'],
  'reports.set-aside': ['supervisor'],
  'reports.search': ['triager', 'supervisor'],
  'reports.consult': ['triager', 'supervisor'],
  'reports.patch': ['triager', 'supervisor'],
  /** Be given a report, and count as a reader of one that names people. */
  'reports.work': ['triager', 'supervisor'],
  /** See that a restricted report is there, of which nobody who is named is left. */
  'reports.see-unnamed': ['supervisor'],
  'reports.suspect': ['supervisor'],
  /** Say who is kept from a report, or lets it go, other than by tightening; and confirm or replace what waits. */
  'guards.loosen': ['supervisor'],
  'reports.history': ['triager', 'supervisor'],
  'reports.submitter': ['triager', 'supervisor'],
  'approvals.list': ['triager', 'supervisor'],
  'closures.read': ['triager', 'supervisor'],
  'closures.request': ['triager', 'supervisor'],
  'closures.decide': ['supervisor'],
  'assessment.read': ['triager', 'supervisor'],
  'assessment.write': ['triager', 'supervisor'],
  'notes.read': ['triager', 'supervisor'],
  'notes.write': ['triager', 'supervisor'],
  'entities.read': ['triager', 'supervisor'],
  'entities.write': ['triager', 'supervisor'],
  'items.read': ['triager', 'supervisor'],
  'items.write': ['triager', 'supervisor'],
  'items.decide': ['supervisor'],
  'messages.read': ['triager', 'supervisor'],
  'messages.write': ['triager', 'supervisor'],
  'messages.decide': ['supervisor'],
  'messages.unlock': ['supervisor'],
  'erasure.read': ['supervisor'],
  'erasure.decide': ['supervisor'],
  'agencies.read': ['triager', 'supervisor', 'partner', 'auditor', 'admin'],
  'agencies.write': ['admin'],
  'disseminations.read': ['triager', 'supervisor'],
  'disseminations.send': ['triager', 'supervisor'],
  /** Send what is not urgent, and let the reporter be told. */
  'disseminations.send-any': ['supervisor'],
  'disseminations.recall': ['supervisor'],
  'disseminations.review': ['supervisor'],
  'links.read': ['triager', 'supervisor'],
  'links.decide': ['triager', 'supervisor'],
  /** Confirm a link so that another agency may learn of the interest. */
  'links.assure': ['supervisor'],
  'watchlist.read': ['triager', 'supervisor'],
  'outcomes.read': ['triager', 'supervisor'],
  'outcomes.write': ['triager', 'supervisor'],
  'webhooks.read': ['admin'],
  'webhooks.write': ['admin'],
  'partner.read': ['partner'],
  'partner.answer': ['partner'],
  'submissions.read': ['partner'],
  'submissions.write': ['partner'],
  'staff.list': ['triager', 'supervisor', 'admin'],
  'staff.list-all': ['admin'],
  'stats.read': ['triager', 'supervisor', 'auditor'],
  'stats.live': ['triager', 'supervisor'],
  'attachments.list': ['triager', 'supervisor'],
  'attachments.read': ['triager', 'supervisor'],
  'attachments.quarantine': ['triager', 'supervisor'],
  'attachments.destroy': ['supervisor'],
  'audit.read': ['auditor'],
  'audit.head': ['auditor'],
  'audit.restricted': ['auditor'],
} as const satisfies Record<string, readonly StaffRole[]>

export type Permission = keyof typeof permissions

export function mayDo(role: StaffRole, permission: Permission): boolean {
  const roles: readonly StaffRole[] = permissions[permission]
  return roles.includes(role)
}
