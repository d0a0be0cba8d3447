import type { Report } from '../../src/schemas/report.ts'
import type { StaffRole } from '../../src/vocabulary/roles.ts'

/** What should be: who may see which report, by the contract (section 1) alone. Nothing here asks the service. */

export interface Person {
  id: string
  name: string
  role: StaffRole
  agency: string | null
  /** Whether they can sign in now. */
  isIn: boolean
}

export type Group = '1' | '2' | '3' | '4' | 'unassessed'

/** What waits for a second supervisor. */
export interface Waiting {
  field: 'legalHold' | 'proceedingsKnown' | 'reviewGroup' | 'conflictOfInterest' | 'restriction'
  value: boolean | string | readonly string[] | null
  by: string
}

/** A message of staff to the reporter. */
export interface Written {
  id: string
  author: string
  text: string
  status: 'pending' | 'sent' | 'refused'
}

export interface Image {
  id: string
  isQuarantined: boolean
  /** Who wants it destroyed, since when. */
  destruction: { by: string; on: string } | undefined
}

export interface Sent {
  id: string
  agency: string
  /** Which of the keys of its own the agency had then, if any. */
  key?: number
  status: 'sent' | 'acknowledged' | 'answered' | 'recalled'
}

export interface Submitted {
  id: string
  by: string
  agency: string | null
  /** With others of the agency. */
  isShared: boolean
  /** Taken back, though something keeps the report. */
  isTaken: boolean
}

/** A report that was acknowledged. */
export interface Filed {
  id: string
  /** A word that no other report has. */
  mark: string
  content: Report
  receipt: string
  /** By which the database finds its mailbox: in this order mailboxes end. */
  lookupId: string
  receivedOn: string
  status: string
  version: number
  legalHold: boolean
  proceedingsKnown: boolean
  reviewGroup: Group
  conflictOfInterest: readonly string[]
  /** Everybody whom it may name. */
  staff: readonly Person[]
  /** Whom it names; null if it is not restricted. */
  restriction: readonly string[] | null
  pending: Waiting[]
  /** That it is to be closed with others, as of a version. */
  closure: { id: string; by: string; version: number } | undefined
  loosenedOn: string | undefined
  erasure: { by: string; ground: string; isApproved: boolean } | undefined
  isAssessed: boolean
  notes: string[]
  items: { id: string; author: string; isApproved: boolean }[]
  sent: Sent[]
  mailbox: 'open' | 'ended'
  /** Whether what was said stays although the reporter ended the mailbox: it ended under a hold. */
  isConversationKept: boolean
  said: string[]
  written: Written[]
  images: Image[]
  /** That a partner shared it in. It then has no receipt that anybody knows. */
  submission: Submitted | undefined
  /** What its agency was told before it came into conflict. */
  toldBefore: { status: string; isGraded: boolean } | undefined
  lastSaid: string | undefined
  hasUnread: boolean
  /** How often the reporter spoke since sending was last unlocked. */
  toldSinceUnlock: number
  /** Whether lists show that sending is locked. */
  isLockShown: boolean
}

export type Model = Map<string, Filed>

const day = 86_400_000
export const daysUntilLapse = 14
export const repliesUntilLock = 4

export function filed(
  of: Pick<Filed, 'id' | 'mark' | 'content' | 'receipt' | 'lookupId' | 'receivedOn' | 'staff'>,
  isRestricted: boolean,
): Filed {
  return {
    ...of,
    status: 'received',
    version: 1,
    legalHold: false,
    proceedingsKnown: false,
    reviewGroup: 'unassessed',
    conflictOfInterest: [],
    restriction: isRestricted ? [] : null,
    pending: [],
    closure: undefined,
    loosenedOn: undefined,
    erasure: undefined,
    isAssessed: false,
    notes: [],
    items: [],
    sent: [],
    mailbox: 'open',
    isConversationKept: false,
    said: [],
    written: [],
    images: [],
    submission: undefined,
    toldBefore: undefined,
    lastSaid: undefined,
    hasUnread: false,
    toldSinceUnlock: 0,
    isLockShown: false,
  }
}

export const readsReports = ({ role }: Pick<Person, 'role'>) => role === 'triager' || role === 'supervisor'

/** How much of a report a person may see. */
export function sightOf(person: Person, report: Filed): 'all' | 'stub' | 'nothing' {
  if (!readsReports(person)) return 'nothing'
  const isShutOut = isInConflict(person, report)
  const { restriction } = report
  if (restriction === null) return isShutOut ? 'nothing' : 'all'
  if (restriction.includes(person.id)) return 'all'
  // Where fewer than two are left of those named, it comes back to supervisors.
  return countLeft(report) < 2 && person.role === 'supervisor' && !isShutOut ? 'stub' : 'nothing'
}

function countLeft({ restriction, staff }: Filed): number {
  return staff.filter((one) => one.isIn && readsReports(one) && restriction?.includes(one.id)).length
}

export function isInConflict({ agency }: Pick<Person, 'agency'>, { conflictOfInterest }: Filed): boolean {
  return agency !== null && conflictOfInterest.includes(agency)
}

export const waitsToBeClosed = ({ closure, version }: Filed) => closure?.version === version

export const isPending = (report: Filed) => report.pending.length > 0 || waitsToBeClosed(report)

export function waitsToBeDestroyed({ destruction }: Image, today: string): boolean {
  return destruction !== undefined && today < later(destruction.on, daysUntilLapse)
}

/** Whether lists show that it waits for a second person; an image that is to be destroyed keeps no report. */
export const isListedAsPending = (report: Filed, today: string) =>
  isPending(report) || report.images.some((image) => waitsToBeDestroyed(image, today))

/** Whether sending to the reporter is locked. */
export const isLocked = ({ isLockShown, toldSinceUnlock }: Filed) =>
  isLockShown || toldSinceUnlock >= repliesUntilLock

/** Somebody of staff meets the lock: lists show it from then on. */
export function showLock(report: Filed): void {
  if (!isLocked(report) || report.isLockShown) return
  report.isLockShown = true
  report.version += 1
}

/** What both sides said is gone, and with it what it locked. */
export function forgetConversation(report: Filed): void {
  report.said = []
  report.written = []
  report.isConversationKept = false
  report.toldSinceUnlock = 0
  report.hasUnread = false
}

export function later(date: string, days: number): string {
  return new Date(Date.parse(date) + days * day).toISOString().slice(0, 10)
}

const beforeGrading = ['received', 'screening', 'sanitising']

export const isGraded = ({ status, sent }: Filed) => !beforeGrading.includes(status) || sent.length > 0

/** Whether its agency is in conflict with what it submitted itself. */
export const isConflicted = (report: Filed) =>
  isInConflict({ agency: report.submission?.agency ?? null }, report)
