import { outcomeTypes } from '../../schemas/sharing.ts'
import { priorities, reportStatuses } from '../../schemas/triage.ts'
import { categories } from '../categories.ts'

/** Something that reports are counted by. */
export interface Dimension {
  readonly name: string
  /** The rows that a table of it may show: a closed list, so that no row's being there tells anything. */
  readonly values: readonly string[]
  /**
   * The row whose number no table ever gives, however large. It takes every value that is not listed. With one in each
   * dimension nobody knows how many reports there are, and so nothing hidden can be had by subtraction.
   */
  readonly keptBack: string
}

/** The tables of each month: one for each dimension, and one of the spine by each branch. */
export interface Cube {
  readonly spine: Dimension
  readonly branches: readonly Dimension[]
}

/** What reports are counted by. Changing a kept-back row changes what a frozen month means: see docs/statistics.md. */
export const reportCube = {
  spine: dimension(
    'category',
    categories.map(({ slug }) => slug),
    'other-serious-crime',
  ),
  branches: [
    dimension('status', reportStatuses, 'received'),
    dimension('priority', priorities, 'low'),
    dimension(
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
    ),
  ],
} as const satisfies Cube

/** Outcomes are acts of staff and partners, not reports: their numbers add up to nothing else that is shown. */
export const outcomes = { name: 'outcome', values: outcomeTypes } as const

function dimension(name: string, listed: readonly string[], keptBack: string): Dimension {
  return { name, values: listed.filter((value) => value !== keptBack), keptBack }
}

export const reportDimensions = [reportCube.spine, ...reportCube.branches] as const
