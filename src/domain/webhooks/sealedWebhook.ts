import type { Keyring } from '../../crypto/keyring.ts'
import { SealedWebhook } from '../../schemas/sealed.ts'
import { sealedKeysOf } from '../../storage/keysBeside.ts'
import { type KeyedWebhookRow, listWebhooks, type WebhookRow } from '../../storage/webhooks.ts'
import { dayOf } from '../../vocabulary/calendar.ts'
import type { EventKind } from '../../vocabulary/eventKinds.ts'
import { contentParser } from '../envelope/content.ts'
import { openSealed } from '../envelope/open.ts'
import { sealStored } from '../envelope/seal.ts'
import { isGenuine, signSealed } from '../envelope/signing.ts'
import type { Work } from '../envelope/work.ts'

/** A webhook as it is known inside. */
export interface Webhook {
  id: string
  version: number
  active: boolean
  /** Null: all. */
  kinds: EventKind[] | null
  since: number
  author: string
  url: string
  secret: string
  /** The secret before the last rotation, which signs beside it until then. */
  previous?: { secret: string; until: string } | undefined
}

const parseWebhook = contentParser(SealedWebhook)

/** Seals and signs one state of a webhook, as the row to store. Its batch key is stored already. */
export async function sealWebhook(
  work: Work,
  { url, secret, previous, ...clear }: Webhook,
  now: Date,
): Promise<WebhookRow> {
  const sealedOn = dayOf(now)
  const content = { url, secret, previous }
  const sealed = await sealStored(work, 'webhook', { ...clear, sealedOn }, content)
  const row = { ...clear, since: String(clear.since), sealedOn, ...sealed }
  return { ...row, signature: signSealed(work.keyring, 'webhook', statedOf(row)) }
}

/** Opens what `sealWebhook` sealed; undefined if it does not open, or holds anything else. Only for genuine rows. */
export async function openWebhook(work: Work, row: KeyedWebhookRow): Promise<Webhook | undefined> {
  const sealed = await openSealed(work, 'webhook', row, parseWebhook, async () => sealedKeysOf(row))
  if (sealed === undefined) return undefined
  const { id, version, active, kinds, since, author } = row
  return { id, version, active, kinds, since: Number(since), author, ...sealed }
}

/** Whether the service itself wrote this row. Nothing is sent for one that it did not. */
export function isGenuineWebhook(keyring: Keyring, row: WebhookRow): boolean {
  return isGenuine(keyring, 'webhook', { ...statedOf(row), signature: row.signature })
}

/** Every webhook that the service itself wrote. */
export async function genuineWebhooks(work: Work): Promise<KeyedWebhookRow[]> {
  return (await listWebhooks(work.query)).filter((row) => isGenuineWebhook(work.keyring, row))
}

/** Secrets that sign now, the newest first. */
export function secretsOf({ secret, previous }: Webhook, now: Date): string[] {
  return previous !== undefined && new Date(previous.until) > now ? [secret, previous.secret] : [secret]
}

/** The batch is not in it: what is kept longer moves to another (`keys rewrap`). */
function statedOf(row: Omit<WebhookRow, 'signature'>) {
  const { id, version, author, active, kinds, since, sealedOn, body } = row
  return { id, version, author, decision: JSON.stringify([active, kinds, since, sealedOn]), body }
}
