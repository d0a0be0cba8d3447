import type { EventKind } from '../vocabulary/eventKinds.ts'
import { keysOf, type WithKeys } from './keysBeside.ts'
import type { Query } from './pool.ts'

/** A webhook, sealed and signed. */
export interface WebhookRow {
  id: string
  version: number
  active: boolean
  kinds: EventKind[] | null
  /** A bigint, as text. */
  since: string
  author: string
  sealedOn: string
  batchId: string
  wrappedKey: Buffer
  body: Buffer
  signature: Buffer
}

export type KeyedWebhookRow = WebhookRow & WithKeys

const columns = `w.id, w.version, w.active, w.kinds, w.since, w.author, w.sealed_on AS "sealedOn", w.batch_id AS "batchId",
  w.wrapped_key AS "wrappedKey", w.body, w.signature, keys.*`

/** Every row, at most 1,000. There are tens: more than that were put in by somebody else. */
export function listWebhooks(query: Query): Promise<KeyedWebhookRow[]> {
  return query<KeyedWebhookRow>({
    name: 'webhooks',
    text: `SELECT ${columns} FROM webhooks w ${keysOf('w')} ORDER BY w.id LIMIT 1000`,
    values: [],
  })
}

/** Lets nobody else add one, to the end of the transaction. */
export async function lockWebhooks(query: Query): Promise<void> {
  await query({ name: 'lock-webhooks', text: 'LOCK TABLE webhooks IN SHARE ROW EXCLUSIVE MODE', values: [] })
}

export async function findWebhook(query: Query, id: string): Promise<KeyedWebhookRow | undefined> {
  const rows = await query<KeyedWebhookRow>({
    name: 'webhook',
    text: `SELECT ${columns} FROM webhooks w ${keysOf('w')} WHERE w.id = $1`,
    values: [id],
  })
  return rows[0]
}

/** The same, kept from other changes to the end of the transaction. Deliveries to it are made meanwhile. */
export async function takeWebhook(query: Query, id: string): Promise<KeyedWebhookRow | undefined> {
  await query({
    name: 'take-webhook',
    text: 'SELECT FROM webhooks WHERE id = $1 FOR NO KEY UPDATE',
    values: [id],
  })
  return findWebhook(query, id)
}

export async function insertWebhook(query: Query, row: WebhookRow): Promise<void> {
  await query({
    name: 'insert-webhook',
    text: `INSERT INTO webhooks (id, version, active, kinds, since, author, sealed_on, batch_id, wrapped_key, body, signature)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    values: valuesOf(row),
  })
}

/** Replaces a webhook that was taken. The key of what was sealed before goes. */
export async function replaceWebhook(query: Query, before: WebhookRow, row: WebhookRow): Promise<void> {
  await query({
    name: 'replace-webhook',
    text: `UPDATE webhooks SET version = $2, active = $3, kinds = $4, since = $5, author = $6, sealed_on = $7,
                               batch_id = $8, wrapped_key = $9, body = $10, signature = $11,
                               not_before = NULL
            WHERE id = $1`,
    values: valuesOf(row),
  })
  await deleteBatch(query, before)
}

/** Sends nothing to a receiver before this time, which it asked for. */
export async function postpone(query: Query, id: string, notBefore: Date): Promise<void> {
  await query({
    name: 'postpone-webhook',
    text: 'UPDATE webhooks SET not_before = $2 WHERE id = $1 AND (not_before IS NULL OR not_before < $2)',
    values: [id, notBefore],
  })
}

/** Deletes a webhook with its deliveries and its key. */
export async function deleteWebhook(query: Query, row: WebhookRow): Promise<void> {
  await query({ name: 'delete-webhook', text: 'DELETE FROM webhooks WHERE id = $1', values: [row.id] })
  await deleteBatch(query, row)
}

async function deleteBatch(query: Query, { batchId }: WebhookRow): Promise<void> {
  await query({
    name: 'delete-webhook-keys',
    text: 'DELETE FROM batch_keys WHERE batch_id = $1',
    values: [batchId],
  })
}

function valuesOf(row: WebhookRow): unknown[] {
  return [
    row.id,
    row.version,
    row.active,
    row.kinds,
    row.since,
    row.author,
    row.sealedOn,
    row.batchId,
    row.wrappedKey,
    row.body,
    row.signature,
  ]
}
