import { createHmac, randomBytes } from 'node:crypto'

/** Signatures of Standard Webhooks (standardwebhooks.com, version 1): symmetric, HMAC-SHA256. */

const prefix = 'whsec_'
const secretBytes = 32

/** A new secret, as the receiver is given it. */
export function newWebhookSecret(): string {
  return prefix + randomBytes(secretBytes).toString('base64')
}

/** The three headers of one attempt, signed with every secret that is good now. */
export function signedHeaders(
  secrets: readonly string[],
  id: string,
  at: Date,
  body: string,
): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1_000))
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(prefix.length), 'base64')
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
  })
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  }
}
