import { noPeers, type Peers } from '../../concurrency/peers.ts'
import type { Challenge } from '../../schemas/challenge.ts'
import { type SpentChallenge, spendChallenge, unspendChallenge } from '../../storage/challenges.ts'
import type { Pool } from '../../storage/pool.ts'
import { Fault } from '../../vocabulary/faults.ts'
import { type Effort, harder, leastEffort } from './effort.ts'
import { failedAttempts } from './failedAttempts.ts'
import { pressureOf } from './pressure.ts'
import { checkProof, makeChallenge, readPayload } from './proof.ts'
import type { Client } from './queue.ts'
import { daySecrets } from './secrets.ts'
import { waitingTickets } from './tickets.ts'

export const challengeModes = ['off', 'adaptive', 'always'] as const
export type ChallengeMode = (typeof challengeModes)[number]

/** A report put in, a draft checked, or a mailbox called: what each counts is told in `createChallenges`. */
export type ChallengeKind = 'report' | 'draft' | 'mailbox'

/** What can be waited for: a draft is sent later, and waits then. */
export type TicketKind = Exclude<ChallengeKind, 'draft'>

/** What a call brings to be let in: a solved challenge, a ticket whose turn it is, or both; either will do. */
export interface Paid {
  solution?: string | undefined
  ticket?: string | undefined
}

/** How a call that was let in ended: it was done, the receipt it came with opened nothing, or it failed otherwise. */
export type Outcome = 'done' | 'unknown-receipt' | 'not-done'

/** Leave to make one call. */
export interface Admission {
  /**
   * Must be told how the call ended, before its answer goes: only `done` spends the solution. What it gives is to be
   * waited for, and never rejects; undefined where there is nothing to wait for.
   */
  settle(outcome: Outcome): Promise<void> | undefined
}

export interface ChallengeDeps {
  pool: Pool<'sotto_intake'>
  clock: () => Date
  mode: ChallengeMode
  /** Valid reports a minute, at this instance, from which on each needs a proof of work. */
  threshold: number
  /** The same for drafts, by their size in steps of 8 KiB. People check more often than they send. */
  draftThreshold?: number
  /** The same for receipts that open nothing. Honest ones are rare: the check characters catch what is mistyped. */
  mailboxThreshold?: number
  /** Reports a minute, at this instance, that are let in by waiting, beside those that come with a solution. */
  ticketsAMinute?: number
  /** Effort while all is calm. */
  effort?: Effort
  /** Who else serves this port: what presses one presses all. */
  peers?: Peers | undefined
}

export type Challenges = ReturnType<typeof createChallenges>

/**
 * Proof of work, asked for when many want in at once. It makes a flood cost whoever sends it, and shuts out nobody who
 * can compute for a moment. What presses is counted in this process and its peers, as numbers: nobody is told from another.
 */
export function createChallenges(deps: ChallengeDeps) {
  const {
    pool,
    clock,
    mode,
    threshold,
    draftThreshold = 4 * deps.threshold,
    mailboxThreshold = 30,
    ticketsAMinute = deps.threshold / 2,
    effort = leastEffort,
    peers = noPeers,
  } = deps
  const secrets = daySecrets(pool, clock)
  const ticketsOf = (kind: TicketKind, perMinute: number) =>
    waitingTickets({
      kind,
      secrets,
      clock,
      peers,
      perMinute: Math.max(1, Math.floor(perMinute / peers.count)),
    })
  const tickets = {
    report: ticketsOf('report', ticketsAMinute),
    mailbox: ticketsOf('mailbox', mailboxThreshold / 2),
  }
  const failed = failedAttempts()
  const pressure = {
    report: pressureOf(threshold, clock, peers, 'report'),
    draft: pressureOf(draftThreshold, clock, peers, 'draft'),
    mailbox: pressureOf(mailboxThreshold, clock, peers, 'mailbox'),
  } as const satisfies Record<ChallengeKind, unknown>

  /** Counts a valid report that was taken. */
  function countReport(): void {
    pressure.report.countServed()
  }

  /** Counts a receipt that opened nothing. */
  function countFailedMailboxTry(): void {
    pressure.mailbox.countWanted()
    pressure.mailbox.countServed()
  }

  /** Whether calls of this kind need a proof of work at this moment. */
  function isWanted(kind: ChallengeKind): boolean {
    // A draft is sent later, and pays then: to be checked it pays only where many are.
    if (mode === 'adaptive' || (kind === 'draft' && mode === 'always')) return pressure[kind].isHigh()
    return mode === 'always'
  }

  /** Tells what the solution is known by. Throws `challenge-failed` unless it is right, made here and in time. */
  async function verify(solution: string): Promise<SpentChallenge> {
    const payload = readPayload(solution)
    if (payload === undefined) throw new Fault('challenge-failed')
    const known = await checkProof(payload, await secrets.now(), clock())
    const proof = known ?? (await checkProof(payload, await secrets.afterDoubt(), clock()))
    if (proof === undefined) throw new Fault('challenge-failed')
    return proof
  }

  /** Spends a proof before it is used. The same call, come twice at once, passes twice: storage lets one of them win. */
  async function spend(proof: SpentChallenge, caller: Uint8Array | undefined): Promise<'first' | 'again'> {
    const day = (await secrets.now()).find((one) => one.day === proof.day)
    const spender = caller === undefined ? undefined : day?.hash('spender', caller)
    const spending = await spendChallenge(pool, proof, spender ?? null)
    if (spending === 'spent') throw new Fault('challenge-spent')
    if (spending === 'unknown') {
      secrets.forget()
      throw new Fault('challenge-failed')
    }
    return spending
  }

  async function giveBack(proof: SpentChallenge, outcome: Outcome): Promise<void> {
    if (outcome === 'unknown-receipt' && failed.isOneTooMany(proof.hash)) return
    // If it cannot be given back it stays spent: whoever solved it has to solve another.
    await unspendChallenge(pool, proof).catch(() => undefined)
  }

  function countEnd({ kind, weight, isByTicket }: Way, outcome: Outcome): void {
    // Who waited did not pay by computing, and so makes it no harder for those who do.
    if (isByTicket) return
    if (kind !== 'mailbox' && outcome === 'done') pressure[kind].countServed(weight)
    if (kind === 'mailbox' && outcome === 'unknown-receipt') countFailedMailboxTry()
  }

  function admission(way: Way, proof: SpentChallenge | undefined): Admission {
    return {
      settle(outcome) {
        countEnd(way, outcome)
        // A ticket is one try, whatever it opened.
        const isTried = way.isByTicket && outcome === 'unknown-receipt'
        const isSpent = proof === undefined || outcome === 'done' || isTried
        return isSpent ? undefined : giveBack(proof, outcome)
      },
    }
  }

  /** Spends what was brought: the solution, or where that is not good, the ticket. */
  async function pay(kind: ChallengeKind, { solution, ticket }: Paid, caller: Uint8Array | undefined) {
    try {
      if (solution === undefined) throw new Fault('challenge-required')
      const proof = await verify(solution)
      return { proof, spending: await spend(proof, caller), isByTicket: false }
    } catch (error) {
      const isUnpaid = error instanceof Fault && /^challenge-/.test(error.kind)
      if (ticket === undefined || kind === 'draft' || !isUnpaid) throw error
      return payByTicket(tickets[kind], ticket, caller)
    }
  }

  async function payByTicket(
    { verify, giveBack }: ReturnType<typeof waitingTickets>,
    ticket: string,
    caller: Uint8Array | undefined,
  ) {
    const proof = await verify(ticket)
    let spending: 'first' | 'again' | undefined
    try {
      spending = await spend(proof, caller)
      return { proof, spending, isByTicket: true }
    } finally {
      if (spending !== 'first') giveBack()
    }
  }

  /** The first half of `admit`: counts a call, and lets it in while no proof of work is wanted. */
  function admitFree(kind: ChallengeKind, weight: number): Admission | undefined {
    const wanted = isWanted(kind)
    if (kind !== 'mailbox') pressure[kind].countWanted(weight)
    return wanted ? undefined : admission({ kind, weight, isByTicket: false }, undefined)
  }

  /** The second half. */
  async function admitPaid(
    kind: ChallengeKind,
    paid: Paid,
    caller: Uint8Array | undefined,
    weight: number,
  ): Promise<Admission> {
    try {
      const { proof, spending, isByTicket } = await pay(kind, paid, caller)
      return admission({ kind, weight, isByTicket }, spending === 'first' ? proof : undefined)
    } catch (error) {
      if (kind === 'mailbox') pressure.mailbox.countWanted()
      throw error
    }
  }

  return {
    isWanted,
    countReport,
    countFailedMailboxTry,
    verify,
    /** A waiting ticket: the one given, while it is good, else a new one. None where the client has had its places. */
    async ticketFor(kind: TicketKind, client: Client, given?: string): Promise<string | undefined> {
      if (mode === 'off') return undefined
      const isGood = given !== undefined && (await tickets[kind].secondsLeft(given)) !== undefined
      return isGood ? given : tickets[kind].issue(client)
    },
    /** Seconds until a ticket's turn; undefined where it is none or too old. */
    secondsLeft: (kind: TicketKind, ticket: string) => tickets[kind].secondsLeft(ticket),
    /** A challenge, as hard as the present pressure asks. Throws `storage-away`. */
    async issue(): Promise<Challenge> {
      const [newest] = await secrets.now()
      if (newest === undefined) throw new Fault('storage-away')
      const doublings = Math.max(...Object.values(pressure).map(({ doublings }) => doublings()))
      return makeChallenge(newest, harder(effort, doublings), clock())
    },
    /**
     * Lets one valid call in. While a proof of work is wanted, throws `challenge-required` where nothing is brought or the
     * ticket's turn has not come, `challenge-failed` or `challenge-spent`; while none is, what is brought stays good.
     * `caller` is what makes two arrivals the same call, if anything does; `weight` says how many a draft counts for.
     */
    async admit(kind: ChallengeKind, paid: Paid, caller?: Uint8Array, weight = 1): Promise<Admission> {
      return admitFree(kind, weight) ?? admitPaid(kind, paid, caller, weight)
    },
    admitFree,
    admitPaid,
  }
}

/** How a call was let in. */
interface Way {
  kind: ChallengeKind
  weight: number
  isByTicket: boolean
}
