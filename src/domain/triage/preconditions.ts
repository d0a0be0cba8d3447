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
