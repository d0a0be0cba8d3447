import { places } from '../places.ts'
import { imageSize } from './imageSize.ts'
import { type ImageType, sniffImageType } from './imageType.ts'
import { pixelsOnly } from './pixelsOnly.ts'
import { type ProcessLimits, runRecode } from './runRecode.ts'

export type Refusal = 'unreadable' | 'type-mismatch' | 'too-many-pixels' | 'too-slow' | 'busy'

export type Reencoded = { ok: true; mediaType: ImageType; bytes: Buffer } | { ok: false; reason: Refusal }

export type Limits = ProcessLimits & { atOnce: number; waiting: number; waitMs: number }

const mebibyte = 1024 * 1024

/**
 * The contract's 50 megapixels; results that stay below 2^23 once sealed and padded, more than a photograph needs;
 * memory for the worst image within that (interlaced, four channels of 16 bits: 640 MiB) beside what V8 of Node 24
 * sets aside and never touches (600 MiB), which the limit counts.
 */
export const defaultLimits: Limits = {
  maxPixels: 50_000_000,
  maxBytes: 8 * mebibyte - 65_536,
  timeMs: 10_000,
  memoryKiB: 1536 * 1024,
  atOnce: 2,
  waiting: 8,
  waitMs: 5_000,
}

/**
 * Makes a function that encodes an image again from its pixels alone, in the same format: upright, sRGB, at
 * most 4096 a side, first frame only. No metadata, profile, thumbnail, comment, second image or trailing
 * bytes survive. What the picture itself shows does, and the pattern of the camera's sensor may.
 *
 * Decoders written in C meet a stranger's bytes here, in a service that may hold keys. Each image therefore
 * gets a process of its own (0.1 s to start): a crash or an endless loop ends that process only, its memory
 * and time have an end that libvips alone cannot promise (its timeout neither covers a JPEG's scans nor
 * encoding), it is given no secret, can write no file, and what it held is gone when it exits. It is not a
 * sandbox: who takes the decoder over has the rights of the service's user.
 */
export function createReencoder(given: Partial<Limits> = {}) {
  const limits = { ...defaultLimits, ...given }
  const take = places(limits.atOnce, limits.waiting, limits.waitMs)

  return async function reencodeImage(bytes: Uint8Array, declaredType: ImageType): Promise<Reencoded> {
    const refusal = refuseUnopened(bytes, declaredType, limits.maxPixels)
    if (refusal) return { ok: false, reason: refusal }

    const release = await take()
    if (!release) return { ok: false, reason: 'busy' }
    try {
      const recoded = await runRecode(bytes, declaredType, limits)
      if (typeof recoded === 'string') return { ok: false, reason: recoded }
      const image = pixelsOnly(recoded, declaredType)
      return image ? { ok: true, mediaType: declaredType, bytes: image } : { ok: false, reason: 'unreadable' }
    } finally {
      release()
    }
  }
}

/** Encodes an image again from its pixels alone, under the default limits (see `createReencoder`). */
export const reencodeImage = createReencoder()

/** What can be refused before a decoder sees the bytes. */
function refuseUnopened(bytes: Uint8Array, declared: ImageType, maxPixels: number): Refusal | undefined {
  const type = sniffImageType(bytes)
  if (type === undefined) return 'unreadable'
  if (type !== declared) return 'type-mismatch'
  const size = imageSize(bytes, type)
  if (size === undefined) return 'unreadable'
  return size.width * size.height > maxPixels ? 'too-many-pixels' : undefined
}
