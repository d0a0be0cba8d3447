import { type Cell, crossing, type Group } from '../../../src/domain/statistics/control.ts'
import type { Cube } from '../../../src/domain/statistics/dimensions.ts'
import { type DisclosureRule, leastOf, mostOf } from '../../../src/domain/statistics/rule.ts'

/**
 * Reports of which `wanted`, a hidden number, is `count`, and all that is shown is as in `cells`: whoever sees `cells`
 * cannot tell these from the true ones. Made from `cells` alone.
 */
export function witness(
  cells: readonly Cell[],
  wanted: Cell,
  count: number,
  { spine, branches, branchesAlone }: Cube,
  rule: DisclosureRule,
): Group[] {
  const lookup = new Map(cells.map((cell) => [keyOf(cell.table, cell.row, cell.column), cell.count]))
  const shownOf = (table: string, row: string, column: string | null) =>
    lookup.get(keyOf(table, row, column)) ?? null
  const [, wantedBranch] = wanted.table.split(',')
  const isWanted = (table: string, row: string, column: string | null) =>
    keyOf(table, row, column) === keyOf(wanted.table, wanted.row, wanted.column)
  /** As large as it may be, if it is shown; otherwise no more than its part that is wanted. */
  const alone = (name: string, value: string): number => {
    const seen = shownOf(name, value, null)
    if (seen !== null) return mostOf(seen, rule)
    const isPart =
      (name === spine.name && wanted.row === value && wanted.column !== null) ||
      (name === wantedBranch && wanted.column === value)
    return isWanted(name, value, null) || isPart ? count : 0
  }
  const inside = (branch: string, row: string, column: string): number => {
    const table = crossing(spine.name, branch)
    if (isWanted(table, row, column)) return count
    const seen = shownOf(table, row, column)
    return seen === null ? 0 : leastOf(seen, rule)
  }
  const groups: Group[] = []
  for (const row of spine.values) {
    const reports = Array.from({ length: alone(spine.name, row) }, () => ({ [spine.name]: row }))
    for (const { name, values } of branches) {
      const parts = values.flatMap((column) => new Array<string>(inside(name, row, column)).fill(column))
      if (parts.length > reports.length) throw new Error(`no room in ${row}`)
      parts.forEach((column, i) => {
        Object.assign(reports[i] ?? {}, { [name]: column })
      })
    }
    groups.push(...reports.map((values) => ({ values, count: 1 })))
  }
  for (const { name, values } of branchesAlone ? branches : []) {
    for (const column of values) {
      const parts = spine.values.reduce((sum, row) => sum + inside(name, row, column), 0)
      const rest = alone(name, column) - parts
      if (rest < 0) throw new Error(`no room in ${column}`)
      groups.push({ values: { [name]: column }, count: rest })
    }
  }
  return groups
}

function keyOf(table: string, row: string, column: string | null): string {
  return `${table} ${row} ${column}`
}
