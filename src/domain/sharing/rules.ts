import { mayDo } from '../../auth/permissions.ts'
import type { Case } from '../../schemas/casework.ts'
import type { Report } from '../../schemas/report.ts'
import type { DisseminationDraft } from '../../schemas/sharing.ts'
import type { ReportRow } from '../../storage/reports.ts'
import { Fault, invalid, refusal } from '../../vocabulary/faults.ts'
import type { Person } from '../../vocabulary/person.ts'
import { rankOf } from '../../vocabulary/priority.ts'
import type { Move } from '../../vocabulary/transitions.ts'
import type { StoredItem } from '../triage/items.ts'

/** What must hold before anything goes to another agency (domain.md, section 4). */

/** Agencies that the urgent path and the exceptions of deconfliction are for. */
const firstResponders: readonly string[] = ['law-enforcement', 'safeguarding']
const sendable: readonly string[] = ['approved', 'disseminated', 'outcome-pending']

/** Whether somebody may be in danger now, so that one item may go before its approval; not of a report that cannot be read. */
export function isTimeCritical(report: Report | undefined): boolean {
  const { riskFlags = [], immediateDanger } = report ?? {}
  return (
    riskFlags.includes('threat-to-life') || riskFlags.includes('child-at-risk') || immediateDanger === 'yes'
  )
}

/** What a role may send at all, before the report is looked at: triagers only what is urgent. */
export function refuseByRole(person: Person, { urgent, tellReporter, reason }: DisseminationDraft): void {
  if (!mayDo(person.role, 'disseminations.send-any') && (urgent !== true || tellReporter === true))
    throw new Fault('forbidden')
  if (urgent === true && reason === undefined)
    throw invalid('/reason', 'required', 'must say why it is urgent')
}

/** Whether this draft takes the urgent path. Throws where it asks for it and may not. */
export function takesUrgentPath(
  person: Person,
  draft: DisseminationDraft,
  report: Report | undefined,
  items: StoredItem[],
): boolean {
  if (draft.urgent !== true) return false
  const may = firstResponders.includes(draft.agency) && isTimeCritical(report) && items.length === 1
  if (
    !may &&
    (!mayDo(person.role, 'disseminations.send-any') || items.some(({ status }) => status !== 'approved'))
  ) {
    throw new Fault('not-approved')
  }
  return may
}

/** What is to be sent, and of what. */
export interface Sending {
  draft: DisseminationDraft
  row: ReportRow
  report: Report | undefined
  content: Case
  items: readonly StoredItem[]
  urgent: boolean
  today: string
  /** Where the report may go by hand, for whoever is refused for where it stands. */
  moves: Move[]
}

/** Refuses what may not go: not approved, not clear, not to this agency, or not any more. */
export function refuseUnsendable({
  draft,
  row,
  report,
  content,
  items,
  urgent,
  today,
  moves,
}: Sending): void {
  if (row.conflictOfInterest.includes(draft.agency)) {
    throw refusal(
      'not-in-this-state',
      'The report names this agency as one with a conflict of interest: send it to another.',
    )
  }
  if (!urgent) {
    if (items.some(({ status }) => status !== 'approved')) throw new Fault('not-approved')
    if (!sendable.includes(row.status)) {
      throw new Fault('invalid-transition', [], {
        detail: `Items go from ${sendable.join(', ')} only.`,
        moves,
      })
    }
  } else if (items.some(({ status }) => status === 'refused') || row.status === 'closed') {
    throw new Fault('not-approved')
  }
  if (!isClear(draft.agency, row, report, content.deconfliction)) throw new Fault('not-clear')
  if (items.some((item) => !permits(item, draft.agency, today))) {
    throw refusal(
      'not-in-this-state',
      'The conditions of an item do not let it go to this agency today: change them, and have the item approved anew.',
    )
  }
}

/** High-priority and organised-crime items wait for the police's word; the police and safeguarding are excepted. */
function isClear(
  agency: string,
  { priority }: ReportRow,
  report: Report | undefined,
  deconfliction: Case['deconfliction'],
): boolean {
  if (firstResponders.includes(agency) || deconfliction === 'clear') return true
  // What cannot be read may be of organised crime.
  const isOrganised = report === undefined || (report.subcategories ?? []).includes('organised-group')
  const mustBeClear = priority === rankOf('high') || isOrganised
  return !mustBeClear && deconfliction === 'not-needed'
}

/** Whether the item's own conditions let it go to this agency today. */
function permits({ grade }: StoredItem, agency: string, today: string): boolean {
  return (grade.conditions ?? []).every(({ kind, agencies = [], on = today }) => {
    if (kind === 'permitted-recipients') return agencies.includes(agency)
    return kind !== 'expiry' || on >= today
  })
}

/** The last day of the agency's access: the earliest that any item names. */
export function expiryOf(items: readonly StoredItem[]): string | null {
  const days = items
    .flatMap(({ grade }) => grade.conditions ?? [])
    .flatMap(({ kind, on }) => (kind === 'expiry' && on !== undefined ? on : []))
  return days.sort()[0] ?? null
}
