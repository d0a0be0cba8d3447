import { signal } from '@preact/signals'
import type { components } from '../../../client/src/index.ts'
import { api } from '../../state/api.ts'
import { whoId } from '../../state/session.ts'

type Schemas = components['schemas']
export type Match = Schemas['Match']

/** What the last search found in which report: the report, once opened, shows it. In memory alone. */
export const matchesIn = signal<ReadonlyMap<string, readonly Match[]>>(new Map())
/** Where a search stands: it is asked for again, page by page, until it has gone through all. */
export const found = signal<Schemas['SearchPage'] | undefined>(undefined)

whoId.subscribe(() => {
  matchesIn.value = new Map()
  found.value = undefined
})

export interface Query {
  q: string
  reason: string
}

/** Searches on from where it stands; from the beginning where it is another search. */
export async function search({ q, reason }: Query, goesOn: boolean): Promise<void> {
  const before = goesOn ? found.value : undefined
  const { body } = await api.post('/v1/triage/reports/search', {
    body: { q, limit: 50, ...(before?.nextCursor === undefined ? {} : { cursor: before.nextCursor }) },
    ...(reason === '' ? {} : { reason }),
  })
  const items = [...(before?.items ?? []), ...body.items]
  found.value = { ...body, items }
  matchesIn.value = new Map(items.map(({ id, matches }) => [id, matches]))
}
