import { dayOf } from './calendar.ts'

/** The last day of arrival that is not kept any more, for each review group; a group that is not here is kept. */
export type DueBefore = readonly { group: string; day: string }[]

/** How long reports are kept, by review group (domain.md, section 4). */
export interface Periods {
  /** Days for reports that nobody has put into a group, and for the local group 4. */
  unassessedDays: number
  /** Days for which what was loosened is kept all the same. */
  graceDays: number
}

/** The periods as the operator set them. */
export function periodsOf(settings: { retentionDays: number; purgeGraceDays: number }): Periods {
  return { unassessedDays: settings.retentionDays, graceDays: settings.purgeGraceDays }
}

/** Years for certain public protection are until a person is 100: not by the clock alone, so never purged here. */
const years = { 2: 10, 3: 6 } as const

/** Days for which a group keeps a report: by them one group is longer than another. Group 1 has no end. */
export function daysOfGroup(
  group: '1' | '2' | '3' | '4' | 'unassessed',
  { unassessedDays }: Pick<Periods, 'unassessedDays'>,
): number {
  if (group === '1') return Number.POSITIVE_INFINITY
  return group === '2' || group === '3' ? years[group] * 365.25 : unassessedDays
}

/** Mailboxes are kept so many days after the last message. */
export const mailboxDays = 90

/** That an image is to be destroyed lapses after so many days, if no second supervisor agrees. */
export const imageDestructionLapsesAfterDays = 14

/** The last day of arrival that is over, for each group that ends by the clock. */
export function dueBefore({ unassessedDays }: Pick<Periods, 'unassessedDays'>, now: Date): DueBefore {
  return [
    { group: 'unassessed', day: daysBefore(now, unassessedDays) },
    { group: '4', day: daysBefore(now, unassessedDays) },
    ...Object.entries(years).map(([group, count]) => ({ group, day: yearsBefore(now, count) })),
  ]
}

export function daysBefore(now: Date, days: number): string {
  return dayOf(new Date(now.getTime() - days * 86_400_000))
}

function yearsBefore(now: Date, count: number): string {
  return dayOf(new Date(Date.UTC(now.getUTCFullYear() - count, now.getUTCMonth(), now.getUTCDate())))
}
