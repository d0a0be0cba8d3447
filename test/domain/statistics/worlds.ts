import { type Cell, type Group, rowsOf } from '../../../src/domain/statistics/control.ts'
import type { Cube } from '../../../src/domain/statistics/dimensions.ts'
import type { DisclosureRule } from '../../../src/domain/statistics/rule.ts'

/** A world small enough that whoever knows the whole method can try every set of reports that it may hold. */
export interface World {
  rule: DisclosureRule
  /** How many rows each dimension has beside its kept-back one; the spine first. */
  sizes: readonly [number, ...number[]]
  /** Sets of up to so many reports are tried. */
  reports: number
  /** Whether branches have tables of their own, and the spine keeps a row back, as for reports; or not, as for outcomes. */
  branchesAlone: boolean
}

export type Publish = (groups: readonly Group[], cube: Cube, rule: DisclosureRule) => Cell[]

/** What is published, and every true number that each of its cells may have. */
interface Picture {
  cells: Cell[]
  possible: Set<number>[]
}

/**
 * Publishes every set of reports that the world may hold, and tells of which hidden cells somebody learns more than the
 * rule says. Such a cell is named with the numbers that it may have.
 */
export function leaks({ rule, sizes, reports, branchesAlone }: World, publish: Publish): string[] {
  const cube = cubeOf(sizes, branchesAlone)
  const pictures = new Map<string, Picture>()
  for (const groups of populations(placesOf(cube), reports)) {
    const cells = publish(groups, cube, rule)
    const key = cells.map(({ count }) => count ?? '.').join()
    const picture = pictures.get(key) ?? { cells, possible: cells.map(() => new Set<number>()) }
    pictures.set(key, picture)
    cells.forEach((cell, i) => {
      picture.possible[i]?.add(trueCount(cell, groups, cube))
    })
  }
  return [...pictures.values()]
    .filter((picture) => fits(picture, rule, reports))
    .flatMap((p) => leaksOf(p, rule))
}

function leaksOf({ cells, possible }: Picture, { threshold }: DisclosureRule): string[] {
  return cells.flatMap(({ table, row, column, count }, i) => {
    if (count !== null) return []
    const numbers = [...(possible[i] ?? [])].toSorted((a, b) => a - b)
    const small = numbers.filter((number) => number < threshold).length
    // Of a kept-back row one may learn "at least so many", as long as that may be many.
    const mayBeLarge = (row === '*' || column === '*') && numbers.some((number) => number >= threshold)
    const isFree = small === 0 || small === threshold || mayBeLarge
    return isFree ? [] : [`${table} ${row} ${column}: ${numbers.join()}`]
  })
}

/** Whether the sets that were tried are large enough to hold every one that might look like this. */
function fits({ cells }: Picture, { base, threshold }: DisclosureRule, reports: number): boolean {
  const atMost = cells
    .filter(({ column }) => column === null)
    .reduce((sum, { count }) => sum + (count === null ? 0 : count + (base - 1) / 2), threshold - 1)
  return atMost <= reports
}

function cubeOf([spine, ...branches]: World['sizes'], branchesAlone: boolean): Cube {
  const dimension = (name: string, size: number) => ({
    name,
    values: Array.from({ length: size }, (_, i) => `${name}${i}`),
    keptBack: '*',
  })
  return {
    spine: { ...dimension('a', spine), keptBack: branchesAlone ? '*' : null },
    branches: branches.map((size, i) => dimension(String.fromCharCode(98 + i), size)),
    branchesAlone,
  }
}

function placesOf({ spine, branches }: Cube): Group['values'][] {
  return [spine, ...branches].reduce<Group['values'][]>(
    (places, dimension) =>
      places.flatMap((place) => rowsOf(dimension).map((value) => ({ ...place, [dimension.name]: value }))),
    [{}],
  )
}

/** Every way to lay up to `reports` reports out over the places. */
function* populations(places: readonly Group['values'][], reports: number): Generator<Group[]> {
  const [values, ...rest] = places
  if (values === undefined) {
    yield []
    return
  }
  for (let count = 0; count <= reports; count++) {
    for (const groups of populations(rest, reports - count)) {
      yield count === 0 ? groups : [{ values, count }, ...groups]
    }
  }
}

export function trueCount({ table, row, column }: Cell, groups: readonly Group[], cube: Cube): number {
  const [first = '', second] = table.split(',')
  const placed = (name: string, values: Group['values']) => {
    const { values: listed = [], keptBack } =
      [cube.spine, ...cube.branches].find((one) => one.name === name) ?? {}
    const value = values[name] ?? ''
    return listed.includes(value) ? value : keptBack
  }
  return groups
    .filter(({ values }) => placed(first, values) === row)
    .filter(({ values }) => second === undefined || placed(second, values) === column)
    .reduce((sum, { count }) => sum + count, 0)
}
