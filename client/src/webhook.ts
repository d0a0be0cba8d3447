import { faultOf } from './errors.ts'

/** What a webhook tells: that something happened, and of what kind. Whoever may know more asks for the event. */
export interface WebhookMessage {
  /** The same at every try: pass over one that you have had. */
  id: string
  /** The kind of the event. */
  type: string
  timestamp: string
  /** The id of the event. */
  data: { id?: number }
}

export interface WebhookOptions {
  /** Seconds by which the clocks may differ, and a message be late. 300. */
  tolerance?: number
  now?: Date
}

type HeaderBag = Headers | Readonly<Record<string, string | readonly string[] | undefined>>

/**
 * Checks that a message comes from whoever holds the secret, is whole, and is not an old one sent again (Standard
 * Webhooks). `body` must be the bytes as they came, before any parser. Give both secrets while one is being changed.
 * Throws `webhook-refused`; answer 400 to that, and 2xx otherwise, before you work.
 */
export async function verifyWebhook(
  secrets: string | readonly string[],
  headers: HeaderBag,
  body: string | Uint8Array,
  { tolerance = 300, now = new Date() }: WebhookOptions = {},
): Promise<WebhookMessage> {
  const id = headerOf(headers, 'webhook-id')
  const timestamp = headerOf(headers, 'webhook-timestamp')
  if (!/^\d{1,12}$/.test(timestamp)) throw refused('webhook-timestamp is missing or no number')
  if (Math.abs(now.getTime() / 1_000 - Number(timestamp)) > tolerance) throw refused('the message is too old')

  const encoder = new TextEncoder()
  const bytes = typeof body === 'string' ? encoder.encode(body) : body
  const signed = joined(encoder.encode(`${id}.${timestamp}.`), bytes)
  const signatures = headerOf(headers, 'webhook-signature')
    .split(' ')
    .filter((one) => one.startsWith('v1,'))
    .flatMap((one) => bytesOf(one.slice('v1,'.length)) ?? [])
  for (const secret of typeof secrets === 'string' ? [secrets] : secrets) {
    const key = await keyOf(secret)
    for (const signature of signatures) {
      if (await crypto.subtle.verify('HMAC', key, signature, signed)) return messageOf(id, bytes)
    }
  }
  throw refused('no signature is by this secret')
}

function messageOf(id: string, bytes: Uint8Array): WebhookMessage {
  try {
    return { ...JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)), id }
  } catch {
    throw refused('the body is not JSON')
  }
}

function keyOf(secret: string) {
  const raw = bytesOf(secret.replace(/^whsec_/, ''))
  if (raw === undefined) throw new TypeError('a secret of a webhook is whsec_ and base64')
  return crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
}

function headerOf(headers: HeaderBag, name: string): string {
  const value = headers instanceof Headers ? headers.get(name) : headers[name]
  return (typeof value === 'string' ? value : value?.[0]) ?? ''
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(base64), (symbol) => symbol.charCodeAt(0))
  } catch {
    return undefined
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(first.length + second.length)
  all.set(first)
  all.set(second, first.length)
  return all
}

function refused(message: string) {
  return faultOf('webhook-refused', message)
}
