import type { Keyring } from '../../crypto/keyring.ts'
import type { Log } from '../../log.ts'
import { lockTrail, reasonIn } from '../../storage/auditTrail.ts'
import { claimLeft, forgetClaimed, nextClaimed } from '../../storage/leftBox.ts'
import type { Pool } from '../../storage/pool.ts'
import {
  beginPass,
  endPass,
  movePass,
  nextSearches,
  type Pass,
  passUnderWay,
} from '../../storage/rematching.ts'
import { consulted } from '../audit/deeds.ts'
import {
  couldMeet,
  earliestSearch,
  type PastSearch,
  pastSearchIn,
  reasonOfMatches,
} from '../audit/mayHaveMet.ts'
import { openReason } from '../audit/reasons.ts'
import type { AuditTrail } from '../audit/trail.ts'
import { organisationPairs } from '../envelope/organisationKeys.ts'
import { type Matcher, openers } from './openers.ts'

export interface RematchDeps {
  pool: Pool<'sotto_triage'>
  keyring: Keyring
  audit: AuditTrail
  log?: Log
  /** Ends it at its next step; it goes on from there. */
  signal?: AbortSignal
  /** Matches of one round that are held in memory: a million. */
  heldAtMost?: number
}

const searchesAtOnce = 100
const matchesHeld = 1_000_000
const rowsAStep = 250
/** Ids in one record; what is more goes into further ones. */
const idsARecord = 1_000

/**
 * Matches every search and export since the first day of what has left the box against all of that, by filters, words
 * and rights alone, whatever hour it came, and adds the matches to the trail: so it says who may have met a report, and
 * not when the report came. Goes on from where it was cut short; any number of instances may, and each search is
 * matched once. Tells how many could not be read, whose keys are destroyed.
 */
export async function rematchSearches(deps: RematchDeps, today: string): Promise<{ unread: number }> {
  const matches = openers(deps.keyring, deps.log)
  return rematchBy(matches, deps, today).finally(matches.end)
}

async function rematchBy(matches: Matcher, deps: RematchDeps, today: string): Promise<{ unread: number }> {
  const { pool, signal } = deps
  let unread = 0
  for (;;) {
    signal?.throwIfAborted()
    const pass = (await passUnderWay(pool.query)) ?? (await begin(deps, today))
    if (pass === undefined) return { unread }
    const step = await matchSome(deps, matches, pass)
    unread += step.unread
    // Another instance is at it, and does the rest.
    if (step.isOvertaken) return { unread }
  }
}

async function begin({ pool }: RematchDeps, today: string): Promise<Pass | undefined> {
  await pool.transaction(async (query) => {
    const firstDay = await claimLeft(query)
    if (firstDay === undefined) return
    // Whoever met one of these in the box has recorded it by now, or will see that it is outside.
    const end = await lockTrail(query)
    await beginPass(query, earliestSearch(firstDay, today), end?.seq ?? 0)
  })
  return passUnderWay(pool.query)
}

/** The next searches: read, matched, and each put on record with the pass's progress in one transaction. */
async function matchSome(deps: RematchDeps, matches: Matcher, pass: Pass) {
  const { pool, keyring, audit } = deps
  const records = await nextSearches(pool.query, pass, searchesAtOnce)
  if (records.length === 0) return { unread: 0, isOvertaken: !(await end(pool, pass)) }
  const searches: PastSearch[] = []
  for (const record of records) {
    const sealed = reasonIn(record)
    const reason = sealed && (await openReason({ query: pool.query, keyring }, sealed, record.at))
    const search = reason === undefined ? undefined : pastSearchIn(record, reason)
    if (search !== undefined) searches.push(search)
  }
  const met = await matchAll(deps, matches, searches)
  const done = searches.filter(({ seq }) => met.has(seq))
  // Those beyond what could be held come in the next round.
  const next = searches[done.length]
  const to = next === undefined ? Number(records.at(-1)?.seq) : next.seq - 1
  const unread = records.filter(({ seq }) => Number(seq) <= to).length - done.length
  let { doneTo } = pass
  for (const { seq, actor, role, target } of done) {
    const ids = met.get(seq) ?? []
    if (ids.length === 0) continue
    const moved = await pool.transaction(async (query) => {
      if (!(await movePass(query, { ...pass, doneTo }, seq))) return false
      for (let from = 0; from < ids.length; from += idsARecord) {
        const reason = reasonOfMatches(ids.slice(from, from + idsARecord))
        await audit.append(query, { actor, role, ...consulted(target), reason })
      }
      return true
    })
    if (!moved) return { unread, isOvertaken: true }
    doneTo = seq
  }
  if (doneTo === to) return { unread, isOvertaken: false }
  return { unread, isOvertaken: !(await movePass(pool.query, { ...pass, doneTo }, to)) }
}

/**
 * Which of the reports each search may have met, by its number; ids in their own order. Of the first of them alone, where all of
 * their matches are more than may be held; of one at the least.
 */
async function matchAll(
  { pool, keyring, signal, heldAtMost = matchesHeld }: RematchDeps,
  matches: Matcher,
  searches: readonly PastSearch[],
): Promise<Map<number, string[]>> {
  const kids = organisationPairs(keyring).map(({ kid }) => kid)
  // What several looked for is looked for once.
  const wanted = [...new Set(searches.flatMap(({ terms }) => (terms ? [JSON.stringify(terms)] : [])))]
  const met = new Map<number, string[]>(searches.map(({ seq }) => [seq, []]))
  const matched = [...searches]
  let held = 0
  for (let after: string | undefined; matched.length > 0; ) {
    signal?.throwIfAborted()
    const slab = await nextClaimed(pool.query, kids, after, rowsAStep)
    const { rows } = slab
    if (rows.length === 0) break
    after = rows.at(-1)?.id
    const found =
      wanted.length === 0
        ? []
        : (
            await matches(
              slab,
              wanted.map((terms) => JSON.parse(terms)),
            )
          ).matched
    const holding = new Map(wanted.map((terms, index) => [terms, new Set(found[index])]))
    for (const search of matched) {
      const { terms, seq } = search
      const places = terms && holding.get(JSON.stringify(terms))
      const here = rows.filter((row, place) => (places?.has(place) ?? true) && couldMeet(search, row))
      met.get(seq)?.push(...here.map(({ id }) => id))
      held += here.length
    }
    while (held > heldAtMost && matched.length > 1) {
      const seq = matched.pop()?.seq ?? 0
      held -= met.get(seq)?.length ?? 0
      met.delete(seq)
    }
  }
  return met
}

/** The pass is over, and what it matched is forgotten. */
function end(pool: Pool<'sotto_triage'>, pass: Pass): Promise<boolean> {
  return pool.transaction(async (query) => {
    if (!(await endPass(query, pass))) return false
    await forgetClaimed(query)
    return true
  })
}
