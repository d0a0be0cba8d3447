import fc from 'fast-check'
import { type Cell, controlled, type Group, rowsOf } from '../../src/domain/statistics/control.ts'
import { type Cube, cubes, reportCube, reportDimensions } from '../../src/domain/statistics/dimensions.ts'
import {
  type DisclosureRule,
  disclosureRule,
  leastOf,
  mostOf,
  shown,
} from '../../src/domain/statistics/rule.ts'
import { rounds } from '../support/rounds.ts'
import { t } from '../support/suite.ts'
import { witness } from './statistics/witness.ts'
import { leaks, type Publish, trueCount, type World } from './statistics/worlds.ts'

const publish = (groups: readonly Group[]) => controlled(groups, reportCube, disclosureRule)

t.test('a count is hidden below ten and rounded to five from there', async (t) => {
  const table: [number, number | null][] = [
    [0, null],
    [1, null],
    [9, null],
    [10, 10],
    [12, 10],
    [13, 15],
    [17, 15],
    [18, 20],
    [1_002, 1_000],
    [1_003, 1_005],
  ]
  for (const [count, seen] of table) t.equal(shown(count, disclosureRule), seen, String(count))
  const outside = Array.from({ length: 200 }, (_, count) => count).filter((count) => {
    const seen = shown(count, disclosureRule)
    return count < leastOf(seen, disclosureRule) || count > mostOf(seen, disclosureRule)
  })
  t.strictSame(outside, [], 'its bounds hold it')
})

t.test('a table has the same rows whatever there is to count', async (t) => {
  const rows = (cells: readonly Cell[]) => cells.map(({ table, row, column }) => [table, row, column])
  const nothing = publish([])
  t.ok(nothing.every(({ count }) => count === null))
  t.strictSame(rows(publish([reports({ category: 'made-up', agency: 'made-up' }, 500)])), rows(nothing))
  t.equal(
    nothing.length,
    reportDimensions.reduce((sum, dimension) => sum + rowsOf(dimension).length, 0) +
      15 * (rowsOf(reportCube.branches[0]).length + rowsOf(reportCube.branches[1]).length + 7 + 2),
  )
})

t.test('the row that a dimension keeps back is never shown, however large', async (t) => {
  const cells = publish([
    reports(
      { category: 'other-serious-crime', status: 'received', priority: 'low', agency: 'other' },
      10_000,
    ),
    reports(
      { category: 'made-up', status: 'made-up', priority: 'made-up', agency: 'community-safety' },
      10_000,
    ),
  ])
  t.ok(cells.every(({ count }) => count === null))
})

t.test('a row is hidden whole where its sum would tell what is hidden in it', async (t) => {
  const drugs = { category: 'drug-trafficking' }
  const elsewhere = ['high', 'medium', 'low'].map((priority) =>
    reports({ category: 'made-up', priority }, 100),
  )
  const seen = (groups: Group[]) =>
    publish([...groups, ...elsewhere])
      .filter(({ table, row }) => table === 'category,priority' && row === drugs.category)
      .map(({ count }) => count)
  const [high, medium, low] = ['high', 'medium', 'low'].map((priority) => ({ ...drugs, priority }))
  t.strictSame(seen([reports(high, 30), reports(medium, 40), reports(low, 30)]), [30, 40, null])
  t.strictSame(seen([reports(high, 30), reports(medium, 4), reports(low, 30)]), [30, null, null])
  t.strictSame(seen([reports(high, 30), reports(medium, 2), reports(low, 0)]), [null, null, null])
  t.strictSame(seen([reports(high, 30), reports(medium, 40), reports(low, 0)]), [null, null, null])
  t.strictSame(
    publish([reports(high, 30), reports(medium, 40), reports(low, 30)])
      .filter(({ table }) => table === 'category,priority')
      .filter(({ count }) => count !== null),
    [],
    'and so is a column',
  )
})

const worlds: World[] = [
  { rule: { threshold: 2, base: 1 }, sizes: [1, 1, 1], reports: 9, branchesAlone: true },
  { rule: { threshold: 2, base: 1 }, sizes: [2, 2], reports: 9, branchesAlone: true },
  { rule: { threshold: 3, base: 3 }, sizes: [1, 2], reports: 13, branchesAlone: true },
  { rule: { threshold: 2, base: 1 }, sizes: [1, 1, 2], reports: 9, branchesAlone: false },
  { rule: { threshold: 2, base: 1 }, sizes: [2, 1], reports: 9, branchesAlone: false },
  { rule: { threshold: 3, base: 3 }, sizes: [1, 2], reports: 13, branchesAlone: false },
]

t.test('who knows the method and tries every set of reports learns no hidden number', async (t) => {
  for (const world of worlds.slice(0, rounds(2, worlds.length)))
    t.strictSame(leaks(world, controlled), [], JSON.stringify(world))
})

t.test('and would learn some without either of the two safeguards', async (t) => {
  const [world] = worlds
  if (world === undefined) return
  t.not(leaks(world, withoutRoom).length, 0, 'where each number is hidden or shown by itself')
  t.not(leaks(world, keepingNothingBack).length, 0, 'where every row may be shown')
})

t.test('any hidden number might be any below ten, for all that anybody sees', async (t) => {
  for (const cube of cubes) {
    const publish = (groups: readonly Group[]) => controlled(groups, cube, disclosureRule)
    const hiddenIn = (cells: readonly Cell[]) =>
      cells.filter(({ row, column, count }) => count === null && !isKeptBack(row) && !isKeptBack(column))
    fc.assert(
      fc.property(someOf(cube), fc.array(fc.nat(), { minLength: 12, maxLength: 12 }), (groups, picks) => {
        const cells = publish(groups)
        const hidden = hiddenIn(cells)
        picks.forEach((pick, i) => {
          const wanted = hidden[pick % hidden.length]
          if (wanted === undefined) return
          const count = i % disclosureRule.threshold
          const others = witness(cells, wanted, count, cube, disclosureRule)
          if (trueCount(wanted, others, cube) !== count) throw new Error('not the number that was wanted')
          sameOrThrow(publish(others), cells)
        })
      }),
      { numRuns: rounds(25, 100) },
    )
    t.pass(cube.spine.name)
  }
})

t.test('of a row that is kept back nobody learns that it is small', async (t) => {
  const everywhere = Object.fromEntries(reportDimensions.map(({ name, keptBack }) => [name, keptBack]))
  fc.assert(
    fc.property(someOf(reportCube), fc.integer({ min: 1, max: 100_000 }), (groups, more) =>
      sameOrThrow(publish([...groups, reports(everywhere, more)]), publish(groups)),
    ),
    { numRuns: rounds(25, 100) },
  )
  t.pass()
})

function someOf({ spine, branches }: Cube) {
  const values = [spine, ...branches].map(
    (dimension) => [dimension.name, fc.constantFrom(...rowsOf(dimension))] as const,
  )
  return fc.array(
    fc
      .record(Object.fromEntries(values))
      .chain((values) => fc.oneof(fc.nat(12), fc.nat(60)).map((count) => reports(values, count))),
    { maxLength: 120 },
  )
}

function reports(values: Group['values'] | undefined, count: number): Group {
  return { values: values ?? {}, count }
}

function isKeptBack(value: string | null): boolean {
  return reportDimensions.some(({ keptBack }) => keptBack === value)
}

function sameOrThrow(a: readonly Cell[], b: readonly Cell[]): void {
  if (JSON.stringify(a) !== JSON.stringify(b)) throw new Error('it looks otherwise')
}

function withoutRoom(groups: readonly Group[], cube: Cube, rule: DisclosureRule): Cell[] {
  return controlled(groups, cube, rule).map((cell) => {
    const isBack = cell.row === '*' || cell.column === '*'
    return isBack ? cell : { ...cell, count: shown(trueCount(cell, groups, cube), rule) }
  })
}

const keepingNothingBack: Publish = (groups, cube, rule) =>
  controlled(groups, cube, rule).map((cell) =>
    cell.column === null ? { ...cell, count: shown(trueCount(cell, groups, cube), rule) } : cell,
  )
