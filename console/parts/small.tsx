import type { ComponentChildren } from 'preact'
import type { components } from '../../client/src/index.ts'
import type { Loaded } from '../state/loaded.ts'
import { plain, say, words } from '../state/words.ts'
import { Problem } from './problem.tsx'

export type Tone = 'grey' | 'blue' | 'green' | 'amber' | 'red' | 'violet'

export function Badge({ tone = 'grey', children }: { tone?: Tone; children: ComponentChildren }) {
  return <span class={`s-badge s-badge--${tone}`}>{children}</span>
}

export function Card(props: { title?: string; children: ComponentChildren; aside?: ComponentChildren }) {
  return (
    <section class="s-card">
      {props.title !== undefined && (
        <div class="s-card__head">
          <h2 class="govuk-heading-s">{props.title}</h2>
          {props.aside}
        </div>
      )}
      {props.children}
    </section>
  )
}

/** The head of a page: its one main heading, a line on what it is for, and what can be done. */
export function Head(props: { title: string; about?: string; children?: ComponentChildren }) {
  return (
    <header class="s-head">
      <div>
        <h1 class="govuk-heading-l" tabIndex={-1}>
          {props.title}
        </h1>
        {props.about !== undefined && <p class="s-about">{props.about}</p>}
      </div>
      {props.children !== undefined && <div class="s-head__acts">{props.children}</div>}
    </header>
  )
}

/** What is only shown, and not put. */
type Seen<T> = Omit<Loaded<T>, 'put'>

/** What was loaded; else that it is being loaded, or why it is not there. */
export function Shown<T>({ of, children }: { of: Seen<T>; children: (value: T) => ComponentChildren }) {
  if (of.value === undefined)
    return of.error === undefined ? (
      <p class="s-busy">{words.loading}</p>
    ) : (
      <Problem error={of.error} onRetry={of.reload} />
    )
  return (
    <>
      {of.error !== undefined && <Problem error={of.error} onRetry={of.reload} />}
      <Unreadable count={unreadableIn(of.value)} />
      {children(of.value)}
    </>
  )
}

/** Says of a list how many more are there and cannot be read: what is not shown is not forgotten. */
export function Unreadable({ count }: { count: number }) {
  if (count === 0) return null
  return (
    <p class="s-clash" data-unreadable={count}>
      {say(words.unreadable, { count })}
    </p>
  )
}

/** How many of a list cannot be read, as the API counts them beside it. */
export function unreadableIn(list: unknown): number {
  if (typeof list !== 'object' || list === null || !('unreadable' in list)) return 0
  return typeof list.unreadable === 'number' ? list.unreadable : 0
}

export function Nothing({ children }: { children: ComponentChildren }) {
  return <p class="s-nothing">{children}</p>
}

/** Names beside values. */
export function Facts({ rows }: { rows: readonly (readonly [string, ComponentChildren])[] }) {
  return (
    <dl class="s-facts">
      {rows
        .filter(([, value]) => value !== undefined && value !== '' && value !== null)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}

export interface Column<T> {
  name: string
  cell: (row: T) => ComponentChildren
  isNumber?: boolean
}

interface TableProps<T> {
  caption: string
  columns: readonly Column<T>[]
  rows: readonly T[]
  keyOf: (row: T) => string
}

/** A list as a table, once it is loaded; or that there is nothing in it. */
export function Listing<T>({
  of,
  none,
  ...table
}: { of: Seen<readonly T[]>; none: string } & Omit<TableProps<T>, 'rows'>) {
  return (
    <Shown of={of}>
      {(rows) => (rows.length === 0 ? <Nothing>{none}</Nothing> : <Table {...table} rows={rows} />)}
    </Shown>
  )
}

export function Table<T>(props: TableProps<T>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reached without a pointer
    <section class="s-scroll" aria-label={props.caption} tabIndex={0}>
      <table class="govuk-table">
        <caption class="govuk-table__caption govuk-visually-hidden">{props.caption}</caption>
        <thead class="govuk-table__head">
          <tr class="govuk-table__row">
            {props.columns.map(({ name, isNumber }) => (
              <th
                key={name}
                scope="col"
                class={`govuk-table__header${isNumber ? ' govuk-table__header--numeric' : ''}`}
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody class="govuk-table__body">
          {props.rows.map((row) => (
            <tr key={props.keyOf(row)} class="govuk-table__row">
              {props.columns.map(({ name, cell, isNumber }) => (
                <td key={name} class={`govuk-table__cell${isNumber ? ' govuk-table__cell--numeric' : ''}`}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

export const priorityTone: Record<components['schemas']['Priority'], Tone> = {
  high: 'red',
  medium: 'amber',
  low: 'grey',
}

export const statusTone: Partial<Record<components['schemas']['ReportStatus'], Tone>> = {
  received: 'blue',
  approved: 'green',
  disseminated: 'green',
  'outcome-pending': 'violet',
  closed: 'grey',
  'awaiting-clarification': 'amber',
}

/** The name of an agency, or its slug in plain letters. */
export function agencyName(agencies: readonly components['schemas']['Agency'][], slug: string): string {
  return agencies.find((agency) => agency.slug === slug)?.name ?? plain(slug)
}
