import { randomUUID } from 'node:crypto'
import type { Keyring } from '../../crypto/keyring.ts'
import { SealedOutcome } from '../../schemas/sealed.ts'
import type { Outcome, OutcomeDraft } from '../../schemas/sharing.ts'
import { findBatchKeys } from '../../storage/batchKeys.ts'
import { insertOutcome, type OutcomeRow } from '../../storage/outcomes.ts'
import type { Query } from '../../storage/pool.ts'
import { dayOf } from '../../vocabulary/calendar.ts'
import type { Person } from '../../vocabulary/person.ts'
import { contentParser } from '../envelope/content.ts'
import { openSealed } from '../envelope/open.ts'
import { sealStored } from '../envelope/seal.ts'
import { isGenuine, signSealed } from '../envelope/signing.ts'

/** What came of a report. What counts for statistics stands in clear; words, amounts and references are sealed. */

export type OutcomeOf =
  | { reportId: string; disseminationId: null }
  | { reportId: null; disseminationId: string }

const parseOutcome = contentParser(SealedOutcome)

/** Stores one outcome, sealed to the organisation and signed. */
export async function recordOutcome(
  query: Query,
  keyring: Keyring,
  person: Person,
  of: OutcomeOf,
  draft: OutcomeDraft,
  now: Date,
): Promise<Outcome> {
  const id = randomUUID()
  const { type, on, agency, fourP, disruption, ...sealed } = draft
  const body: SealedOutcome = sealed
  const parts = await sealStored(query, keyring, 'outcome', { id, recordedAt: now }, body)
  const unsigned = {
    id,
    ...of,
    agency: agency ?? null,
    type,
    on,
    fourP: fourP ?? null,
    disruption: disruption ?? null,
    recordedAt: now,
    author: person.id,
    ...parts,
  }
  const signature = signSealed(keyring, 'outcome', statedOf(unsigned))
  await insertOutcome(query, { ...unsigned, signature })
  return { id, ...draft, recordedOn: dayOf(now) }
}

/** An outcome as it was recorded; undefined if it is not genuine, or does not open to one. */
export async function outcomeView(
  query: Query,
  keyring: Keyring,
  row: OutcomeRow,
  findKeys = findBatchKeys,
): Promise<Outcome | undefined> {
  if (!isGenuine(keyring, 'outcome', { ...statedOf(row), signature: row.signature })) return undefined
  const sealed = await openSealed(query, keyring, 'outcome', row, parseOutcome, findKeys)
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

function statedOf(row: Omit<OutcomeRow, 'signature'>) {
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
