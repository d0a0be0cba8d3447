import { randomUUID } from 'node:crypto'
import { SealedOutcome } from '../../schemas/sealed.ts'
import type { Outcome, OutcomeDraft } from '../../schemas/sharing.ts'
import { findBatchKeys } from '../../storage/batchKeys.ts'
import { insertOutcome, type OutcomeRow } from '../../storage/outcomes.ts'
import { dayOf } from '../../vocabulary/calendar.ts'
import type { Act } from '../calls/act.ts'
import { contentParser } from '../envelope/content.ts'
import { openSealed } from '../envelope/open.ts'
import { sealStored } from '../envelope/seal.ts'
import { isGenuine, signSealed } from '../envelope/signing.ts'
import type { Work } from '../envelope/work.ts'

/** What came of a report. What counts for statistics stands in clear; words, amounts and references are sealed. */

export type OutcomeOf =
  | { reportId: string; disseminationId: null }
  | { reportId: null; disseminationId: string }

const parseOutcome = contentParser(SealedOutcome)

/** Stores one outcome, sealed to the organisation and signed. */
export async function recordOutcome(
  act: Act,
  of: OutcomeOf,
  draft: OutcomeDraft,
  now: Date,
): Promise<Outcome> {
  const id = randomUUID()
  const { type, on, agency, fourP, disruption, ...sealed } = draft
  const body: SealedOutcome = sealed
  const parts = await sealStored(act, 'outcome', { id, recordedAt: now }, body)
  const unsigned = {
    id,
    ...of,
    agency: agency ?? null,
    type,
    on,
    fourP: fourP ?? null,
    disruption: disruption ?? null,
    recordedAt: now,
    author: act.person.id,
    ...parts,
  }
  const signature = signSealed(act.keyring, 'outcome', statedOfOutcome(unsigned))
  await insertOutcome(act.query, { ...unsigned, signature })
  return { id, ...draft, recordedOn: dayOf(now) }
}

/** An outcome as it was recorded; undefined if it is not genuine, or does not open to one. */
export async function outcomeView(
  work: Work,
  row: OutcomeRow,
  findKeys = findBatchKeys,
): Promise<Outcome | undefined> {
  if (!isGenuine(work.keyring, 'outcome', { ...statedOfOutcome(row), signature: row.signature }))
    return undefined
  const sealed = await openSealed(work, 'outcome', row, parseOutcome, findKeys)
  if (sealed === undefined) return undefined
  const { id, type, on, agency, fourP, disruption, recordedAt } = row
  return {
    id,
    type: type as Outcome['type'],
    on,
    ...(agency === null ? {} : { agency }),
    ...(fourP === null ? {} : { fourP: fourP as NonNullable<Outcome['fourP']> }),
    ...(disruption === null ? {} : { disruption: disruption as NonNullable<Outcome['disruption']> }),
    ...sealed,
    recordedOn: dayOf(recordedAt),
  }
}

export function statedOfOutcome(row: Omit<OutcomeRow, 'signature'>) {
  const { id, reportId, disseminationId, author, type, on, agency, fourP, disruption, body } = row
  return {
    id,
    reportId: reportId ?? disseminationId ?? '',
    version: 1,
    author,
    decision: [type, on, agency ?? '', fourP ?? '', disruption ?? ''].join(' '),
    body,
  }
}
