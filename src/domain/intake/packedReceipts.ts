import type { NewMailboxKeys } from '../../crypto/newMailboxKeys.ts'

const receiptBytes = 34
const keyBytes = 32
/** Bytes that a receipt with its keys takes up. */
export const packedBytes = receiptBytes + 3 * keyBytes

export function packReceipt(into: Buffer, at: number, made: NewMailboxKeys): void {
  const { receipt, lookupId, sealingKey, signingKey } = made
  into.write(receipt, at, 'ascii')
  for (const [index, key] of [lookupId, sealingKey, signingKey].entries()) {
    into.set(key, at + receiptBytes + index * keyBytes)
    key.fill(0)
  }
}

/** Takes one out, and wipes it where it lay. */
export function unpackReceipt(from: Buffer, at: number): NewMailboxKeys {
  const keyAt = (index: number) => {
    const start = at + receiptBytes + index * keyBytes
    return Buffer.from(from.subarray(start, start + keyBytes))
  }
  const made = {
    receipt: from.toString('ascii', at, at + receiptBytes),
    lookupId: keyAt(0),
    sealingKey: keyAt(1),
    signingKey: keyAt(2),
  }
  from.fill(0, at, at + packedBytes)
  return made
}
