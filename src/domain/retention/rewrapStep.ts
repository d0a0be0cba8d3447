import { yieldToEventLoop } from '../../concurrency/yieldToEventLoop.ts'
import type { BatchRecipient } from '../../crypto/seal.ts'
import { insertBatchKeys, type NewBatch } from '../../storage/batchKeys.ts'
import { moveWraps, type NewWrap, nextWraps, type Wrap, wrappedKeyNames } from '../../storage/wraps.ts'
import { type WrappedKeyName, wrappedKeyColumnsOf } from '../../vocabulary/sealedKinds.ts'
import { beginBatch, type Recipients } from '../envelope/batch.ts'
import { type BatchKeys, batchKeysOf } from '../envelope/batchKeys.ts'
import { mailboxKeysOf } from '../envelope/mailboxKeys.ts'
import { organisationRecipient } from '../envelope/organisationKeys.ts'
import { rewrap, storeCommon } from '../envelope/rewrap.ts'
import type { Work } from '../envelope/work.ts'
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

export interface StepDeps extends Work {
  kids: readonly string[]
  due: ReadonlySet<string>
}

/** Rows a step. Where reports are opened to find their mailboxes, fewer: each may be as large as a request. */
export const stepRows = (name: WrappedKeyName): number =>
  wrappedKeyColumnsOf(name).alsoTo === 'mailbox' ? 100 : 1_000

/** Moves the next rows of one kind to new batch keys, in the transaction that `query` belongs to. */
export async function rewrapStep(
  { query, keyring, kids, due }: StepDeps,
  name: WrappedKeyName,
  after: Wrap['key'] | undefined,
): Promise<Step> {
  const found = await nextWraps(query, name, kids, after, stepRows(name))
  const rows = distinct(found)
  const kept = rows.filter(({ reportId }) => !due.has(reportId))
  const batchKeys = batchKeysOf({ query, keyring })
  try {
    await batchKeys.open(kept.map(({ batchId }) => batchId))
    const move = { query, keyring, batchKeys, name, organisation: organisationRecipient(keyring) }
    const { wraps, narrowed } = wrappedKeyColumnsOf(name).sharesBatch
      ? await wrapTogether(move, kept)
      : await wrapEachAlone(move, kept)
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
export async function opensAny(work: Work, kid: string): Promise<boolean> {
  for (const name of wrappedKeyNames) {
    for (let after: Wrap['key'] | undefined; ; ) {
      const rows = await nextWraps(work.query, name, [kid], after, stepRows(name))
      const batchKeys = batchKeysOf(work)
      await batchKeys.open(rows.map(({ batchId }) => batchId))
      const opened = await opensOneOf(batchKeys, name, rows)
      batchKeys.forget()
      if (opened) return true
      if (rows.length < stepRows(name)) break
      after = rows.at(-1)?.key
    }
  }
  return false
}

async function opensOneOf(
  batchKeys: BatchKeys,
  name: WrappedKeyName,
  rows: readonly Wrap[],
): Promise<boolean> {
  for (const row of rows) {
    if (await batchKeys.withDataKey(wrappedKeyColumnsOf(name).sealedAs, row, () => true)) return true
  }
  return false
}

interface Wrapped {
  wraps: NewWrap[]
  narrowed: number
}

interface Move extends Work {
  batchKeys: BatchKeys
  name: WrappedKeyName
  organisation: BatchRecipient
}

/** Reports share one new batch, which nobody but the organisation opens. */
async function wrapTogether(
  { query, batchKeys, name, organisation }: Move,
  rows: readonly Wrap[],
): Promise<Wrapped> {
  const batch = await beginBatch({ organisation: [organisation] })
  const { batchId } = batch.keys
  const { sealedAs } = wrappedKeyColumnsOf(name)
  const wraps: NewWrap[] = []
  try {
    for (const row of rows) {
      const wrappedKey = await batchKeys.withDataKey(sealedAs, row, (dataKey) =>
        batch.wrap(sealedAs, row.id, dataKey),
      )
      if (wrappedKey !== undefined) wraps.push({ key: row.key, batchId, wrappedKey })
    }
    if (wraps.length > 0) await storeCommon(query, batchKeys, batch)
  } finally {
    batch.end()
  }
  return { wraps, narrowed: 0 }
}

/** Whoever may open one of these must not be able to open its neighbours, and each may be destroyed by its batch key. */
async function wrapEachAlone(move: Move, rows: readonly Wrap[]): Promise<Wrapped> {
  const { query, batchKeys, name } = move
  const { sealedAs } = wrappedKeyColumnsOf(name)
  const recipientsOf = await recipientsFor(move, rows)
  const wraps: NewWrap[] = []
  const batches: NewBatch[] = []
  let narrowed = 0
  for (const row of rows) {
    const anew = await batchKeys.withDataKey(sealedAs, row, async (dataKey) => {
      const recipients = await recipientsOf(row)
      return { ...(await rewrap(sealedAs, row.id, dataKey, recipients)), isEnded: recipients.isEnded }
    })
    if (anew === undefined) continue
    const { batch, wrappedKey, isEnded } = anew
    const isNarrowed =
      (row.mailboxId !== null && !isEnded && !batch.mailbox) || (row.agencyKid !== null && !batch.agency)
    if (isNarrowed) narrowed += 1
    batches.push(batch)
    wraps.push({ key: row.key, batchId: batch.batchId, wrappedKey })
    await yieldToEventLoop()
  }
  await insertBatchKeys(query, batches)
  return { wraps, narrowed }
}

/** To whom each is sealed: to those it was sealed to before, but for those whose key is in doubt. */
async function recipientsFor(
  move: Move,
  rows: readonly Wrap[],
): Promise<(row: Wrap) => Promise<Recipients & { isEnded: boolean }>> {
  const { query, batchKeys, organisation } = move
  const { recipientOf: mailboxOf } = await mailboxKeysOf(
    query,
    batchKeys,
    rows.flatMap(({ mailboxId, reportId }) => (mailboxId === null ? [] : reportId)),
  )
  return async ({ reportId, mailboxId, agency: slug, agencyKid }) => {
    const mailbox = mailboxId === null ? 'ended' : mailboxOf({ reportId, mailboxId })
    const key = slug === null || agencyKid === null ? undefined : await agencyKeyNow(move, slug, agencyKid)
    return {
      organisation: [organisation],
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
async function agencyKeyNow(work: Work, slug: string, kid: string) {
  const before = await genuineKeyOf(work, slug, kid)
  return before?.heldBy === 'service' ? ((await sealingKeyOf(work, slug)) ?? before) : before
}

/** A row that two keys were put beside must not be moved twice. */
function distinct(rows: readonly Wrap[]): Wrap[] {
  return [...new Map(rows.map((row) => [JSON.stringify(row.key), row])).values()]
}
