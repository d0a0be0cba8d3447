import { Fault } from '../../vocabulary/faults.ts'

/**
 * If-Match as this API takes it (RFC 9110, section 13.1.1): strong ETags, one of which is that of the version that was
 * read. Missing or `*` is `precondition-required`, weak or another version is `precondition-failed`, and what is no ETag is `bad-request`.
 */
export function requireVersion(ifMatch: string | undefined, version: number): void {
  const given = ifMatch?.trim()
  if (given === undefined || given === '' || given === '*') throw new Fault('precondition-required')
  // A list may have empty elements (section 5.6.1).
  const tags = given.split(',').map((tag) => tag.trim())
  if (!tags.every((tag) => tag === '' || entityTag.test(tag))) {
    const message = 'must be the ETag that was read, in double quotes'
    throw new Fault('bad-request', [{ pointer: 'header:if-match', code: 'format', message }])
  }
  if (tags.includes(`"${version}"`)) return
  if (!tags.includes(`W/"${version}"`)) throw new Fault('precondition-failed')
  // A weak tag never matches. Proxies make them where they compress, and the client has read the newest version.
  throw new Fault('precondition-failed', [], {
    detail: 'Send the ETag without W/: a proxy on the way has made it weak.',
  })
}

/** RFC 9110, section 8.8.3, without commas: the service gives out none. */
const entityTag = /^(W\/)?"[\x21\x23-\x2b\x2d-\x7e\x80-\xff]*"$/

/** For changes that may come without If-Match: where it names a version, that must be the one. */
export function requireVersionIfGiven(ifMatch: string | undefined, version: number): void {
  if (ifMatch !== undefined && ifMatch.trim() !== '*') requireVersion(ifMatch, version)
}
