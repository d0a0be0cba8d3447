/** The lengths that a page has on the wire: which page it is, its length does not tell. */
export const lengths = { plain: 64 * 1024, typed: 512 * 1024 } as const

export type PageLength = keyof typeof lengths

/**
 * A page as bytes, padded with spaces to 64 KiB, or, where typed text comes back on it, to 512 KiB (and what does not fit,
 * to the next multiple). So it is as long whatever it says, and must not be compressed.
 */
export function padded(html: string, kind: PageLength): Buffer {
  const bytes = Buffer.byteLength(html)
  const step = kind === 'plain' && bytes <= lengths.plain ? lengths.plain : lengths.typed
  const page = Buffer.alloc(Math.ceil(bytes / step) * step, ' ')
  page.write(html)
  return page
}
