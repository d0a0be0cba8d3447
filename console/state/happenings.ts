import { signal } from '@preact/signals'
import { events, type StaffEvent } from '../../client/src/index.ts'
import { isExpired, may, me, service, tokenNow } from './session.ts'

/** What happened last, as far as this tab was told: ids and kinds, never a content. */
export const lastEvent = signal<StaffEvent | undefined>(undefined)

let ending: AbortController | undefined

/** Follows what happens for as long as somebody is signed in who may. What reporters did comes on the full hour. */
me.subscribe(() => follow())
isExpired.subscribe(() => follow())

function follow(): void {
  ending?.abort()
  lastEvent.value = undefined
  if (me.value === undefined || isExpired.value || !may('events.read')) return
  ending = new AbortController()
  void listen(ending.signal)
}

async function listen(signal: AbortSignal): Promise<void> {
  try {
    for await (const event of events(service, tokenNow, { signal })) lastEvent.value = event
  } catch {
    // It was ended, or the token was: the next call asks for another.
  }
}
