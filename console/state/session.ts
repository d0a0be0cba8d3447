import { computed, signal } from '@preact/signals'
import { type components, connect, type Service, triage, type Waiting } from '../../client/src/index.ts'
import { mayDo, type Permission } from '../../src/auth/permissions.ts'
import { wipeDrafts } from './drafts.ts'

export type Me = components['schemas']['Me']
export type Ending = 'left' | 'idle' | 'another'

/** Why a call takes longer than usual; undefined while none does. */
export const waiting = signal<Waiting | undefined>(undefined)
/** Who works here; undefined: nobody has signed in. */
export const me = signal<Me | undefined>(undefined)
/** Moves where somebody else works here, and not where the same person signs in again. */
export const whoId = computed(() => me.value?.id)
/** Whether the token opens nothing any more: what was typed waits behind the question for another. */
export const isExpired = signal(false)
export const ending = signal<Ending | undefined>(undefined)

// Not a signal, and in nothing that can be looked at from outside: the token lies here alone.
let token: string | undefined
let waitingForToken: { go: () => void; giveUp: (reason: Error) => void }[] = []

export const service: Service = connect(location.origin, {
  onWait: (why) => {
    waiting.value = why
  },
  fetch: async (address, init) => {
    const answer = await fetch(address, init)
    waiting.value = undefined
    return answer
  },
})

export function tokenNow(): string {
  return token ?? ''
}

/** Whether this person may do that: the table is the service's own, and the service asks again. */
export function may(permission: Permission): boolean {
  return me.value !== undefined && mayDo(me.value.role, permission)
}

/** Signs in. Rejects with what the service says where the token opens nothing. */
export async function signIn(given: string): Promise<void> {
  const { body } = await triage(service, given).get('/v1/triage/me')
  // Somebody else at the same desk finds nothing of whoever was here.
  if (me.value !== undefined && me.value.id !== body.id) signOut('another')
  token = given
  me.value = body
  isExpired.value = false
  ending.value = undefined
  for (const { go } of waitingForToken) go()
  waitingForToken = []
}

/** Forgets everything: token, drafts, and what is on the screen. */
export function signOut(why: Ending): void {
  token = undefined
  wipeDrafts()
  me.value = undefined
  isExpired.value = false
  waiting.value = undefined
  ending.value = why
  for (const { giveUp } of waitingForToken) giveUp(new Error('signed out'))
  waitingForToken = []
}

/** Resolves once somebody has signed in again; asks for it. */
export function signedInAgain(): Promise<void> {
  isExpired.value = true
  return new Promise((go, giveUp) => {
    waitingForToken.push({ go, giveUp })
  })
}
