const loneSurrogate = /\p{Surrogate}/u

/**
 * Encodes parts so that no two different lists give the same bytes: each part is preceded by its length in four
 * big-endian bytes, texts are UTF-8. Throws on a text that UTF-8 cannot hold (a lone surrogate), since such texts
 * would all become the same one.
 */
export function lengthPrefixed(...parts: readonly (string | Uint8Array)[]): Buffer {
  return lengthPrefixedAfter(nothing, parts)
}

/** The same after a header that has a known length. */
export function lengthPrefixedAfter(header: Uint8Array, parts: readonly (string | Uint8Array)[]): Buffer {
  let size = header.length
  for (const part of parts) size += 4 + byteLength(part)
  const out = Buffer.allocUnsafe(size)
  out.set(header)
  let at = header.length
  for (const part of parts) {
    const start = at + 4
    if (typeof part === 'string') at = start + out.write(part, start, 'utf8')
    else {
      out.set(part, start)
      at = start + part.length
    }
    out.writeUInt32BE(at - start, start - 4)
  }
  return out
}

const nothing = new Uint8Array()

/** An optional text as two parts, so that an absent one and an empty one differ. */
export function optionalPart(text: string | null | undefined): [string, string] {
  return text === null || text === undefined ? ['0', ''] : ['1', text]
}

function byteLength(part: string | Uint8Array): number {
  if (typeof part !== 'string') return part.length
  const bytes = Buffer.byteLength(part, 'utf8')
  // With as many bytes as units it is ASCII.
  if (bytes !== part.length && loneSurrogate.test(part))
    throw new TypeError('a bound text must be well-formed Unicode')
  return bytes
}
