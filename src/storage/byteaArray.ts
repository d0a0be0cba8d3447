/** The type's number in every Postgres. */
const bytea = 17

/**
 * A bytea[] parameter in Postgres's binary form: one dimension, from 1, no nulls. The driver passes a Buffer on as it
 * is, and would write an array as text, in hex, at twice the size.
 */
export function byteaArray(values: readonly Uint8Array[]): Buffer {
  const size = values.reduce((sum, value) => sum + 4 + value.length, 20)
  const out = Buffer.allocUnsafe(size)
  const dimensions = values.length === 0 ? 0 : 1
  let at = 0
  for (const field of [dimensions, 0, bytea, values.length, 1]) at = out.writeInt32BE(field, at)
  for (const value of values) {
    at = out.writeInt32BE(value.length, at)
    out.set(value, at)
    at += value.length
  }
  return dimensions === 0 ? out.subarray(0, 12) : out
}
