import { isDateOrTime } from '../../vocabulary/calendar.ts'
import { languages } from '../../vocabulary/languages.ts'

/** English as it is written here: the day before the month. */
const localeOf = (language: string) => (language === 'en' ? 'en-GB' : language)

/** A day as people say it in a language: `29 November 2026`. */
export function dayInWords(day: string, language: string): string {
  const words = new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'long', timeZone: 'UTC' })
  return words.format(new Date(`${day}T00:00:00Z`))
}

/** The names of the months in every language that there is: people type their own on any page. */
const months = languages.map((language) => {
  const name = new Intl.DateTimeFormat(localeOf(language), { month: 'long', timeZone: 'UTC' })
  return Array.from({ length: 12 }, (_, month) =>
    name.format(new Date(Date.UTC(2026, month, 1))).toLowerCase(),
  )
})

/** Characters of the longest day that somebody writes, with room to spare. */
const longestDay = 40

/**
 * A day or month as somebody typed it (`27/3/2026`, `27 March 2026`, `3/2026`), as the report has it. What is no such day, or
 * is written otherwise, stays as it was typed.
 */
export function dayTyped(typed: string): string {
  if (typed.length > longestDay) return typed
  const parts = typed
    .trim()
    .toLowerCase()
    .split(/[-/., \t]+/)
  const [year = '', month = '', day] = /^\d{4}$/.test(parts[0] ?? '') ? parts : parts.toReversed()
  const whole = day === undefined ? [year, monthIn(month)] : [yearIn(year), monthIn(month), dayIn(day)]
  return parts.length <= 3 && isDateOrTime(whole.join('-')) ? whole.join('-') : typed
}

/** Two digits are a year only after a day and a month, since `3/12` is no month, and no year to come: `98` may be any. */
function yearIn(text: string): string {
  const isPast = /^\d\d$/.test(text) && Number(`20${text}`) <= new Date().getUTCFullYear()
  return isPast ? `20${text}` : text
}

const dayIn = (text: string) => text.replace(/(st|nd|rd|th|af|ail|ydd|fed|eg)$/, '').padStart(2, '0')

function monthIn(text: string): string {
  const found = months.map((names) => names.findIndex((name) => text.length > 2 && name.startsWith(text)))
  const at = found.find((one) => one >= 0)
  return (at === undefined ? text : String(at + 1)).padStart(2, '0')
}
