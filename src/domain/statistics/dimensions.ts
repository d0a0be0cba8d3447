import { outcomeTypes } from '../../schemas/sharing.ts'
import { priorities } from '../../schemas/triage.ts'
import { categories } from '../../vocabulary/categories/categories.ts'
import { origins } from '../../vocabulary/origins.ts'
import { reportStatuses } from '../../vocabulary/statuses.ts'

/** Something that reports are counted by. */
export interface Dimension {
  readonly name: string
  /** The rows that a table of it may show: a closed list, so that no row's being there tells anything. */
  readonly values: readonly string[]
  /**
   * The row whose number no table ever gives, however large. It takes every value that is not listed. With one in each
   * dimension nobody knows how many there are in all, and so nothing hidden can be had by subtraction.
   */
  readonly keptBack: string
}

/** The tables of each month: one of the spine, and one of the spine by each branch. */
export interface Cube {
  /** Keeps no row back only where no branch has a table of its own: then no column's sum is known. */
  readonly spine: Omit<Dimension, 'keptBack'> & { readonly keptBack: string | null }
  readonly branches: readonly Dimension[]
  /** Whether each branch has a table of its own too. */
  readonly branchesAlone: boolean
}

const category = dimension(
  'category',
  categories.map(({ slug }) => slug),
  'other-serious-crime',
)
const agency = dimension(
  'agency',
  [
    'law-enforcement',
    'trading-standards',
    'planning-enforcement',
    'licensing',
    'environmental-protection',
    'safeguarding',
    'other',
  ],
  // Community safety, and whatever agencies a deployment adds: a row of those alone might be known to be empty.
  'other',
)

/** What reports are counted by. Changing a kept-back row changes what a frozen month means: see docs/statistics.md. */
export const reportCube = {
  spine: category,
  branches: [
    dimension('status', reportStatuses, 'received'),
    dimension('priority', priorities, 'low'),
    agency,
    // The public's are all the rest, and plainly many.
    dimension('origin', origins, 'public'),
  ],
  branchesAlone: true,
} as const satisfies Cube

/** What outcomes are counted by: acts of staff and partners, whose numbers add up to nothing else that is shown. */
export const outcomeCube = {
  spine: { name: 'outcome', values: outcomeTypes, keptBack: null },
  branches: [agency, category],
  branchesAlone: false,
} as const satisfies Cube

export const cubes: readonly Cube[] = [reportCube, outcomeCube]

function dimension(name: string, listed: readonly string[], keptBack: string): Dimension {
  return { name, values: listed.filter((value) => value !== keptBack), keptBack }
}

export const reportDimensions = [reportCube.spine, ...reportCube.branches] as const
