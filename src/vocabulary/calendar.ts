/** Days are YYYY-MM-DD in UTC; a report's day turns over at midnight UTC. */

/** The UTC day of an instant. */
export function dayOf(instant: Date): string {
  const number = Math.floor(instant.getTime() / millisecondsADay)
  if (number !== latest.number) latest = { number, day: instant.toISOString().slice(0, 10) }
  return latest.day
}

const millisecondsADay = 86_400_000
/** The day that was asked for last: today, mostly. */
let latest = { number: Number.NaN, day: '' }

/** The day `count` days after `day` (before, if negative). */
export function addDays(day: string, count: number): string {
  return dayOf(new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000))
}

/** 0 or 1: which half of the box a day belongs to. */
export function parityOf(day: string): 0 | 1 {
  return (Date.parse(`${day}T00:00:00Z`) - Date.UTC(2000, 0, 1)) % 172_800_000 === 0 ? 0 : 1
}

/** Whether `text` is YYYY-MM-DD and that day exists, from 1900 to 2199. */
export function isCalendarDay(text: string): boolean {
  if (!/^(19|20|21)\d\d-\d\d-\d\d$/.test(text)) return false
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && dayOf(new Date(time)) === text
}

const timeOfDay = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)?$/

/** Whether `text` is an ISO 8601 month, date, or date and time with or without an offset, that exists. */
export function isDateOrTime(text: string): boolean {
  if (/^\d{4}-\d{2}$/.test(text)) return isCalendarDay(`${text}-01`)
  const [date = '', time, ...rest] = text.split('T')
  if (rest.length > 0 || !isCalendarDay(date)) return false
  return time === undefined || timeOfDay.test(time)
}

/** Whether `to` lies before `from`, as far as both are exact: a bare date stands for its whole day, a month for its days. */
export function endsBeforeItStarts(from: string, to: string): boolean {
  const bothExact = from.includes('T') && to.includes('T')
  const exact = Math.min(from.length, to.length, 10)
  if (!bothExact || hasOffset(from) !== hasOffset(to)) return to.slice(0, exact) < from.slice(0, exact)
  return Date.parse(withOffset(to)) < Date.parse(withOffset(from))
}

function hasOffset(text: string): boolean {
  return /(Z|[+-]\d\d:\d\d)$/.test(text)
}

function withOffset(text: string): string {
  return hasOffset(text) ? text : `${text}Z`
}
