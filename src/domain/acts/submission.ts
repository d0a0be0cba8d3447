import { createHash } from 'node:crypto'
import { blindToken } from '../../crypto/blindIndex.ts'
import { activeKey, type Keyring } from '../../crypto/keyring.ts'
import { SealedSubmission, SealedSubmitter } from '../../schemas/sealed.ts'
import { type SubmissionRow, submissionOfReport, type WholeSubmissionRow } from '../../storage/submissions.ts'
import { contentParser } from '../envelope/content.ts'
import { openSealed } from '../envelope/open.ts'
import { sealStored } from '../envelope/seal.ts'
import { isGenuine, signSealed } from '../envelope/signing.ts'
import type { Work } from '../envelope/work.ts'

/** What lies under the seals of a submission, and whose it is. */

export const parseSubmission = contentParser(SealedSubmission)
const parseSubmitter = contentParser(SealedSubmitter)

/** A row before it is sealed. */
export type NewSubmission = Pick<
  WholeSubmissionRow,
  'id' | 'reportId' | 'agency' | 'owner' | 'shared' | 'submittedOn'
>

/** Seals who submitted something, and apart from that what leads to its report; signs both. */
export async function sealSubmission(
  work: Work,
  row: NewSubmission,
  content: Omit<SealedSubmission, 'reportId' | 'submitter'>,
  submitter: SealedSubmitter,
): Promise<WholeSubmissionRow> {
  const person = await sealStored(work, 'submitter', row, submitter)
  const inside = { ...content, reportId: row.reportId, submitter: hashOf(person.body) }
  const sealed = await sealStored(work, 'submission', row, inside satisfies SealedSubmission)
  return {
    ...row,
    ...sealed,
    signature: signSealed(work.keyring, 'submission', statedOf({ ...row, ...sealed })),
    submitterBatchId: person.batchId,
    submitterWrappedKey: person.wrappedKey,
    submitter: person.body,
  }
}

/** Whether the service itself made this row: who may see it goes by its columns. */
export function isGenuineSubmission(keyring: Keyring, row: SubmissionRow): boolean {
  return isGenuine(keyring, 'submission', { ...statedOf(row), signature: row.signature })
}

/** Who submitted a report, and from where they have it; undefined if nobody did, or it does not open or was changed. */
export async function submitterOf(work: Work, reportId: string): Promise<SealedSubmitter | undefined> {
  const row = await submissionOfReport(work.query, reportId)
  if (row === undefined || !isGenuineSubmission(work.keyring, row)) return undefined
  const inside = await openSealed(work, 'submission', row, parseSubmission)
  if (inside?.reportId !== reportId || inside.submitter !== hashOf(row.submitter)) return undefined
  const sealed = { batchId: row.submitterBatchId, wrappedKey: row.submitterWrappedKey, body: row.submitter }
  return openSealed(work, 'submitter', { ...row, ...sealed }, parseSubmitter)
}

/** By what a person's own submissions are found: as rows of now have it first, then as older ones may. */
export function ownersOf(keyring: Keyring, personId: string): [string, ...string[]] {
  const active = activeKey(keyring, 'token')
  const others = keyring.keys.filter(({ purpose, kid }) => purpose === 'token' && kid !== active.kid)
  const tokenOf = ({ secret = '' }: { secret?: string | undefined }) =>
    blindToken(Buffer.from(secret, 'base64url'), 'submission-owner', personId).toString('hex')
  return [tokenOf(active), ...others.map(tokenOf)]
}

function statedOf({
  id,
  agency,
  owner,
  shared,
  body,
}: Pick<SubmissionRow, 'id' | 'agency' | 'owner' | 'shared' | 'body'>) {
  return { id, version: 1, author: owner, decision: `${agency} ${shared ? 'shared' : 'own'}`, body }
}

function hashOf(body: Uint8Array): string {
  return createHash('sha256').update(body).digest('base64url')
}
