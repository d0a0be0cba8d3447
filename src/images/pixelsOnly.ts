import type { ImageType } from './imageType.ts'

/**
 * Copies from an encoded image only the parts that its pixels need, whatever the encoder added (resolution,
 * profile, comment), and nothing after its end. Answers undefined if it is not built as this service's own
 * encoder builds images. So what is stored holds no metadata even if a later encoder, or a decoder that was
 * taken over, should write some.
 */
export function pixelsOnly(bytes: Buffer, type: ImageType): Buffer | undefined {
  try {
    return keepers[type](bytes)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

const keepers: Record<ImageType, (bytes: Buffer) => Buffer | undefined> = {
  'image/jpeg': jpegPixels,
  'image/png': pngPixels,
  'image/webp': webpPixels,
}

/** DQT, SOF0, DHT: a baseline image with one scan needs no more. */
const jpegSegments = new Set([0xdb, 0xc0, 0xc4])

function jpegPixels(bytes: Buffer): Buffer | undefined {
  const kept = [bytes.subarray(0, 2)]
  let at = 2
  while (bytes.readUInt16BE(at) !== 0xffda) {
    const end = at + 2 + bytes.readUInt16BE(at + 2)
    if (bytes.readUInt8(at) !== 0xff) return undefined
    if (jpegSegments.has(bytes.readUInt8(at + 1))) kept.push(bytes.subarray(at, end))
    at = end
  }
  const end = jpegScanEnd(bytes, at + 2 + bytes.readUInt16BE(at + 2))
  if (bytes.readUInt16BE(end) !== 0xffd9) return undefined
  return Buffer.concat([...kept, bytes.subarray(at, end + 2)])
}

/** Where the entropy-coded data ends: at the first FF that is neither a stuffed byte nor a restart. */
function jpegScanEnd(bytes: Buffer, from: number): number {
  let at = bytes.indexOf(0xff, from)
  while (at !== -1 && (bytes[at + 1] === 0 || ((bytes[at + 1] ?? 0) & 0xf8) === 0xd0)) {
    at = bytes.indexOf(0xff, at + 2)
  }
  return at === -1 ? bytes.length : at
}

const pngChunks = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'])

function pngPixels(bytes: Buffer): Buffer {
  const kept = [bytes.subarray(0, 8)]
  let at = 8
  let name = ''
  while (name !== 'IEND') {
    name = bytes.toString('latin1', at + 4, at + 8)
    const end = at + 12 + bytes.readUInt32BE(at)
    if (end > bytes.length) throw new RangeError('chunk ends beyond the file')
    if (pngChunks.has(name)) kept.push(bytes.subarray(at, end))
    at = end
  }
  return Buffer.concat(kept)
}

const webpChunks = new Set(['VP8X', 'ALPH', 'VP8 ', 'VP8L'])
const alphaFlag = 0x10

function webpPixels(bytes: Buffer): Buffer {
  const kept = [Buffer.from(bytes.subarray(0, 12))]
  const size = bytes.readUInt32LE(4) + 8
  for (let at = 12; at < size; ) {
    const name = bytes.toString('latin1', at, at + 4)
    const length = bytes.readUInt32LE(at + 4)
    const end = at + 8 + length + (length & 1)
    if (end > bytes.length) throw new RangeError('chunk ends beyond the file')
    if (webpChunks.has(name)) kept.push(Buffer.from(bytes.subarray(at, end)))
    at = end
  }
  const [riff, first] = kept
  if (first?.toString('latin1', 0, 4) === 'VP8X') first.writeUInt32LE(first.readUInt32LE(8) & alphaFlag, 8)
  riff?.writeUInt32LE(kept.reduce((sum, part) => sum + part.length, 0) - 8, 4)
  return Buffer.concat(kept)
}
