import { type QueueDimension, queueDimensions } from '../../storage/statistics.ts'
import { invalid } from '../../vocabulary/faults.ts'
import { crossing } from './control.ts'
import { cubes, outcomeCube, reportCube, reportDimensions } from './dimensions.ts'

/** What a caller may count by. */
export const countable = [
  ...reportDimensions.map(({ name }) => name),
  outcomeCube.spine.name,
  'month',
] as const
export type Countable = (typeof countable)[number]

/** Which frozen table is asked for, and how. */
export interface Asked {
  by: Countable[]
  tabulation: string
  byMonth: boolean
  byRow: boolean
}

const crossings: ReadonlyMap<string, string> = new Map(
  cubes.flatMap(({ spine, branches }) =>
    branches.map(({ name }) => [[spine.name, name].toSorted().join(), crossing(spine.name, name)]),
  ),
)

/** Reads `by`: a list with commas, or repeated. Throws `validation` for a name or a combination that is not published. */
export function askedFor(by: readonly string[] = [reportCube.spine.name]): Asked {
  const names = namesIn(by, countable)
  const dimensions = names.filter((name) => name !== 'month')
  const tabulation = tabulationOf(dimensions)
  return { by: names, tabulation, byMonth: dimensions.length < names.length, byRow: dimensions.length > 0 }
}

function tabulationOf(dimensions: readonly string[]): string {
  const [only, ...more] = dimensions
  // A month by itself is the sum of what is shown of its categories.
  if (only === undefined) return reportCube.spine.name
  if (more.length === 0) return only
  const table = crossings.get(dimensions.toSorted().join())
  if (table === undefined) {
    throw invalid(
      'query:by',
      'not-published',
      'must be one dimension, category with status, priority, agency or origin, or outcome with agency or category; month may be added to each',
    )
  }
  return table
}

/** Reads `by` for the work queue, where every combination is answered. */
export function askedOfQueue(by: readonly string[] = ['status', 'priority']): QueueDimension[] {
  return namesIn(by, queueDimensions)
}

function namesIn<Name extends string>(by: readonly string[], known: readonly Name[]): Name[] {
  const names = by.flatMap((list) => list.split(','))
  const found = names.flatMap((name) => known.filter((one) => one === name))
  if (found.length < names.length) throw invalid('query:by', 'not-listed', `must be of: ${known.join(', ')}`)
  if (new Set(found).size < found.length) throw invalid('query:by', 'not-unique', 'must name each once')
  return found
}
