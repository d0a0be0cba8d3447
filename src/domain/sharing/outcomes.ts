import { createHash, randomUUID } from 'node:crypto'
import type { Keyring } from '../../crypto/keyring.ts'
import { newBatch, newDataKey, type Place, sealBody, wrapDataKey } from '../../crypto/seal.ts'
import type { Statement } from '../../crypto/sign.ts'
import { SealedOutcome } from '../../schemas/sealed.ts'
import type { Outcome, OutcomeDraft } from '../../schemas/sharing.ts'
import { findBatchKeys, insertBatchKeys } from '../../storage/batchKeys.ts'
import { insertOutcome, type OutcomeRow } from '../../storage/outcomes.ts'
import type { Query } from '../../storage/pool.ts'
import { dayOf } from '../../vocabulary/calendar.ts'
import type { Person } from '../../vocabulary/person.ts'
import { contentParser } from '../envelope/content.ts'
import { openSealed, organisationRecipient } from '../envelope/organisationKeys.ts'
import { isSigned, signed } from '../envelope/signing.ts'

/** What came of a report. What counts for statistics stands in clear; words, amounts and references are sealed. */

export type OutcomeOf =
  | { reportId: string; disseminationId: null }
  | { reportId: null; disseminationId: string }

const parseOutcome = contentParser(SealedOutcome)

const smallest = 1024

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
  const { batchId, batchKey, sealedKeys } = await newBatch([organisationRecipient(keyring)], 'organisation')
  const dataKey = newDataKey()
  const body = sealBody(
    dataKey,
    placeOf(id, now),
    Buffer.from(JSON.stringify(sealed satisfies SealedOutcome)),
    smallest,
  )
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
    batchId,
    wrappedKey: wrapDataKey(batchKey, batchId, 'outcome', id, dataKey),
    body,
  }
  await insertBatchKeys(query, batchId, sealedKeys)
  const signature = signed(keyring, statementOf(unsigned))
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
  if (!isGenuine(keyring, row)) return undefined
  const sealed = await openSealed(
    query,
    keyring,
    placeOf(row.id, row.recordedAt),
    row,
    parseOutcome,
    findKeys,
  )
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

function isGenuine(keyring: Keyring, row: OutcomeRow): boolean {
  return isSigned(keyring, statementOf(row), row.signature)
}

function statementOf(row: Omit<OutcomeRow, 'signature'>): Statement {
  const { id, reportId, disseminationId, author, type, on, agency, fourP, disruption, body } = row
  return {
    kind: 'outcome',
    id,
    reportId: reportId ?? disseminationId ?? '',
    version: 1,
    author,
    decision: [type, on, agency ?? '', fourP ?? '', disruption ?? ''].join(' '),
    hash: createHash('sha256').update(body).digest(),
  }
}

function placeOf(id: string, at: Date): Place {
  return {
    kind: 'outcome',
    column: 'body',
    objectId: id,
    reportId: '',
    receivedOn: dayOf(at),
    version: 1,
    sender: 'staff',
  }
}
