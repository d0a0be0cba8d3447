import type { FastifyRequest } from 'fastify'
import { Fault } from '../../vocabulary/faults.ts'

/**
 * Where a browser says that another site had it send this form, nothing is done: nobody writes into a mailbox that
 * is another's, sends under a key that another knows, or is signed in as somebody else. An older one says it by `Origin`
 * alone, which is `null` for these pages' own forms: they tell no referrer.
 */
export function refuseElsewhere({ headers, host }: FastifyRequest): void {
  const site = headers['sec-fetch-site']
  const isElsewhere =
    site === undefined ? isOfAnother(headers.origin, host) : site === 'cross-site' || site === 'same-site'
  if (isElsewhere) throw new Fault('bad-request')
}

function isOfAnother(origin: string | undefined, host: string): boolean {
  if (origin === undefined || origin === 'null') return false
  return !URL.canParse(origin) || new URL(origin).host !== host.toLowerCase()
}
