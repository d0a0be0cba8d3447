const loneSurrogate = /\p{Surrogate}/u

/**
 * Encodes parts so that no two different lists give the same bytes: each part is preceded by its length in four
 * big-endian bytes, texts are UTF-8. Throws on a text that UTF-8 cannot hold (a lone surrogate), since such texts
 * would all become the same one.
 */
export function lengthPrefixed(...parts: readonly (string | Uint8Array)[]): Buffer {
  const lengths = parts.map(byteLength)
  const out = Buffer.allocUnsafe(lengths.reduce((sum, length) => sum + 4 + length, 0))
  let at = 0
  for (const [i, part] of parts.entries()) {
    const length = lengths[i] as number
    at = out.writeUInt32BE(length, at)
    if (typeof part === 'string') out.write(part, at, length, 'utf8')
    else out.set(part, at)
    at += length
  }
  return out
}

/** An optional text as two parts, so that an absent one and an empty one differ. */
export function optionalPart(text: string | null | undefined): [string, string] {
  return text === null || text === undefined ? ['0', ''] : ['1', text]
}

function byteLength(part: string | Uint8Array): number {
  if (typeof part !== 'string') return part.length
  if (loneSurrogate.test(part)) throw new TypeError('a bound text must be well-formed Unicode')
  return Buffer.byteLength(part, 'utf8')
}
