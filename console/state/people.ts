import type { components } from '../../client/src/index.ts'
import { api } from './api.ts'
import { useLoaded } from './loaded.ts'
import { me } from './session.ts'

type Schemas = components['schemas']
export type Agency = Schemas['Agency']
export type Colleague = Schemas['StaffList']['items'][number]

/** Asked once a session: both change seldom. A failure is no reason to show nothing: slugs do. */
const asked = new Map<string, Promise<unknown>>()

function once<T>(name: string, ask: () => Promise<T[]>): Promise<T[]> {
  const key = `${name} ${me.value?.id}`
  const known = asked.get(key) as Promise<T[]> | undefined
  if (known !== undefined) return known
  const fresh = ask().catch(() => {
    asked.delete(key)
    return []
  })
  asked.set(key, fresh)
  return fresh
}

/** Those that receive, first; what was retired is named still. */
export function useAgencies(): Agency[] {
  return (
    useLoaded(
      () => once('agencies', async () => (await api.get('/v1/triage/agencies')).body.items),
      [me.value?.id],
    ).value ?? []
  )
}

export function useStaff(): Colleague[] {
  return (
    useLoaded(() => once('staff', async () => (await api.get('/v1/triage/staff')).body.items), [me.value?.id])
      .value ?? []
  )
}
