import { describeError, type Log, type LogFields } from '../log.ts'
import type { Scope } from '../scope.ts'
import { dayOf } from '../vocabulary/calendar.ts'

const hour = 3_600_000
/** Kinds of faults that are told apart; the rest are counted together. */
const kindsAtMost = 20

/** That a connection ended while something was read or written is no fault of ours. */
const ofConnections = ['ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE']

interface Counted {
  fields: LogFields
  count: number
}

/**
 * Counts faults that were not foreseen and whose client had gone, and tells of them once their day is over: a line at once
 * would tell when somebody came and went, and none at all would hide the fault.
 */
export function faultsOfTheGone(app: Scope, log: Log, now = () => new Date(), every = hour) {
  const counted = new Map<string, Counted>()
  let day = dayOf(now())

  function tell(): void {
    const today = dayOf(now())
    if (today === day) return
    day = today
    for (const { fields, count } of counted.values())
      log.error('unforeseen faults of a day before, whose clients had gone', { ...fields, count })
    counted.clear()
  }

  const timer = setInterval(tell, every).unref()
  app.addHook('onClose', async () => clearInterval(timer))
  return (error: unknown): void => {
    tell()
    const fields = describeError(error)
    if (fields.code !== undefined && ofConnections.includes(fields.code)) return
    const kind = [fields.error, fields.code, fields.frames?.[0]].join(' ')
    const name = counted.has(kind) || counted.size < kindsAtMost ? kind : ''
    const known = counted.get(name) ?? { fields: name === '' ? {} : fields, count: 0 }
    counted.set(name, { ...known, count: known.count + 1 })
  }
}
