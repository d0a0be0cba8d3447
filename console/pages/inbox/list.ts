import { signal } from '@preact/signals'
import { api } from '../../state/api.ts'
import { whoId } from '../../state/session.ts'
import { type Overdue, seekOverdue } from './overdue.ts'
import { filters, type Listed, queryOf } from './state.ts'

/** A stretch of the list: what one call answered; or, before all others, what is overdue. */
export interface Stretch {
  /** What led to it; undefined: it is the first. */
  cursor: string | undefined
  /** Rows as they are shown: those that are shown as overdue already are not shown twice. */
  items: readonly Listed[]
  /** Rows as they were read. */
  read: readonly Listed[]
  /** Of what is overdue: how many more there are further down. */
  beyond?: Overdue['beyond']
  /** What leads on; undefined: it is the last. */
  next: string | undefined
}

/** What was read of the list so far. It outlives a look at a report, and goes with the sign-out. */
export const stretches = signal<readonly Stretch[]>([])
export const reading = signal<{ isBusy: boolean; error?: unknown }>({ isBusy: false })
/** The row that the keys have chosen, counted through all stretches. */
export const chosen = signal(0)
/** How high each stretch is that is out of sight. */
export const heights = new WeakMap<Stretch, number>()
let top = 0

const size = 50
let round = 0
let readFor = ''

whoId.subscribe(forget)

function forget(): void {
  round += 1
  readFor = ''
  stretches.value = []
  reading.value = { isBusy: false }
  chosen.value = 0
  top = 0
}

/** Begins with what the filters say now. What was read for the same already stays, but for where somebody worked. */
export async function ensure(): Promise<void> {
  const wanted = JSON.stringify(filters.value)
  if (wanted === readFor && stretches.value.length > 0) return refresh()
  forget()
  readFor = wanted
  await begin()
}

/** Reads the list anew, from its top, and what is overdue before it. What is shown stays until it is there. */
export function begin(): Promise<void> {
  return reads(
    () => Promise.all([seekOverdue(filters.value), readFrom(undefined)]),
    ([overdue, first]) => {
      chosen.value = 0
      stretches.value = [first]
      putFirst(overdue)
    },
  )
}

/** Shows what is overdue before all others, and each of it there alone. */
function putFirst({ items, beyond }: Overdue): void {
  const ids = new Set(items.map(({ id }) => id))
  const others = stretches.value
    .filter((one) => !isOfOverdue(one))
    .map((one) => asHigh({ ...one, items: one.read.filter(({ id }) => !ids.has(id)) }, one))
  const first = { cursor: undefined, items, read: items, beyond, next: undefined }
  stretches.value = items.length > 0 || beyond !== 0 ? [first, ...others] : others
}

/** Whether it is what is overdue, which stands before what the calls answered. */
export function isOfOverdue({ beyond }: Stretch): boolean {
  return beyond !== undefined
}

/** What takes another's place, out of sight too. */
function asHigh(fresh: Stretch, old: Stretch): Stretch {
  const height = heights.get(old)
  if (height !== undefined) heights.set(fresh, height)
  return fresh
}

/** Reads the next stretch, if there is one and none is being read. */
export async function more(): Promise<void> {
  const next = stretches.value.at(-1)?.next
  if (next === undefined || reading.value.isBusy) return
  await reads(
    () => readFrom(next),
    (stretch) => {
      stretches.value = [...stretches.value, stretch]
    },
  )
}

/** Reads the stretch again in which the chosen row is. */
async function refresh(): Promise<void> {
  const index = stretchOf(chosen.value)
  const old = stretches.value[index]
  if (old === undefined || reading.value.isBusy) return
  if (isOfOverdue(old)) return refreshOverdue(old)
  await reads(
    () => readFrom(old.cursor),
    (stretch) => putFor(new Map([[old, stretch]])),
  )
}

/** What is no longer overdue comes back among the others as it is now: the first of them are read again, and where it was. */
async function refreshOverdue({ items }: Stretch): Promise<void> {
  const ids = new Set(items.map(({ id }) => id))
  const others = stretches.value.filter((one) => !isOfOverdue(one))
  await reads(
    async () => {
      const overdue = await seekOverdue(filters.value)
      for (const { id } of overdue.items) ids.delete(id)
      const stale = others.filter(({ read }, index) => index === 0 || read.some(({ id }) => ids.has(id)))
      const fresh = await Promise.all(stale.map(async (one) => [one, await readFrom(one.cursor)] as const))
      return { overdue, fresh: new Map(fresh) }
    },
    ({ overdue, fresh }) => {
      putFor(fresh)
      putFirst(overdue)
    },
  )
}

/** Puts what was read anew in the place of what it was. */
function putFor(fresh: ReadonlyMap<Stretch, Stretch>): void {
  stretches.value = stretches.value.map((old) => {
    const stretch = fresh.get(old)
    // Where it goes on stays what it was: rows that moved are met twice or not, as in every list by cursor.
    return stretch === undefined ? old : asHigh({ ...stretch, next: old.next }, old)
  })
}

async function readFrom(cursor: string | undefined): Promise<Stretch> {
  const { body } = await api.get('/v1/triage/reports', {
    query: { ...queryOf(filters.value), limit: size, ...(cursor === undefined ? {} : { cursor }) },
  })
  const overdue = new Set(
    stretches.value.filter(isOfOverdue).flatMap(({ items }) => items.map(({ id }) => id)),
  )
  const items = body.items.filter(({ id }) => !overdue.has(id))
  return { cursor, items, read: body.items, next: body.nextCursor }
}

async function reads<T>(read: () => Promise<T>, put: (answer: T) => void): Promise<void> {
  round += 1
  const mine = round
  reading.value = { isBusy: true }
  try {
    const answer = await read()
    // An answer to what is no longer asked is dropped.
    if (mine !== round) return
    put(answer)
    reading.value = { isBusy: false }
  } catch (error) {
    if (mine === round) reading.value = { isBusy: false, error }
  }
}

/** Chooses a row to be opened, and notes how far down that was. */
export function choose(index: number): void {
  chosen.value = index
  top = scrollY
}

/** How far down somebody was who comes back; told once. */
export function placeKept(): number {
  const kept = top
  top = 0
  return kept
}

/** The row of that number. */
export function rowAt(index: number): Listed | undefined {
  const at = stretchOf(index)
  return stretches.value[at]?.items[index - startOf(at)]
}

export function countRows(): number {
  return startOf(stretches.value.length)
}

/** The number of the first row of a stretch. */
export function startOf(stretch: number): number {
  return stretches.value.slice(0, stretch).reduce((sum, { items }) => sum + items.length, 0)
}

function stretchOf(index: number): number {
  let left = index
  return stretches.value.findIndex(({ items }) => {
    left -= items.length
    return left < 0
  })
}
