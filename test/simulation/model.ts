import type { Report } from '../../src/schemas/report.ts'
import type { StaffRole } from '../../src/vocabulary/roles.ts'

/** What should be: who may see which report, by the contract (section 1) alone. Nothing here asks the service. */

export interface Person {
  id: string
  name: string
  role: StaffRole
  agency: string | null
}

/** What waits for a second supervisor. */
export interface Waiting {
  field: 'legalHold' | 'conflictOfInterest' | 'restriction'
  value: boolean | readonly string[] | null
  by: string
}

/** A report that was acknowledged. */
export interface Filed {
  id: string
  /** A word that no other report has. */
  mark: string
  content: Report
  receipt: string
  receivedOn: string
  status: string
  priority: string | undefined
  version: number
  legalHold: boolean
  conflictOfInterest: readonly string[]
  /** Whom it names; null if it is not restricted. */
  restriction: readonly string[] | null
  pending: Waiting[]
  loosenedOn: string | undefined
  erasure: { by: string; ground: string; isApproved: boolean } | undefined
  notes: string[]
  items: { id: string; author: string; isApproved: boolean }[]
  mailbox: 'open' | 'ended'
  /** Whether what was said stays although the reporter ended the mailbox: it ended under a hold. */
  isConversationKept: boolean
  said: string[]
  lastSaid: string | undefined
  hasUnread: boolean
}

export type Model = Map<string, Filed>

const day = 86_400_000
const daysKept = 365
const daysOfGrace = 14
const daysOfSilence = 90

export function filed(
  of: Pick<Filed, 'id' | 'mark' | 'content' | 'receipt' | 'receivedOn'>,
  isRestricted: boolean,
): Filed {
  return {
    ...of,
    status: 'received',
    priority: undefined,
    version: 1,
    legalHold: false,
    conflictOfInterest: [],
    restriction: isRestricted ? [] : null,
    pending: [],
    loosenedOn: undefined,
    erasure: undefined,
    notes: [],
    items: [],
    mailbox: 'open',
    isConversationKept: false,
    said: [],
    lastSaid: undefined,
    hasUnread: false,
  }
}

export const readsReports = ({ role }: Person) => role === 'triager' || role === 'supervisor'

/** How much of a report a person may see. */
export function sightOf(person: Person, report: Filed): 'all' | 'stub' | 'nothing' {
  if (!readsReports(person)) return 'nothing'
  const isShutOut = person.agency !== null && report.conflictOfInterest.includes(person.agency)
  const { restriction } = report
  if (restriction === null) return isShutOut ? 'nothing' : 'all'
  if (restriction.includes(person.id)) return 'all'
  return restriction.length === 0 && person.role === 'supervisor' && !isShutOut ? 'stub' : 'nothing'
}

/** Whether the purge leaves a report, and all that belongs to it, whatever its age. */
export function isKept({ legalHold, pending, loosenedOn }: Filed, today: string): boolean {
  return (
    legalHold || pending.length > 0 || (loosenedOn !== undefined && later(loosenedOn, daysOfGrace) > today)
  )
}

/** What a purge by hand does on this day, all boxes being mixed. */
export function purgeAll(model: Model, today: string): void {
  for (const report of [...model.values()]) {
    if (isKept(report, today)) continue
    if (later(report.receivedOn, daysKept) <= today) model.delete(report.id)
    const isSilent = report.lastSaid !== undefined && later(report.lastSaid, daysOfSilence) < today
    if (isSilent && !report.hasUnread) report.mailbox = 'ended'
  }
}

/** What the night does: what two supervisors said the law demands is gone. Under a hold only a court demands it. */
export function eraseAll(model: Model): void {
  for (const { id, erasure, legalHold } of [...model.values()]) {
    if (erasure?.isApproved && (!legalHold || erasure.ground === 'court-order')) model.delete(id)
  }
}

export function later(date: string, days: number): string {
  return new Date(Date.parse(date) + days * day).toISOString().slice(0, 10)
}
