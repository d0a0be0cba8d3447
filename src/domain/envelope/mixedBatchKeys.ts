import { pause } from '../../concurrency/pause.ts'
import { type Keyring, keyByKid } from '../../crypto/keyring.ts'
import {
  type BatchKeyPair,
  type ObjectKind,
  openBatchKey,
  SealBroken,
  unwrapDataKey,
} from '../../crypto/seal.ts'
import { sealedBatchKeys } from '../../storage/mixedBatches.ts'
import type { Query } from '../../storage/pool.ts'

export type BatchKeys = ReturnType<typeof batchKeysOf>

/** Enough for a day of reports that came one by one, in some 30 MB. */
const heldAtMost = 100_000

/** Batch keys opened once each, however many objects they wrap. What does not open is undefined. */
export function batchKeysOf(query: Query, keyring: Keyring) {
  const held = new Map<string, Buffer | undefined>()
  const pairs = new Map<string, BatchKeyPair | undefined>()

  function pairOf(kid: string): BatchKeyPair | undefined {
    if (!pairs.has(kid)) pairs.set(kid, openingPair(keyring, kid))
    return pairs.get(kid)
  }

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
      for (const sealed of await sealedBatchKeys(query, wanted)) {
        const pair = pairOf(sealed.kid)
        if (pair === undefined || held.get(sealed.batchId) !== undefined) continue
        held.set(
          sealed.batchId,
          await orUndefined(openBatchKey(pair, sealed.batchId, sealed, 'organisation')),
        )
        await pause()
      }
    },

    /** An object's data key, if its batch is open and all is as it was sealed. */
    dataKey(
      { batchId, wrappedKey }: { batchId: string; wrappedKey: Buffer },
      kind: ObjectKind,
      objectId: string,
    ): Buffer | undefined {
      const batchKey = held.get(batchId)
      if (batchKey === undefined) return undefined
      try {
        return unwrapDataKey(batchKey, batchId, kind, objectId, wrappedKey)
      } catch (error) {
        if (error instanceof SealBroken) return undefined
        throw error
      }
    },

    /** Whether this batch opened to this key. */
    isSame(batchId: string, batchKey: Buffer): boolean {
      return held.get(batchId)?.equals(batchKey) === true
    },

    /** Overwrites every key that was opened. */
    forget,
  }
}

function openingPair(keyring: Keyring, kid: string): BatchKeyPair | undefined {
  const { publicKey, privateKey } = keyByKid(keyring, kid) ?? {}
  if (publicKey === undefined || privateKey === undefined) return undefined
  return {
    kid,
    publicKey: Buffer.from(publicKey, 'base64url'),
    privateKey: Buffer.from(privateKey, 'base64url'),
  }
}

async function orUndefined(opening: Promise<Buffer>): Promise<Buffer | undefined> {
  try {
    return await opening
  } catch (error) {
    if (error instanceof SealBroken) return undefined
    throw error
  }
}
