import { activeKey } from '../../crypto/keyring.ts'
import type { Query } from '../../storage/pool.ts'
import { lockRetention } from '../../storage/retention.ts'
import { countBoxed, deleteUnnamed, unknownKeyColumns, wrappedKeyNames } from '../../storage/wraps.ts'
import { Fault } from '../../vocabulary/faults.ts'
import type { WrappedKeyName } from '../../vocabulary/sealedKinds.ts'
import { administered } from '../audit/deeds.ts'
import type { Actor } from '../audit/trail.ts'
import { whenFree } from '../mixing/whenFree.ts'
import type { PurgeDeps } from './keeping.ts'
import { reportsToPurge } from './purge.ts'
import { rewrapStep, type Step, stepRows } from './rewrapStep.ts'

export interface RewrapDeps extends PurgeDeps {
  /** Two of its connections are used at once. */
  pool: PurgeDeps['pool']
  signal?: AbortSignal
  /** Told after each step: how many rows of this kind have moved so far. */
  tell?: (name: WrappedKeyName, moved: number) => void
}

export interface Rewrapped {
  state: 'rewrapped'
  moved: Partial<Record<WrappedKeyName, number>>
  /** Rows that did not open: they stay, and die with the key. */
  unopened: number
  /** Rows moved that are now sealed to the organisation alone, since their mailbox's or agency's key is in doubt. */
  narrowed: number
  /** Reports that wait for the purge: they and what belongs to them stay. */
  due: number
  /** Batch keys that nothing named any more. */
  deleted: number
}

/** Another instance purges or rewraps; or the box, which is mixed first, holds something sealed to the keys. */
export type NotRewrapped = { state: 'busy' } | { state: 'boxed'; rows: number }

const retryPolicy = { waits: Array<number>(5).fill(5_000), intakeHolds: 5 }

/**
 * Moves everything that is kept and whose batch key is sealed to one of `kids`, of the organisation or of agencies, to
 * new batch keys, sealed to the active organisation key and to whoever else could open it. Data keys are wrapped anew, bodies stay as they are. A batch key
 * is never sealed again: that would rescue its neighbours. Goes a step at a time, each in a transaction of its own; cut
 * short, the next pass goes on from there. One instance at a time, and not while another purges.
 */
export function rewrap(
  deps: RewrapDeps,
  actor: Actor,
  kids: readonly string[],
): Promise<Rewrapped | NotRewrapped> {
  const { pool } = deps
  return pool.transaction(async (query) => {
    // This transaction does nothing but hold the lock; the steps come and go beside it.
    if (!(await lockRetention(query))) return { state: 'busy' }
    await requireKnownHolders(query)
    const rows = await countBoxed(query, kids)
    if (rows > 0) return { state: 'boxed', rows }
    await recordEach(deps, actor, kids, 'begun')
    const due = await reportsToPurge(query, deps)
    const outcome: Rewrapped = {
      state: 'rewrapped',
      moved: {},
      unopened: 0,
      narrowed: 0,
      due: due.size,
      deleted: 0,
    }
    for (const name of wrappedKeyNames) await moveAll(deps, kids, due, name, outcome)
    // New ones too: a mailbox that was ended meanwhile took its rows along, and not the keys just made for them.
    const { kid: active } = activeKey(deps.keyring, 'organisation')
    outcome.deleted = await pool.transaction((other) => deleteUnnamed(other, [...kids, active]))
    await recordEach(deps, actor, kids, 'done')
    return outcome
  })
}

/** A table that came later and is not known here would lose its keys. */
export async function requireKnownHolders(query: Query): Promise<void> {
  const unknown = await unknownKeyColumns(query)
  if (unknown.length > 0) throw new TypeError(`nobody knows how to rewrap ${unknown.join(', ')}`)
}

function recordEach(
  { pool, audit }: RewrapDeps,
  actor: Actor,
  kids: readonly string[],
  what: 'begun' | 'done',
): Promise<void> {
  return pool.transaction(async (query) => {
    for (const kid of kids)
      await audit.record({ query, person: actor }, administered(`key/${kid}/rewrap/${what}`))
  })
}

async function moveAll(
  { pool, keyring, tell, signal = new AbortController().signal }: RewrapDeps,
  kids: readonly string[],
  due: ReadonlySet<string>,
  name: WrappedKeyName,
  outcome: Rewrapped,
): Promise<void> {
  for (let after: Step['last']; ; ) {
    const step = await whenFree(pool, { ...retryPolicy, signal }, (query: Query) =>
      rewrapStep({ query, keyring, kids, due }, name, after),
    )
    if (step === undefined) throw new Fault('storage-away')
    outcome.unopened += step.unopened
    outcome.narrowed += step.narrowed
    if (step.moved > 0) outcome.moved[name] = (outcome.moved[name] ?? 0) + step.moved
    if (step.seen > 0) tell?.(name, outcome.moved[name] ?? 0)
    if (step.seen < stepRows(name)) return
    after = step.last
  }
}
