/** A receiver that asks for more is taken to mean a day: nobody can silence a webhook for good but by 410. */
const atMost = 24 * 3_600_000

const weekday = '(Mon|Tue|Wed|Thu|Fri|Sat|Sun)'
const time = '\\d{2}:\\d{2}:\\d{2}'
/** The three forms of RFC 9110, section 5.6.7; the last has no zone, and means UTC. */
const dates = [
  new RegExp(`^${weekday}, \\d{2} [A-Z][a-z]{2} \\d{4} ${time} GMT$`),
  new RegExp(`^[A-Z][a-z]+day, \\d{2}-[A-Z][a-z]{2}-\\d{2} ${time} GMT$`),
]
const withoutZone = new RegExp(`^${weekday} [A-Z][a-z]{2} [ \\d]\\d ${time} \\d{4}$`)

/**
 * Before when a receiver wants nothing, by its Retry-After: seconds or a date, a day ahead at most. Undefined where there
 * is none, or none that can be read.
 */
export function retryTime(retryAfter: string | undefined, now: Date): Date | undefined {
  const wait = waitOf(retryAfter?.trim() ?? '', now)
  return wait === undefined || wait <= 0 ? undefined : new Date(now.getTime() + Math.min(wait, atMost))
}

function waitOf(text: string, now: Date): number | undefined {
  if (/^\d+$/.test(text)) return Number(text) * 1_000
  const stated = withoutZone.test(text) ? `${text} GMT` : text
  const isDate = stated !== text || dates.some((form) => form.test(text))
  const at = isDate ? Date.parse(stated) : Number.NaN
  return Number.isNaN(at) ? undefined : at - now.getTime()
}
