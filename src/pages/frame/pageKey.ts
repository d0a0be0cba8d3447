import { randomBytes } from 'node:crypto'
import { dayOf } from '../../vocabulary/calendar.ts'

/** The Idempotency-Key of a form: random, and the day on which its page was made, after which it does not hold for ever. */
export function newPageKey(now: Date): string {
  return `${dayOf(now)}-${randomBytes(18).toString('base64url')}`
}

const shape = /^(\d{4}-\d{2}-\d{2})-[A-Za-z0-9_-]{24}$/
const dayMs = 86_400_000

/** Whether a report sent under this key is still known: answers are kept to the end of the next day but one. */
export function isGoodKey(key: string, now: Date): boolean {
  const madeOn = shape.exec(key)?.[1]
  if (madeOn === undefined) return false
  const age = Date.parse(dayOf(now)) - Date.parse(madeOn)
  return age >= -dayMs && age <= dayMs
}
