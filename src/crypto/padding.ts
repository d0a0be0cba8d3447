const mark = 0x80
const zeros = Buffer.alloc(64 * 1024)

/**
 * Pads to the next power of two that is at least `minimum`, so that a ciphertext's length says little: one byte
 * 0x80, then zeros (ISO/IEC 7816-4). There is always room for the mark, so a plaintext of exactly a power of two
 * takes the next one.
 */
export function pad(plaintext: Uint8Array, minimum: number): Buffer {
  if (!isPowerOfTwo(minimum)) throw new RangeError('the least padded size must be a power of two')
  let size = minimum
  while (size < plaintext.length + 1) size *= 2
  const padded = Buffer.alloc(size)
  padded.set(plaintext)
  padded[plaintext.length] = mark
  return padded
}

/** Takes the padding off again; throws unless it is exactly as `pad` makes it. A view on `padded`, not a copy. */
export function unpad(padded: Buffer): Buffer {
  const end = padded.lastIndexOf(mark)
  if (end < 0 || !isPowerOfTwo(padded.length) || !isZeroFrom(padded, end + 1)) {
    throw new Error('not padded to a power of two')
  }
  return padded.subarray(0, end)
}

function isZeroFrom(bytes: Buffer, from: number): boolean {
  for (let at = from; at < bytes.length; at += zeros.length) {
    const end = Math.min(bytes.length, at + zeros.length)
    if (zeros.compare(bytes, at, end, 0, end - at) !== 0) return false
  }
  return true
}

/**
 * Fills a JSON text up with trailing spaces, which JSON allows, to a multiple of `step` bytes: for answers whose
 * length is seen on the wire.
 */
export function padJson(json: string, step = 4096): string {
  const bytes = Buffer.byteLength(json)
  return json + ' '.repeat(Math.ceil(bytes / step) * step - bytes)
}

function isPowerOfTwo(size: number): boolean {
  return Number.isSafeInteger(size) && size > 0 && Number.isInteger(Math.log2(size))
}
