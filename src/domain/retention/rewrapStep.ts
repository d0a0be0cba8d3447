import { pause } from '../../concurrency/pause.ts'
import type { Keyring } from '../../crypto/keyring.ts'
import { type BatchRecipient, newBatch, wrapDataKey } from '../../crypto/seal.ts'
import { insertBatchKeys } from '../../storage/batchKeys.ts'
import type { Query } from '../../storage/pool.ts'
import {
  type HolderName,
  holderNames,
  holders,
  moveWraps,
  type NewWrap,
  nextWraps,
  type Wrap,
} from '../../storage/wraps.ts'
import { mailboxKeysOf } from '../envelope/mailboxKeys.ts'
import { type BatchKeys, batchKeysOf } from '../envelope/mixedBatchKeys.ts'
import { insertAnew, type NewAlone, type Recipients, wrapAnew } from '../envelope/newWrap.ts'
import { organisationRecipient } from '../envelope/organisationKeys.ts'
import { genuineKeyOf, sealingKeyOf } from '../sharing/agencies.ts'

/** One step's outcome, and where the next begins. */
export interface Step {
  seen: number
  moved: number
  /** Rows that do not open. They stay as they are. */
  unopened: number
  /** Rows moved that are now sealed to the organisation alone, since their mailbox's or agency's key is in doubt. */
  narrowed: number
  /** Rows of reports that wait for the purge. */
  due: number
  last: Wrap['key'] | undefined
}

export interface StepDeps {
  query: Query
  keyring: Keyring
  kids: readonly string[]
  due: ReadonlySet<string>
}

/** Rows a step. Where reports are opened to find their mailboxes, fewer: each may be as large as a request. */
export const stepRows = (name: HolderName): number =>
  holders[name].table === 'attachments' || name.endsWith('Messages') ? 100 : 1_000

/** Moves the next rows of one kind to new batch keys, in the transaction that `query` belongs to. */
export async function rewrapStep(
  { query, keyring, kids, due }: StepDeps,
  name: HolderName,
  after: Wrap['key'] | undefined,
): Promise<Step> {
  const found = await nextWraps(query, name, kids, after, stepRows(name))
  const rows = distinct(found)
  const kept = rows.filter(({ reportId }) => !due.has(reportId))
  const batchKeys = batchKeysOf(query, keyring)
  try {
    await batchKeys.open(kept.map(({ batchId }) => batchId))
    const move = { query, keyring, batchKeys, name, organisation: organisationRecipient(keyring) }
    const { wraps, narrowed } =
      name === 'reports' ? await wrapTogether(move, kept) : await wrapEachAlone(move, kept)
    await moveWraps(query, name, wraps)
    return {
      seen: found.length,
      moved: wraps.length,
      narrowed,
      unopened: kept.length - wraps.length,
      due: rows.length - kept.length,
      last: rows.at(-1)?.key,
    }
  } finally {
    batchKeys.forget()
  }
}

/** Whether any live row opens by this kid: destroying it would lose something. */
export async function opensAny(query: Query, keyring: Keyring, kid: string): Promise<boolean> {
  for (const name of holderNames) {
    for (let after: Wrap['key'] | undefined; ; ) {
      const rows = await nextWraps(query, name, [kid], after, stepRows(name))
      const batchKeys = batchKeysOf(query, keyring)
      await batchKeys.open(rows.map(({ batchId }) => batchId))
      const opened = rows.find((row) => batchKeys.dataKey(row, holders[name].kind, row.id) !== undefined)
      batchKeys.forget()
      if (opened !== undefined) return true
      if (rows.length < stepRows(name)) break
      after = rows.at(-1)?.key
    }
  }
  return false
}

interface Wrapped {
  wraps: NewWrap[]
  narrowed: number
}

interface Move {
  query: Query
  keyring: Keyring
  batchKeys: BatchKeys
  name: HolderName
  organisation: BatchRecipient
}

/** Reports share one new batch, which nobody but the organisation opens. */
async function wrapTogether(
  { query, batchKeys, name, organisation }: Move,
  rows: readonly Wrap[],
): Promise<Wrapped> {
  const { batchId, batchKey, sealedKeys } = await newBatch([organisation], 'organisation')
  const wraps: NewWrap[] = []
  const { kind } = holders[name]
  for (const row of rows) {
    const dataKey = batchKeys.dataKey(row, kind, row.id)
    if (dataKey === undefined) continue
    wraps.push({ key: row.key, batchId, wrappedKey: wrapDataKey(batchKey, batchId, kind, row.id, dataKey) })
    dataKey.fill(0)
  }
  if (wraps.length > 0) {
    await insertBatchKeys(query, batchId, sealedKeys)
    // Many reports will depend on this key: it is opened from where it now lies before anything is put under it.
    await batchKeys.open([batchId])
    if (!batchKeys.isSame(batchId, batchKey)) throw new TypeError('the new batch key does not open')
  }
  batchKey.fill(0)
  return { wraps, narrowed: 0 }
}

/** Whoever may open one of these must not be able to open its neighbours, and each may be destroyed by its batch key. */
async function wrapEachAlone(move: Move, rows: readonly Wrap[]): Promise<Wrapped> {
  const { query, batchKeys, name } = move
  const { kind } = holders[name]
  const recipientsOf = await recipientsFor(move, rows)
  const wraps: NewWrap[] = []
  const alone: NewAlone[] = []
  let narrowed = 0
  for (const row of rows) {
    const dataKey = batchKeys.dataKey(row, kind, row.id)
    if (dataKey === undefined) continue
    const recipients = await recipientsOf(row)
    const wrap = await wrapAnew(dataKey, kind, row.id, recipients)
    dataKey.fill(0)
    const isNarrowed =
      (row.mailboxId !== null && !recipients.isEnded && !wrap.batch.mailbox) ||
      (row.agencyKid !== null && !wrap.agency)
    if (isNarrowed) narrowed += 1
    alone.push(wrap)
    wraps.push({ key: row.key, batchId: wrap.batch.batchId, wrappedKey: wrap.wrappedKey })
    await pause()
  }
  await insertAnew(query, alone)
  return { wraps, narrowed }
}

/** To whom each is sealed: to those it was sealed to before, but for those whose key is in doubt. */
async function recipientsFor(
  { query, keyring, batchKeys, organisation }: Move,
  rows: readonly Wrap[],
): Promise<(row: Wrap) => Promise<Recipients & { isEnded: boolean }>> {
  const mailboxOf = await mailboxKeysOf(
    query,
    batchKeys,
    rows.flatMap(({ mailboxId, reportId }) => (mailboxId === null ? [] : reportId)),
  )
  return async ({ reportId, mailboxId, agency: slug, agencyKid }) => {
    const mailbox = mailboxId === null ? 'ended' : mailboxOf({ reportId, mailboxId })
    const key =
      slug === null || agencyKid === null ? undefined : await agencyKeyNow(query, keyring, slug, agencyKid)
    return {
      organisation,
      mailbox: typeof mailbox === 'string' ? undefined : mailbox,
      isEnded: mailbox === 'ended',
      agency: key && { slug: key.agency, kid: key.kid, publicKey: key.publicKey },
    }
  }
}

/**
 * What a product that was sealed to this key is sealed to anew: the same key if the agency alone holds it. Where the
 * service did, the agency's key of now, so that the service's old one can be destroyed.
 */
async function agencyKeyNow(query: Query, keyring: Keyring, slug: string, kid: string) {
  const before = await genuineKeyOf(query, keyring, slug, kid)
  return before?.heldBy === 'service' ? ((await sealingKeyOf(query, keyring, slug)) ?? before) : before
}

/** A row that two keys were put beside must not be moved twice. */
function distinct(rows: readonly Wrap[]): Wrap[] {
  return [...new Map(rows.map((row) => [JSON.stringify(row.key), row])).values()]
}
