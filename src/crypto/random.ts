import { randomFillSync } from 'node:crypto'

const poolSize = 16 * 1024
const pool = Buffer.alloc(poolSize)
let taken = poolSize

/**
 * Random bytes for nonces, data keys and batch keys, drawn from one refill of 16 KiB: a call to the system's
 * generator for each nonce cost 14 % of the intake's active time. What is handed out is zeroed in the pool, so
 * the pool only ever holds bytes that nobody has yet. Receipts do not use it.
 */
export function randomBytesPooled(size: number): Buffer {
  const out = Buffer.allocUnsafe(size)
  if (size > poolSize) return randomFillSync(out)
  if (taken + size > poolSize) {
    randomFillSync(pool)
    taken = 0
  }
  pool.copy(out, 0, taken, taken + size)
  pool.fill(0, taken, taken + size)
  taken += size
  return out
}
