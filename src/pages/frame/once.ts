import { type SealAnswer, storedAnswerKeys } from '../../crypto/storedAnswer.ts'
import { Fault } from '../../vocabulary/faults.ts'

/** How it ended: `other` was sent under the same key, and was something else. */
export type Done<T> = { how: 'first' | 'repeated'; made: T } | { how: 'other' }

/** What is in the way once a twin was faster: its answer is there, or what both were to do away with is not. */
const ofTwins: readonly Fault['kind'][] = ['repeated', 'not-found']

/**
 * Does something once, however often its page is sent: by the key in its form, as the API does by Idempotency-Key. `scope`
 * says what, and of whom. `parse` reads what was kept: whoever writes to the database may have kept anything.
 */
export async function doOnce<T>(
  { findStoredAnswer }: { findStoredAnswer: (keyHash: Buffer) => Promise<Buffer | undefined> },
  { key, scope, body }: { key: string; scope: string; body: Uint8Array },
  parse: (kept: Buffer) => T | undefined,
  make: (seal: SealAnswer) => Promise<T>,
): Promise<Done<T>> {
  const kept = storedAnswerKeys(key, scope, body)

  async function before(): Promise<Done<T> | undefined> {
    const sealed = await findStoredAnswer(kept.keyHash)
    if (sealed === undefined) return undefined
    const opened = kept.open(sealed)
    const made = opened === undefined ? undefined : parse(Buffer.from(opened))
    return made === undefined ? { how: 'other' } : { how: 'repeated', made }
  }

  const known = await before()
  if (known !== undefined) return known
  try {
    const seal: SealAnswer = (made) => ({ keyHash: kept.keyHash, answer: kept.seal(JSON.stringify(made)) })
    return { how: 'first', made: await make(seal) }
  } catch (error) {
    const twin = error instanceof Fault && ofTwins.includes(error.kind) ? await before() : undefined
    if (twin === undefined) throw error
    return twin
  }
}
