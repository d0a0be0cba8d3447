import type { Statistics, WorkQueue } from '../../schemas/statistics.ts'
import { mixingFacts } from '../../storage/mixings.ts'
import { countQueue, countUnread, frozenMonths, frozenTable } from '../../storage/statistics.ts'
import { dayOf } from '../../vocabulary/calendar.ts'
import type { Person } from '../../vocabulary/person.ts'
import { priorityOf } from '../../vocabulary/priority.ts'
import type { TriageDeps } from '../acts/begin.ts'
import { overdueHours } from '../mixing/overdue.ts'
import { askedFor, askedOfQueue } from './ask.ts'
import { freezeEndedMonths } from './freeze.ts'

/** Counts of reports: published ones, which are the same for everybody and for ever; and the work queue of this moment. */
export function statistics({ pool, audit, clock }: TriageDeps) {
  const today = () => dayOf(clock())
  return {
    /** Published counts of every ended month. Freezes first what has ended and is not frozen. */
    async published(by: readonly string[] | undefined): Promise<Statistics> {
      const { by: names, tabulation, byMonth, byRow } = askedFor(by)
      await freezeEndedMonths(pool, today())
      const [first, second] = tabulation.split(',')
      const [months, sums] = await Promise.all([
        frozenMonths(pool.query),
        frozenTable(pool.query, tabulation, { byMonth, byRow }),
      ])
      return {
        by: names,
        live: false,
        months: months.map(({ month, frozenOn }) => ({ month: month.slice(0, 7), frozenOn })),
        items: sums.map(({ month, row, column, count, suppressed }) => ({
          ...(row === null ? {} : { [String(first)]: row }),
          ...(column === null ? {} : { [String(second)]: column }),
          ...(month === null ? {} : { month: month.slice(0, 7) }),
          count,
          suppressed,
        })),
      }
    },

    /** Open reports that this person may see, counted exactly. */
    async queue(person: Person, by: readonly string[] | undefined): Promise<WorkQueue> {
      const names = askedOfQueue(by)
      const viewer = { personId: person.id, agency: person.agency }
      const [groups, unreadMessages, mixing] = await Promise.all([
        countQueue(pool.query, viewer, today(), names),
        countUnread(pool.query, viewer),
        mixingFacts(pool),
      ])
      const overdueMixing = mixing === undefined ? 0 : overdueHours(mixing, clock())
      const total = (figure: 'count' | 'unassigned' | 'mine' | 'overdue') =>
        groups.reduce((sum, group) => sum + group[figure], 0)
      return {
        by: names,
        live: true,
        open: total('count'),
        unassigned: total('unassigned'),
        mine: total('mine'),
        overdue: total('overdue'),
        unreadMessages,
        ...(overdueMixing > 0 ? { mixingOverdueHours: overdueMixing } : {}),
        items: groups.map(
          ({ category, status, priority, agency, origin, count, unassigned, mine, overdue }) => ({
            ...(category === null ? {} : { category }),
            ...(status === null ? {} : { status }),
            ...(priority === null ? {} : { priority: priorityOf(priority) }),
            ...(agency === null ? {} : { agency }),
            ...(origin === null ? {} : { origin }),
            count,
            unassigned,
            mine,
            overdue,
          }),
        ),
      }
    },

    /** Records that somebody asked for the work queue who may not see it. */
    recordDenial: ({ id: actor, role }: Person, target: string): Promise<void> =>
      audit.recordDenial({ actor, role, target }),
  }
}
