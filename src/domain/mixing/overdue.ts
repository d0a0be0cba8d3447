import type { MixingFacts } from '../../storage/mixings.ts'
import { addDays } from '../../vocabulary/calendar.ts'

const hour = 3_600_000
/** Hours after a day's end that its mixing may take: the night it is due in, and a day to mend what is in its way. */
const patience = 26

/** The first day that has not been mixed, as far as is known; undefined while there was nothing to mix yet. */
export function firstUnmixed({ lastDay, oldestInBox }: MixingFacts): string | undefined {
  const [first] = [oldestInBox, lastDay === null ? null : addDays(lastDay, 1)]
    .filter((day) => day !== null)
    .sort()
  return first
}

/** How many hours the mixing is overdue; 0 while it is in time. Today's reports move nothing of it. */
export function overdueHours(facts: MixingFacts, now: Date): number {
  const due = firstUnmixed(facts)
  if (due === undefined) return 0
  const ended = Date.parse(addDays(due, 1))
  return Math.max(0, Math.floor((now.getTime() - ended) / hour) - patience)
}
