import type { FastifyRequest } from 'fastify'
import { deriveMailboxKeys, type MailboxKeys, parseReceipt } from '../crypto/receipt.ts'
import type { Challenges } from '../domain/challenge/challenges.ts'
import type { Mailboxes } from '../domain/mailbox/mailbox.ts'
import type { OpenMailbox } from '../domain/mailbox/openMailbox.ts'
import type { Scope } from '../scope.ts'
import { Fault, invalid } from '../vocabulary/faults.ts'
import { headerText } from './headerText.ts'

declare module 'fastify' {
  interface FastifyRequest {
    receiptKeys: MailboxKeys | null
    mailbox: OpenMailbox | null
  }
}

/**
 * Lets only holders of a receipt into this scope. A wrong check tells of a slip of the pen; a well-formed
 * receipt that opens nothing is refused the same, and after the same work, whatever is wrong with it.
 * While receipts are being guessed, whether one opens anything is told only for a proof of work: the mailbox
 * is then looked up after the challenge. Must come after `askForChallenges`, whose hook runs first.
 */
export function askForReceipt(app: Scope, mailboxes: Mailboxes, challenges: Challenges): void {
  app.decorateRequest('receiptKeys', null)
  app.decorateRequest('mailbox', null)

  app.addHook('onRequest', async (request) => {
    const parsed = parseReceipt(receiptIn(request))
    if ('fault' in parsed) {
      throw invalid(
        'header:authorization',
        parsed.fault,
        'must be a receipt: seven groups of four, copied exactly',
      )
    }
    request.receiptKeys = deriveMailboxKeys(parsed.canonical)
    if (challenges.isWanted('mailbox')) return
    request.mailbox = await mailboxes.open(request.receiptKeys)
    if (request.mailbox === null) {
      challenges.countFailedMailboxTry()
      throw new Fault('unauthorized')
    }
  })

  app.addHook('preHandler', async (request) => {
    if (request.mailbox !== null) return
    request.mailbox = await mailboxes.open(receiptKeysOf(request))
    if (request.mailbox === null) throw new Fault('unauthorized')
  })
}

/** The mailbox behind a request that came with its receipt. */
export function mailboxOf(request: FastifyRequest): OpenMailbox {
  if (request.mailbox === null) throw new Fault('unauthorized')
  return request.mailbox
}

/** What the request's receipt opens. */
export function receiptKeysOf(request: FastifyRequest): MailboxKeys {
  if (request.receiptKeys === null) throw new Fault('unauthorized')
  return request.receiptKeys
}

/** A receipt may be pasted with spaces, quotes and dashes of any kind, which no other bearer token has. */
function receiptIn(request: FastifyRequest): string {
  const receipt = /^Bearer +(\S.*)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (receipt === undefined) throw new Fault('unauthorized')
  return headerText(receipt)
}
