import { semaphore } from '../concurrency/semaphore.ts'
import { imageSize } from './imageSize.ts'
import { type ImageType, sniffImageType } from './imageType.ts'
import { pixelsOnly } from './pixelsOnly.ts'
import { type ProcessLimits, runRecode } from './runRecode.ts'

export type Refusal = 'no-such-format' | 'damaged' | 'too-many-pixels' | 'too-slow' | 'busy'

export type Reencoded = { ok: true; mediaType: ImageType; bytes: Buffer } | { ok: false; reason: Refusal }

export type Limits = ProcessLimits & { atOnce: number; waiting: number; waitMs: number }

const mebibyte = 1024 * 1024

/**
 * The contract's 64 megapixels, counted as 64 × 2^20: a telephone's "64 megapixels" are a little over 64 million.
 * Results that stay below 2^23 once sealed and padded, more than a photograph needs; memory for the worst image within
 * that (interlaced, four channels of 16 bits: 860 MiB) beside what V8 of Node 24 sets aside and never touches
 * (600 MiB), which the limit counts.
 */
export const defaultLimits: Limits = {
  maxPixels: 64 * mebibyte,
  maxBytes: 8 * mebibyte - 65_536,
  timeMs: 60_000,
  memoryKiB: 1792 * 1024,
  atOnce: 2,
  waiting: 8,
  waitMs: 5_000,
}

/**
 * Makes a function that encodes an image again from its pixels alone, in the same format, which its first bytes tell: upright, sRGB, at
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
  const take = semaphore(limits.atOnce, limits.waiting, limits.waitMs)

  return async function reencodeImage(bytes: Uint8Array): Promise<Reencoded> {
    const known = readHead(bytes, limits.maxPixels)
    if ('refusal' in known) return { ok: false, reason: known.refusal }
    const { type } = known

    const release = await take()
    if (!release) return { ok: false, reason: 'busy' }
    try {
      const recoded = await runRecode(bytes, type, limits)
      if (typeof recoded === 'string') return { ok: false, reason: recoded }
      const image = pixelsOnly(recoded, type)
      return image ? { ok: true, mediaType: type, bytes: image } : { ok: false, reason: 'damaged' }
    } finally {
      release()
    }
  }
}

/** Encodes an image again from its pixels alone, under the default limits (see `createReencoder`). */
export const reencodeImage = createReencoder()

/** Which format it is, or what can be refused before a decoder sees the bytes. */
function readHead(bytes: Uint8Array, maxPixels: number): { type: ImageType } | { refusal: Refusal } {
  const type = sniffImageType(bytes)
  if (type === undefined) return { refusal: 'no-such-format' }
  const size = imageSize(bytes, type)
  if (size === undefined) return { refusal: 'damaged' }
  return size.width * size.height > maxPixels ? { refusal: 'too-many-pixels' } : { type }
}
