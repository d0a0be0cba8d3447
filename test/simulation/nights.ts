import { type Filed, forgetConversation, isPending, later, type Model } from './model.ts'

/**
 * What goes by itself (contract section 4): what the law demands, at once; what is kept no longer, by shares, and not
 * while a clock is in doubt.
 */
export interface Nights {
  /** The day of the latest pass. */
  last: string | undefined
  /** How many since the clock last jumped, up to seven. */
  steady: number
  /** On which day a share was last taken of, and how much. */
  takenOn: string | undefined
  reports: number
  conversations: number
}

const daysOfGrace = 14
const daysOfSilence = 90
const steadyEnough = 7
const stepAtMost = 2

export const firstNight = (): Nights => ({
  last: undefined,
  steady: steadyEnough,
  takenOn: undefined,
  reports: 0,
  conversations: 0,
})

export function noteNight(nights: Nights, today: string): void {
  const { last } = nights
  nights.last = last === undefined || today > last ? today : last
  if (last === undefined) return
  if (Math.abs(daysBetween(last, today)) > stepAtMost) {
    Object.assign(nights, { last: today, steady: 0, takenOn: undefined })
  } else if (today > last) nights.steady = Math.min(nights.steady + 1, steadyEnough)
}

export const isInDoubt = ({ steady }: Nights) => steady < steadyEnough

/** What two supervisors said the law demands is gone. Under a hold only a court demands it. */
export function eraseAll(model: Model): void {
  for (const { id, erasure, legalHold, proceedingsKnown } of [...model.values()]) {
    const isHeld = legalHold || proceedingsKnown
    if (erasure?.isApproved && (!isHeld || erasure.ground === 'court-order')) model.delete(id)
  }
}

/** All boxes being mixed: what a purge by hand takes on this day, or, given the nights, what their share allows. */
export function purge(model: Model, today: string, nights?: Nights, daysKept = 365): void {
  const roomOf = (what: 'reports' | 'conversations', many: number) =>
    nights === undefined ? many : Math.max(0, shareOf(many) - nights[what])
  const take = (what: 'reports' | 'conversations', many: number) => {
    if (nights !== undefined) nights[what] += many
  }
  if (nights !== undefined && nights.takenOn !== today) {
    Object.assign(nights, { takenOn: today, reports: 0, conversations: 0 })
  }
  const free = () => [...model.values()].filter((report) => !isKept(report, today))
  const due = free()
    .filter((report) => isDue(report, today, daysKept))
    .sort((a, b) => (a.receivedOn + a.id < b.receivedOn + b.id ? -1 : 1))
    .slice(0, roomOf('reports', model.size))
  for (const { id } of due) model.delete(id)
  take('reports', due.length)

  const countOpen = () => [...model.values()].filter(({ mailbox }) => mailbox === 'open').length
  const silent = free()
    .filter((report) => isSilent(report, today))
    .sort((a, b) => (a.lookupId < b.lookupId ? -1 : 1))
    .slice(0, roomOf('conversations', countOpen()))
  take('conversations', silent.length)
  const room = roomOf('conversations', countOpen() - silent.length)
  const isLeft = (report: Filed) =>
    report.mailbox === 'ended' || (silent.includes(report) && report.loosenedOn !== undefined)
  const stray = free().filter((report) => isLeft(report) && report.said.length + report.written.length > 0)
  // Which of them go first is the order of ids that nobody outside knows.
  if (nights !== undefined && stray.length > room) throw new Error('more than the model can tell')
  take('conversations', stray.length)
  for (const report of silent) report.mailbox = 'ended'
  for (const report of [...silent, ...stray]) forgetConversation(report)
}

const shareOf = (many: number) => Math.max(20, Math.floor(many * 0.05))

/** Whether the purge leaves a report, and all that belongs to it, whatever its age. */
export function isKept(report: Filed, today: string): boolean {
  const { legalHold, proceedingsKnown, loosenedOn, sent } = report
  const isUnanswered = sent.some(({ status }) => status === 'sent' || status === 'acknowledged')
  const isInGrace = loosenedOn !== undefined && later(loosenedOn, daysOfGrace) > today
  return legalHold || proceedingsKnown || isUnanswered || isPending(report) || isInGrace
}

function isDue({ reviewGroup, receivedOn }: Filed, today: string, daysKept: number): boolean {
  if (reviewGroup === '1') return false
  if (reviewGroup === '2') return yearsLater(receivedOn, 10) <= today
  if (reviewGroup === '3') return yearsLater(receivedOn, 6) <= today
  return later(receivedOn, daysKept) <= today
}

const isSilent = ({ mailbox, lastSaid, hasUnread }: Filed, today: string) =>
  mailbox === 'open' && lastSaid !== undefined && later(lastSaid, daysOfSilence) < today && !hasUnread

function yearsLater(date: string, years: number): string {
  const then = new Date(date)
  then.setUTCFullYear(then.getUTCFullYear() + years)
  return then.toISOString().slice(0, 10)
}

const daysBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000
