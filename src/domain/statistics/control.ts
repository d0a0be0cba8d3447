import type { Cube } from './dimensions.ts'
import { type DisclosureRule, leastOf, mostOf, type ShownCount, shown } from './rule.ts'

/** Reports, or outcomes, that are alike in every dimension, and how many. Exact: never shown, never stored. */
export interface Group {
  readonly values: Readonly<Record<string, string>>
  readonly count: number
}

/** One number of one table, as it may be shown. `column` is null in a table of one dimension. */
export interface Cell {
  readonly table: string
  readonly row: string
  readonly column: string | null
  readonly count: ShownCount
}

/** What a table of the spine by a branch is called. */
export function crossing(spine: string, branch: string): string {
  return `${spine},${branch}`
}

/**
 * Every table of one month under disclosure control (docs/statistics.md has the reasons, and the proof).
 * 1. Counts below the threshold are hidden, others rounded.
 * 2. The kept-back row of each dimension is hidden, whatever it counts.
 * 3. A row or column of a table of two dimensions is hidden whole unless its one-dimensional count leaves room for each
 *    hidden number in it to be anything from nought to just below the threshold.
 * Which numbers the third step hides depends on nothing but what the first shows, so that it tells nothing more.
 */
export function controlled(
  groups: readonly Group[],
  { spine, branches, branchesAlone }: Cube,
  rule: DisclosureRule,
): Cell[] {
  const counts = new Map<string, number>()
  for (const { values, count } of groups) {
    const row = placeIn(spine, values)
    if (row === null) continue
    add(counts, keyOf(spine.name, row, null), count)
    for (const branch of branches) {
      const column = placeIn(branch, values) ?? branch.keptBack
      add(counts, keyOf(branch.name, column, null), count)
      add(counts, keyOf(crossing(spine.name, branch.name), row, column), count)
    }
  }
  /** As it is after the first two steps. */
  const seen = (table: string, row: string, column: string | null, isKeptBack: boolean): ShownCount =>
    isKeptBack ? null : shown(counts.get(keyOf(table, row, column)) ?? 0, rule)
  const alone = ({ name, keptBack }: Cube['spine'], value: string) =>
    seen(name, value, null, value === keptBack)

  const singles = [spine, ...(branchesAlone ? branches : [])].flatMap((dimension) =>
    rowsOf(dimension).map((row) => ({
      table: dimension.name,
      row,
      column: null,
      count: alone(dimension, row),
    })),
  )
  const crossed = branches.flatMap((branch) => {
    const table = crossing(spine.name, branch.name)
    const grid = spine.values.map((row) => branch.values.map((column) => seen(table, row, column, false)))
    hideTight(
      grid,
      spine.values.map((row) => alone(spine, row)),
      branchesAlone ? branch.values.map((column) => alone(branch, column)) : [],
      rule,
    )
    return rowsOf(spine).flatMap((row, r) =>
      rowsOf(branch).map((column, c) => ({ table, row, column, count: grid[r]?.[c] ?? null })),
    )
  })
  return [...singles, ...crossed]
}

/** Hides rows and columns of `grid`, of which the sum is known, until each that still shows something leaves room. */
function hideTight(
  grid: ShownCount[][],
  ofRows: readonly ShownCount[],
  ofColumns: readonly ShownCount[],
  rule: DisclosureRule,
): void {
  const isTight = (whole: ShownCount, parts: readonly ShownCount[]) =>
    parts.some((part) => part !== null) && !leavesRoom(whole, parts, rule)
  for (;;) {
    const rows = ofRows.map((whole, r) => isTight(whole, grid[r] ?? []))
    const columns = ofColumns.map((whole, c) =>
      isTight(
        whole,
        grid.map((row) => row[c] ?? null),
      ),
    )
    if (![...rows, ...columns].includes(true)) return
    grid.forEach((row, r) => {
      row.forEach((_, c) => {
        if (rows[r] || columns[c]) row[c] = null
      })
    })
  }
}

/**
 * Whether what is shown of a row's parts, beside what is shown of the row itself, leaves every hidden part free: each
 * from nought to the most that is hidden; and the kept-back part too, unless it is plainly large.
 */
function leavesRoom(whole: ShownCount, parts: readonly ShownCount[], rule: DisclosureRule): boolean {
  const sum = (bound: typeof leastOf) => parts.reduce<number>((total, part) => total + bound(part, rule), 0)
  const keptBackAtMost = mostOf(whole, rule) - sum(leastOf)
  const keptBackAtLeast = leastOf(whole, rule) - sum(mostOf)
  return keptBackAtMost >= rule.threshold - 1 && (keptBackAtLeast <= 0 || keptBackAtLeast >= rule.threshold)
}

/** Every row of a dimension, the kept-back one last. */
export function rowsOf({ values, keptBack }: Cube['spine']): string[] {
  return keptBack === null ? [...values] : [...values, keptBack]
}

/** What is not listed goes where no number is ever given; null if there is no such row. */
function placeIn({ name, values: listed, keptBack }: Cube['spine'], values: Group['values']): string | null {
  const value = values[name]
  return value !== undefined && listed.includes(value) ? value : keptBack
}

function keyOf(table: string, row: string, column: string | null): string {
  return JSON.stringify([table, row, column])
}

function add(counts: Map<string, number>, key: string, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count)
}
