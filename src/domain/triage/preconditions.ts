import { Fault } from '../../faults.ts'

/**
 * If-Match as this API takes it (RFC 9110, section 13.1.1, narrowed): one strong ETag of the version that was read.
 * Missing or `*` is `unconditional`; weak, several or another version is `stale`.
 */
export function requireVersion(ifMatch: string | undefined, version: number): void {
  const given = ifMatch?.trim()
  if (given === undefined || given === '' || given === '*') throw new Fault('unconditional')
  if (given !== `"${version}"`) throw new Fault('stale')
}

/** For changes that may come without If-Match: where it names a version, that must be the one. */
export function requireVersionIfGiven(ifMatch: string | undefined, version: number): void {
  if (ifMatch !== undefined && ifMatch.trim() !== '*') requireVersion(ifMatch, version)
}
