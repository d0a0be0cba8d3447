import type { FastifyRequest } from 'fastify'
import type { Challenges, Paid, TicketKind } from '../../domain/challenge/challenges.ts'
import type { Client } from '../../domain/challenge/queue.ts'
import { Fault } from '../../vocabulary/faults.ts'

export interface PayingDeps {
  challenges: Pick<Challenges, 'isWanted' | 'ticketFor' | 'secondsLeft'>
  /** Who waits in the queue, by the address of a request. */
  waitingClient: (address: string | undefined) => Client
}

/** What a page carries, so that what is sent from it is let in while many want in. */
export interface Carried {
  ticket: string | undefined
  /** Whether a script should solve a challenge on this page. */
  proof: boolean
}

/** What was sent with a form to be let in: by the script a solution, without one a ticket. */
export function paidWith(fields: URLSearchParams): Paid {
  const given = (name: string) => fields.get(name) || undefined
  return { solution: given('altcha'), ticket: given('ticket') }
}

/** What the next page carries: the ticket that came, while it is good, else a new one. */
export async function carriedOn(
  { challenges, waitingClient }: PayingDeps,
  kind: TicketKind,
  request: FastifyRequest,
  ticket: string | undefined,
): Promise<Carried> {
  const proof = challenges.isWanted(kind)
  try {
    return { ticket: await challenges.ticketFor(kind, waitingClient(request.ip), ticket), proof }
  } catch (error) {
    // A page is worth more than its ticket.
    if (error instanceof Fault) return { ticket: undefined, proof }
    throw error
  }
}

/** Whether a call was not let in for want of a solution or a ticket. */
export function isUnpaid(error: unknown): boolean {
  return error instanceof Fault && unpaid.includes(error.kind)
}

const unpaid: readonly string[] = ['challenge-required', 'challenge-failed', 'challenge-spent']

/** Seconds after which to press again. */
export async function secondsToWait(
  { challenges }: PayingDeps,
  kind: TicketKind,
  fault: Fault,
  ticket: string | undefined,
): Promise<number> {
  const left = ticket === undefined ? withoutPlace : ((await challenges.secondsLeft(kind, ticket)) ?? 0)
  return Math.max(left, fault.kind === 'challenge-required' ? (fault.retryAfter ?? 1) : 1)
}

/** Where somebody has had their places in the queue, one more comes free in a while. */
const withoutPlace = 60
