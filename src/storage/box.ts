import type { SealedBatchKey } from '../crypto/seal.ts'
import type { StoredAnswer } from '../crypto/storedAnswer.ts'
import { booleanArray, byteaArray, smallintArray, textArray, uuidArray } from './binaryArray.ts'
import { type Pool, refusalOf } from './pool.ts'

/** A report as it goes into the box: what lists need, and ciphertext. */
export interface SealedReport {
  id: string
  category: string
  priority: number
  leadAgency: string
  supportAgencies: readonly string[]
  restricted: boolean
  wrappedKey: Buffer
  body: Buffer
}

/** The mailbox that a report comes with. */
export interface NewMailbox {
  id: string
  lookupId: Buffer
  sealingKey: Buffer
  signingKey: Buffer
  attachmentsAllowed: boolean
}

/** All that one commit puts into the box, of one day. */
export interface SealedBatch {
  day: string
  batchId: string
  batchKeys: readonly SealedBatchKey[]
  reports: readonly (SealedReport & { mailbox: NewMailbox })[]
  answers: readonly StoredAnswer[]
}

/** A list within a row goes as one delimited text: arrays of arrays would be flattened. No slug holds a comma. */
const parameters = Array.from({ length: 20 }, (_, index) => `$${index + 1}`).join(', ')
const putBatch = { name: 'put-batch', text: `SELECT put_batch(${parameters})` }
const putUnrepeated = {
  name: 'put-batch-unless-repeated',
  text: `SELECT put_batch_unless_repeated(${parameters}) AS repeated`,
}

/**
 * Stores one batch in one statement. Resolves after it is durable, or to those of its answers that are kept already: nothing
 * is stored then. Rejects with nothing stored, where the batch was sealed for another day than the database's too. Reports go in by their random ids, so that their places tell nothing of
 * who came first; stored answers by the hash of their keys, since two writers of the same keys in different orders would
 * deadlock.
 */
export async function insertBatch(
  pool: Pool<'sotto_intake'>,
  batch: SealedBatch,
): Promise<readonly StoredAnswer[]> {
  const reports = batch.reports.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const mailboxes = reports.map(({ mailbox }) => mailbox)
  const answers = inOrder(batch.answers)
  const [put] = await pool.query<{ repeated?: number[] | null }>({
    ...(answers.length === 0 ? putBatch : putUnrepeated),
    values: [
      batch.day,
      batch.batchId,
      ...keyArrays(batch.batchKeys),
      uuidArray(reports.map((report) => report.id)),
      textArray(reports.map((report) => report.category)),
      smallintArray(reports.map((report) => report.priority)),
      textArray(reports.map((report) => report.leadAgency)),
      textArray(reports.map((report) => report.supportAgencies.join(','))),
      booleanArray(reports.map((report) => report.restricted)),
      byteaArray(reports.map((report) => report.wrappedKey)),
      byteaArray(reports.map((report) => report.body)),
      uuidArray(mailboxes.map((mailbox) => mailbox.id)),
      byteaArray(mailboxes.map((mailbox) => mailbox.lookupId)),
      byteaArray(mailboxes.map((mailbox) => mailbox.sealingKey)),
      byteaArray(mailboxes.map((mailbox) => mailbox.signingKey)),
      booleanArray(mailboxes.map((mailbox) => mailbox.attachmentsAllowed)),
      ...arraysOf(answers),
    ],
  })
  return (put?.repeated ?? []).flatMap((place) => answers[place - 1] ?? [])
}

/** Kids, encapsulated keys and ciphertexts of a batch key. */
export function keyArrays(keys: readonly SealedBatchKey[]): unknown[] {
  return [
    textArray(keys.map(({ kid }) => kid)),
    byteaArray(keys.map(({ enc }) => enc)),
    byteaArray(keys.map(({ ciphertext }) => ciphertext)),
  ]
}

/** Hashes of keys, and what is kept under them. */
export function answerArrays(answers: readonly StoredAnswer[]): unknown[] {
  return arraysOf(inOrder(answers))
}

function inOrder(answers: readonly StoredAnswer[]): StoredAnswer[] {
  return answers.toSorted((a, b) => a.keyHash.compare(b.keyHash))
}

function arraysOf(answers: readonly StoredAnswer[]): unknown[] {
  return [byteaArray(answers.map(({ keyHash }) => keyHash)), byteaArray(answers.map(({ answer }) => answer))]
}

/** Whether the database refused what was sealed for another day than its own. */
export function isForAnotherDay(error: unknown): boolean {
  return refusalOf(error)?.state === 'SO001'
}

/** The UTC day by the database's clock, which decides. */
export async function databaseDay(pool: Pool<'sotto_intake' | 'sotto_partner'>): Promise<string> {
  const rows = await pool.query<{ day: string }>({
    name: 'database-day',
    text: 'SELECT day_now() AS day',
    values: [],
  })
  return rows[0]?.day ?? ''
}
