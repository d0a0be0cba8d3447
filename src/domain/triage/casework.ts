import type { Keyring } from '../../crypto/keyring.ts'
import {
  type CaseworkKind,
  type CaseworkPosition,
  type CaseworkRow,
  insertCasework,
  pageOfCasework,
} from '../../storage/casework.ts'
import type { Act } from '../calls/act.ts'
import { keysetPage, type Page, type Paging } from '../calls/pages.ts'
import { associatedDataOf } from '../envelope/associatedData.ts'
import type { BatchKeys } from '../envelope/batchKeys.ts'
import { openContent } from '../envelope/content.ts'
import { openSealed } from '../envelope/open.ts'
import { sealStored } from '../envelope/seal.ts'
import { isGenuine as isSealedByService, signSealed } from '../envelope/signing.ts'
import type { Work } from '../envelope/work.ts'
import { type CaseworkContents, caseworkParsers } from './caseworkContents.ts'

/** What staff write, sealed to the organisation and signed by the service: nothing else may be shown or acted upon. */

/** Which version of which thing of which report. */
export interface Writing<Kind extends CaseworkKind = CaseworkKind> {
  kind: Kind
  id: string
  version: number
  reportId: string
}

/**
 * Seals, signs and stores one version. A second writer of the same version breaks the table's key. `likeness` stands for
 * its text where it is compared with others.
 */
export async function write<Kind extends CaseworkKind>(
  act: Act,
  now: Date,
  writing: Writing<Kind>,
  content: CaseworkContents[Kind],
  likeness?: Buffer,
): Promise<void> {
  const unsealed = { ...writing, author: act.person.id, writtenAt: now }
  const unsigned = { ...unsealed, ...(await sealStored(act, 'casework', unsealed, content)) }
  const row: CaseworkRow = { ...unsigned, signature: signSealed(act.keyring, 'casework', unsigned) }
  await insertCasework(act.query, row, likeness)
}

/** Whether the service itself wrote this row. What was put in or changed behind its back is as if it were not there. */
export function isGenuine(keyring: Keyring, row: CaseworkRow): boolean {
  return isSealedByService(keyring, 'casework', row)
}

/** Opens what `write` sealed; undefined if it is not genuine, does not open, or is not what its kind is sealed as. */
export async function read<Kind extends CaseworkKind>(
  work: Work,
  row: CaseworkRow<Kind> | undefined,
): Promise<CaseworkContents[Kind] | undefined> {
  if (row === undefined || !isGenuine(work.keyring, row)) return undefined
  return openSealed(work, 'casework', row, caseworkParsers[row.kind])
}

/** The same under batch keys that are open already: of many, each is asked for once. */
export async function readUnder<Kind extends CaseworkKind>(
  keyring: Keyring,
  batchKeys: BatchKeys,
  row: CaseworkRow<Kind>,
): Promise<CaseworkContents[Kind] | undefined> {
  if (!isGenuine(keyring, row)) return undefined
  return batchKeys.withDataKey('casework', row, (dataKey) =>
    openContent(dataKey, associatedDataOf('casework', row), row.body, caseworkParsers[row.kind]),
  )
}

/** One page of what staff wrote of one kind about a report, in the order of first writing. */
export function caseworkPage<Kind extends CaseworkKind>(
  work: Work,
  reportId: string,
  kind: Kind,
  paging: Paging,
): Promise<Page<CaseworkRow<Kind>>> {
  return keysetPage(
    work.keyring,
    `${kind} ${reportId}`,
    paging,
    (limit, after: CaseworkPosition | undefined) => pageOfCasework(work.query, reportId, kind, limit, after),
    ({ firstAt, id }) => ({ firstAt, id }),
  )
}
