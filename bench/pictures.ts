import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { has, pick } from './pick.ts'
import { barsOf } from './picture.ts'

const clients = [1, 32, 256]
/** Of the lists that are measured, those that are drawn. */
const drawnLists = ['no filter', 'status closed', 'agency', 'assignee', 'one month']

/** Writes a picture of each kind of figure that the legs gave into the folder; of legs that did not run, none. */
export function drawAll(folder: string, legs: Readonly<Record<string, unknown>>): void {
  mkdirSync(folder, { recursive: true })
  const draw = (name: string, ...picture: Parameters<typeof barsOf>) => {
    const isWhole = picture[2].every(({ values }) => values.every((value) => !Number.isNaN(value)))
    if (isWhole) writeFileSync(join(folder, `bench-${name}.svg`), barsOf(...picture))
  }
  const ofIntake = (figure: string) =>
    ['naive', 'Sotto'].map((name) => ({
      name,
      values: clients.map(
        (count) => pick(legs.intake, 'lines', has({ clients: count, name }), figure) ?? Number.NaN,
      ),
    }))
  const groups = clients.map(String)
  draw('throughput', 'Reports stored a second, by clients', groups, ofIntake('perSecond'))
  draw(
    'time',
    'Processor time of a report in microseconds, by clients',
    groups,
    [
      { where: 'service', figure: 'serviceTime' },
      { where: 'Postgres', figure: 'databaseTime' },
    ].flatMap(({ where, figure }) =>
      ofIntake(figure).map(({ name, values }) => ({ name: `${name}, ${where}`, values })),
    ),
  )
  draw('p99', 'p99 of an answer in milliseconds, by clients', groups, ofIntake('p99'))
  const reading = (name: string, figure: string) =>
    pick(legs.reading, 'figures', has({ name: `${name}, again` }), figure) ?? Number.NaN
  draw(
    'reading',
    'Processor time of a report in microseconds',
    ['search', 'export'],
    [
      { name: 'service', figure: 'service' },
      { name: 'Postgres', figure: 'database' },
    ].map(({ name, figure }) => ({
      name,
      values: ['search', 'export'].map((work) => reading(work, figure)),
    })),
  )
  const many = pick(legs.large, 'reports') ?? 0
  draw(
    'lists',
    'p50 of a page of 50 in milliseconds, by what is asked for',
    drawnLists,
    (['was', 'now'] as const).map((when) => ({
      name: `${when === 'was' ? '10,000' : many.toLocaleString('en-GB')} reports`,
      values: drawnLists.map(
        (list) => pick(legs.large, 'all', has({ name: `${list}, by priority` }), when, 'p50') ?? Number.NaN,
      ),
    })),
  )
}
