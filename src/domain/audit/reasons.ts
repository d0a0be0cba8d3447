import { randomUUID } from 'node:crypto'
import type { Keyring } from '../../crypto/keyring.ts'
import {
  newBatch,
  newDataKey,
  openBody,
  type Place,
  SealBroken,
  sealBody,
  wrapDataKey,
} from '../../crypto/seal.ts'
import type { SealedReason } from '../../storage/auditTrail.ts'
import { insertBatchKeys } from '../../storage/batchKeys.ts'
import type { Query } from '../../storage/pool.ts'
import { dayOf } from '../../vocabulary/calendar.ts'
import { Fault, isKeyAway } from '../../vocabulary/faults.ts'
import { dataKeyOf, organisationRecipient } from '../envelope/organisationKeys.ts'

/** Reasons in the audit trail are sealed, so that erasure reaches them: the trail itself only grows. */

const smallestReason = 1024

export async function sealReason(
  query: Query,
  keyring: Keyring,
  reason: string,
  at: Date,
): Promise<SealedReason> {
  const { batchId, batchKey, sealedKeys } = await newBatch([organisationRecipient(keyring)], 'organisation')
  const id = randomUUID()
  const dataKey = newDataKey()
  const body = sealBody(dataKey, placeOf(id, at), Buffer.from(reason), smallestReason)
  await insertBatchKeys(query, batchId, sealedKeys)
  return { id, batchId, wrappedKey: wrapDataKey(batchKey, batchId, 'audit-reason', id, dataKey), body }
}

/** The reason in words; undefined once its keys are destroyed, or if it was changed. */
export async function openReason(
  query: Query,
  keyring: Keyring,
  { id, batchId, wrappedKey, body }: SealedReason,
  at: Date,
): Promise<string | undefined> {
  try {
    const dataKey = await dataKeyOf(query, keyring, { batchId, wrappedKey }, 'audit-reason', id)
    return openBody(dataKey, placeOf(id, at), body).toString()
  } catch (error) {
    if (error instanceof SealBroken || (error instanceof Fault && isKeyAway(error))) return undefined
    throw error
  }
}

function placeOf(id: string, at: Date): Place {
  return {
    kind: 'audit-reason',
    column: 'reason_body',
    objectId: id,
    reportId: '',
    receivedOn: dayOf(at),
    version: 1,
    sender: 'staff',
  }
}
