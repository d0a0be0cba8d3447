/*
 * Array parameters in Postgres's binary form: one dimension, from 1, no nulls. The driver passes a Buffer on as it is, and
 * would write an array as text, each member quoted, and bytes in hex at twice the size.
 */

/** The types' numbers in every Postgres. */
const oids = { bool: 16, bytea: 17, int2: 21, text: 25, uuid: 2950 } as const

export function byteaArray(values: readonly Uint8Array[]): Buffer {
  let size = 0
  for (const value of values) size += value.length
  const { out, start } = begin(oids.bytea, values.length, size)
  let at = start
  for (const value of values) {
    at = out.writeInt32BE(value.length, at)
    out.set(value, at)
    at += value.length
  }
  return out
}

export function textArray(values: readonly string[]): Buffer {
  let size = 0
  for (const value of values) size += Buffer.byteLength(value)
  const { out, start } = begin(oids.text, values.length, size)
  let at = start
  for (const value of values) {
    const length = out.write(value, at + 4)
    out.writeInt32BE(length, at)
    at += 4 + length
  }
  return out
}

/** Of ids in their usual form. */
export function uuidArray(values: readonly string[]): Buffer {
  const { out, start } = begin(oids.uuid, values.length, 16 * values.length)
  let at = start
  for (const value of values) {
    at = out.writeInt32BE(16, at)
    const length = out.write(value.replaceAll('-', ''), at, 'hex')
    if (length !== 16 || value.length !== 36) throw new TypeError('an id is a UUID')
    at += length
  }
  return out
}

export function smallintArray(values: readonly number[]): Buffer {
  const { out, start } = begin(oids.int2, values.length, 2 * values.length)
  let at = start
  for (const value of values) at = out.writeInt16BE(value, out.writeInt32BE(2, at))
  return out
}

export function booleanArray(values: readonly boolean[]): Buffer {
  const { out, start } = begin(oids.bool, values.length, values.length)
  let at = start
  for (const value of values) at = out.writeUInt8(Number(value), out.writeInt32BE(1, at))
  return out
}

/** The head of an array, with room for its members, which take so many bytes beside their lengths. */
function begin(oid: number, count: number, bytes: number): { out: Buffer; start: number } {
  const fields = count === 0 ? [0, 0, oid] : [1, 0, oid, count, 1]
  const out = Buffer.allocUnsafe(4 * fields.length + 4 * count + bytes)
  let start = 0
  for (const field of fields) start = out.writeInt32BE(field, start)
  return { out, start }
}
