import type { Pool, Query } from '../../storage/pool.ts'
import {
  countMonth,
  countOutcomes,
  type FrozenCell,
  lockNextMonth,
  nextMonth,
  storeMonth,
} from '../../storage/statistics.ts'
import { priorityOf } from '../../vocabulary/priority.ts'
import { controlled } from './control.ts'
import { outcomeCube, reportCube } from './dimensions.ts'
import { disclosureRule } from './rule.ts'

/**
 * Freezes every month that ended before `today` and is not frozen yet, one transaction each. Any number of instances may
 * try at once: one counts, the others wait and find it done. What arrives or changes later is in no frozen month.
 */
export async function freezeEndedMonths(pool: Pool<'sotto_triage'>, today: string): Promise<void> {
  while ((await nextMonth(pool.query, today)) !== undefined) {
    await pool.transaction(async (query) => {
      const month = await lockNextMonth(query, today)
      if (month !== undefined) await storeMonth(query, month, today, await cellsOf(query, month))
    })
  }
}

async function cellsOf(query: Query, month: string): Promise<FrozenCell[]> {
  const reports = (await countMonth(query, month)).map(({ count, priority, ...rest }) => ({
    values: { ...rest, priority: priorityOf(priority) },
    count,
  }))
  const outcomes = (await countOutcomes(query, month)).map(({ count, ...values }) => ({ values, count }))
  const cells = [
    ...controlled(reports, reportCube, disclosureRule),
    ...controlled(outcomes, outcomeCube, disclosureRule),
  ]
  return cells.map(({ table, row, column, count }) => ({
    tabulation: table,
    row,
    column: column ?? '',
    count,
  }))
}
