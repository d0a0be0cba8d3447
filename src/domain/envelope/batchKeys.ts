import { yieldToEventLoop } from '../../concurrency/yieldToEventLoop.ts'
import { keyByKid } from '../../crypto/keyring.ts'
import { openBatchKey, unwrapDataKey } from '../../crypto/seal.ts'
import { findKeysOfBatches, type WrappedKey } from '../../storage/batchKeys.ts'
import { type SealedKindName, sealedKind } from '../../vocabulary/sealedKinds.ts'
import { unlessBroken } from './open.ts'
import { rawPair } from './organisationKeys.ts'
import type { Work } from './work.ts'

export type BatchKeys = ReturnType<typeof batchKeysOf>

/** Enough for a day of reports that came one by one, in some 30 MB. */
const heldAtMost = 100_000

/** Batch keys opened once each, however many objects they wrap. What does not open is undefined. */
export function batchKeysOf(work: Work) {
  const held = new Map<string, Buffer | undefined>()

  function forget(): void {
    for (const key of held.values()) key?.fill(0)
    held.clear()
  }

  return {
    /** Opens those of these batches that are not open yet. */
    async open(batchIds: readonly string[]): Promise<void> {
      if (held.size > heldAtMost) forget()
      const wanted = [...new Set(batchIds)].filter((batchId) => !held.has(batchId))
      if (wanted.length === 0) return
      for (const batchId of wanted) held.set(batchId, undefined)
      for (const sealed of await findKeysOfBatches(work.query, wanted)) {
        const pair = rawPair(keyByKid(work.keyring, sealed.kid))
        if (pair === undefined || held.get(sealed.batchId) !== undefined) continue
        const opened = await unlessBroken(() => openBatchKey(pair, sealed.batchId, sealed, 'organisation'))
        held.set(sealed.batchId, opened)
        await yieldToEventLoop()
      }
    },

    /** Lends an object's data key, if its batch is open and all is as it was sealed, and wipes it afterwards. */
    async withDataKey<T>(
      name: SealedKindName,
      { id, batchId, wrappedKey }: { id: string } & WrappedKey,
      use: (dataKey: Buffer) => T | Promise<T>,
    ): Promise<T | undefined> {
      const batchKey = held.get(batchId)
      if (batchKey === undefined) return undefined
      const { kind } = sealedKind(name)
      const dataKey = await unlessBroken(() => unwrapDataKey(batchKey, batchId, kind, id, wrappedKey))
      if (dataKey === undefined) return undefined
      try {
        return await use(dataKey)
      } finally {
        dataKey.fill(0)
      }
    },

    /** This batch's key, if it is open. */
    of: (batchId: string): Buffer | undefined => held.get(batchId),

    /** Overwrites every key that was opened. */
    forget,
  }
}
