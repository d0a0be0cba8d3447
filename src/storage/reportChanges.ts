import type { Query } from './pool.ts'

/** The clear columns of a report that staff may change; undefined leaves one as it is. */
export interface ReportChanges {
  status?: string | undefined
  priority?: number | undefined
  category?: string | undefined
  leadAgency?: string | undefined
  supportAgencies?: readonly string[] | undefined
  conflictOfInterest?: readonly string[] | undefined
  restricted?: boolean | undefined
  restrictedTo?: readonly string[] | undefined
  legalHold?: boolean | undefined
  suspectedMalicious?: boolean | undefined
  assignee?: string | null | undefined
  attentionBy?: string | null | undefined
  reviewGroup?: string | undefined
  /** Whether a change waits for a second supervisor. */
  pending?: boolean | undefined
  /** The day on which something was loosened. */
  loosenedOn?: string | undefined
}

/** Keeps others from changing the report to the end of the transaction. It must have left the box. */
export async function lockReport(query: Query, id: string): Promise<void> {
  await query({ name: 'lock-report', text: 'SELECT id FROM reports WHERE id = $1 FOR UPDATE', values: [id] })
}

/** Changes a report and moves its version. null clears an assignee or a day, so these carry whether they change. */
export async function changeReport(query: Query, id: string, changes: ReportChanges): Promise<void> {
  await query({
    name: 'change-report',
    text: `UPDATE reports SET
             version = version + 1,
             status = coalesce($2, status),
             priority = coalesce($3, priority),
             category = coalesce($4, category),
             lead_agency = coalesce($5, lead_agency),
             support_agencies = coalesce($6, support_agencies),
             conflict_of_interest = coalesce($7, conflict_of_interest),
             restricted = coalesce($8, restricted),
             restricted_to = coalesce($9, restricted_to),
             legal_hold = coalesce($10, legal_hold),
             suspected_malicious = coalesce($11, suspected_malicious),
             assignee = CASE WHEN $12 THEN $13 ELSE assignee END,
             attention_by = CASE WHEN $14 THEN $15 ELSE attention_by END,
             review_group = coalesce($16, review_group),
             pending = coalesce($17, pending),
             loosened_on = coalesce($18, loosened_on)
           WHERE id = $1`,
    values: [
      id,
      changes.status,
      changes.priority,
      changes.category,
      changes.leadAgency,
      changes.supportAgencies,
      changes.conflictOfInterest,
      changes.restricted,
      changes.restrictedTo,
      changes.legalHold,
      changes.suspectedMalicious,
      changes.assignee !== undefined,
      changes.assignee,
      changes.attentionBy !== undefined,
      changes.attentionBy,
      changes.reviewGroup,
      changes.pending,
      changes.loosenedOn,
    ],
  })
}

/** Tells the reporter's mailbox where the report stands, coarsely. */
export async function changeMailboxStatus(query: Query, reportId: string, status: string): Promise<void> {
  await query({
    name: 'change-mailbox-status',
    text: 'UPDATE mailboxes SET status = $2 WHERE report_id = $1 AND status <> $2',
    values: [reportId, status],
  })
}

/** Which of these people exist and may be given reports. */
export async function knownStaff(query: Query, ids: readonly string[]): Promise<string[]> {
  const rows = await query<{ id: string }>({
    name: 'known-staff',
    text: 'SELECT id FROM staff WHERE id = ANY ($1::uuid[])',
    values: [ids],
  })
  return rows.map(({ id }) => id)
}
