import type { ImageType } from './imageType.ts'

export type ImageSize = { width: number; height: number }

/**
 * Reads width and height from an image's header without decoding anything, or answers undefined where the
 * header does not hold them. Cheap whatever the bytes are: it goes through them once at most.
 */
export function imageSize(bytes: Uint8Array, type: ImageType): ImageSize | undefined {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const size = readers[type](view)
  return size && size.width > 0 && size.height > 0 ? size : undefined
}

const readers: Record<ImageType, (view: Buffer) => ImageSize | undefined> = {
  'image/jpeg': jpegSize,
  'image/png': pngSize,
  'image/webp': webpSize,
}

function jpegSize(view: Buffer): ImageSize | undefined {
  let at = 2
  while (at + 9 <= view.length) {
    const marker = view.readUInt8(at + 1)
    // Stray bytes between segments are passed over, as every decoder does; FF 00 is no marker.
    if (view[at] !== 0xff || marker === 0xff || marker === 0) at += 1
    else if (isFrame(marker)) return { width: view.readUInt16BE(at + 7), height: view.readUInt16BE(at + 5) }
    else if (marker < 0xc0 || (marker >= 0xd0 && marker <= 0xda)) return undefined
    else at += 2 + view.readUInt16BE(at + 2)
  }
  return undefined
}

/** Start of frame: C0 to CF, but for DHT, JPG and DAC, which share the range. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
}

function pngSize(view: Buffer): ImageSize | undefined {
  return view.length < 24 ? undefined : { width: view.readUInt32BE(16), height: view.readUInt32BE(20) }
}

function webpSize(view: Buffer): ImageSize | undefined {
  if (view.length < 30) return undefined
  const kind = view.toString('latin1', 12, 16)
  if (kind === 'VP8X') return { width: view.readUIntLE(24, 3) + 1, height: view.readUIntLE(27, 3) + 1 }
  if (kind === 'VP8 ')
    return { width: view.readUInt16LE(26) & 0x3fff, height: view.readUInt16LE(28) & 0x3fff }
  const bits = view.readUInt32LE(21)
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
}
