const bytes = 24

/**
 * A new Idempotency-Key of 192 random bits. Whoever keeps it, and the bytes that were sent under it, can send the same
 * again after a lost answer. `crypto.randomUUID` is not there on a page without https; this is.
 */
export function newKey(): string {
  return base64(crypto.getRandomValues(new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
}

/** Base64 of bytes. */
export function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}
