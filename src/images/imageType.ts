/** The image formats that reporters may attach. */
export const imageTypes = ['image/jpeg', 'image/png', 'image/webp'] as const

export type ImageType = (typeof imageTypes)[number]

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/**
 * Tells from its first bytes alone which of the three formats an image claims to be, or undefined.
 * It runs before any decoder sees the bytes, so that no other decoder (SVG, TIFF, PDF …) is ever asked.
 */
export function sniffImageType(bytes: Uint8Array): ImageType | undefined {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 16))
  if (head.length < 16) return undefined
  if (head.readUIntBE(0, 3) === 0xffd8ff) return 'image/jpeg'
  if (head.subarray(0, 8).equals(pngSignature) && head.toString('latin1', 12) === 'IHDR') return 'image/png'
  if (head.toString('latin1', 0, 4) !== 'RIFF' || head.toString('latin1', 8, 12) !== 'WEBP') return undefined
  return ['VP8 ', 'VP8L', 'VP8X'].includes(head.toString('latin1', 12)) ? 'image/webp' : undefined
}
