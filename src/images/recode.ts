import sharp, { type OutputInfo, type Sharp } from 'sharp'
import type { ImageType } from './imageType.ts'

/** The only decoder that may run for each type. libvips knows some forty others. */
const loaders: Record<ImageType, string> = {
  'image/jpeg': 'VipsForeignLoadJpegBuffer',
  'image/png': 'VipsForeignLoadPngBuffer',
  'image/webp': 'VipsForeignLoadWebpBuffer',
}

/** Sides to try: full size first, smaller ones only for an image that would outgrow `maxBytes`. */
const sides = [4096, 2896, 2048, 1448, 1024]

export type RecodeLimits = { maxPixels: number; maxBytes: number }

/**
 * Decodes an image to bare sRGB pixels, upright and at most 4096 a side, and encodes these: the encoder is
 * given width, height and channels, and nothing else that the file held can reach it. Of an animation the
 * first frame is taken. Shrinks further until the result is at most `maxBytes`. Rejects what it cannot read
 * whole. For a process of its own: it closes every decoder but the one for `type`.
 */
export async function recode(bytes: Buffer, type: ImageType, limits: RecodeLimits): Promise<Buffer> {
  sharp.cache(false)
  sharp.concurrency(1)
  sharp.block({ operation: ['VipsForeignLoad'] })
  sharp.unblock({ operation: [loaders[type]] })

  let pixels = await decode(bytes, limits.maxPixels)
  for (const side of sides) {
    if (side < (sides[0] ?? 0)) pixels = await shrink(pixels, side)
    const encoded = await encode(pixels, type)
    if (encoded.length <= limits.maxBytes) return encoded
  }
  throw new Error('no size fits')
}

type Pixels = { data: Buffer; info: OutputInfo }

/** Real photographs hold harmless oddities, on which 'warning' would fail; 'error' refuses damage. */
function decode(bytes: Buffer, limitInputPixels: number): Promise<Pixels> {
  return fit(sharp(bytes, { failOn: 'error', limitInputPixels }).autoOrient(), sides[0] ?? 0)
}

function shrink(pixels: Pixels, side: number): Promise<Pixels> {
  return fit(fromPixels(pixels), side)
}

function fit(image: Sharp, side: number): Promise<Pixels> {
  return image
    .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
}

function fromPixels({ data, info }: Pixels): Sharp {
  return sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } })
}

function encode(pixels: Pixels, type: ImageType): Promise<Buffer> {
  const image = fromPixels(pixels)
  if (type === 'image/jpeg') return image.jpeg({ quality: 85 }).toBuffer()
  if (type === 'image/png') return image.png({ adaptiveFiltering: true }).toBuffer()
  return image.webp({ quality: 85, effort: 2 }).toBuffer()
}
