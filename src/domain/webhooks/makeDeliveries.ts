import type { Keyring } from '../../crypto/keyring.ts'
import { placeOfNow } from '../../storage/events.ts'
import type { Pool } from '../../storage/pool.ts'
import { deliverArrivals, deliverEvents, positions, takePosition } from '../../storage/webhookOutbox.ts'
import type { Work } from '../envelope/work.ts'
import { genuineWebhooks } from './sealedWebhook.ts'

const eventsAtOnce = 500

/**
 * Makes deliveries from the events that came since, each once for each webhook that wants it. Any number of instances
 * may: one at a time does it.
 */
export async function makeDeliveries(pool: Pool<'sotto_triage'>, keyring: Keyring, now: Date): Promise<void> {
  for (;;) {
    // A look that locks nothing, as mostly there is nothing.
    const { made, newest: upTo } = await positions(pool.query)
    if (made >= upTo) break
    const isOurs = await pool.transaction(async (query) => {
      const from = await takePosition(query, { wait: false })
      if (from === undefined) return false
      // Asked for after `upTo`: a webhook that came before one of these events is among them.
      const webhooks = await activeWebhooks({ query, keyring })
      await deliverEvents(query, webhooks, { made: from, upTo, limit: eventsAtOnce, now })
      return true
    })
    if (!isOurs) break
  }
  await deliverArrivals(pool.query, await activeWebhooks({ query: pool.query, keyring }), now)
}

/**
 * Makes what deliveries are due under the webhooks as they are, before one of them changes; tells the event after which
 * the change holds. Nobody else makes any to the end of the transaction.
 */
export async function makeDeliveriesBefore(work: Work, now: Date): Promise<number> {
  let made = (await takePosition(work.query, { wait: true })) ?? 0
  const webhooks = await activeWebhooks(work)
  const newest = await placeOfNow(work.query, now)
  while (webhooks.length > 0 && made < newest) {
    made = await deliverEvents(work.query, webhooks, { made, upTo: newest, limit: eventsAtOnce, now })
  }
  await deliverArrivals(work.query, webhooks, now)
  return newest
}

async function activeWebhooks(work: Work): Promise<string[]> {
  return (await genuineWebhooks(work)).filter((row) => row.active).map(({ id }) => id)
}
