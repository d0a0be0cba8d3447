import { randomUUID } from 'node:crypto'
import { openOpaque, sealOpaque } from '../../crypto/opaque.ts'
import type { SpentChallenge } from '../../storage/challenges.ts'
import { Fault } from '../../vocabulary/faults.ts'
import { meter } from './pressure.ts'
import { type Client, type QueueSettings, ticketQueue } from './queue.ts'
import type { DaySecrets, daySecrets } from './secrets.ts'

export interface TicketDeps extends QueueSettings {
  /** What they are good for: those of one kind let nobody do another. */
  kind: string
  secrets: ReturnType<typeof daySecrets>
}

/** What a ticket says: from when on it is good, in milliseconds. Nobody but the service can read it. */
interface Ticket {
  id: string
  from: number
}

/** A ticket that opened, and of which day's secret it was made. */
interface Opened extends Ticket {
  secrets: DaySecrets
}

const livesFor = 2 * 60 * 60_000
/** Seconds after which to try again where the minute's share has gone. */
const untilNextShare = 20

/**
 * Waiting tickets: for whoever cannot run a proof of work. A ticket comes with the first page; typing is the wait. It is good
 * once, at any instance, from its turn on. Those who wait have a share of their own, which those who compute cannot take, and
 * which takes nothing from them.
 */
export function waitingTickets({ kind, secrets, ...settings }: TicketDeps) {
  const { perMinute, clock } = settings
  const label = `sotto/1/ticket/${kind}`
  const queue = ticketQueue(`places of ${kind}`, settings)
  const admitted = meter(clock)
  const secondsTo = (from: number) => Math.max(0, Math.ceil((from - clock().getTime()) / 1_000))

  async function opened(text: string): Promise<Opened | undefined> {
    return openedBy(await secrets.now(), text) ?? openedBy(await secrets.afterDoubt(), text)
  }

  function openedBy(days: readonly DaySecrets[], text: string): Opened | undefined {
    for (const day of days) {
      const ticket = openOpaque(day.ticket, label, text) as Ticket | undefined
      if (ticket !== undefined && clock().getTime() < ticket.from + livesFor)
        return { ...ticket, secrets: day }
    }
    return undefined
  }

  return {
    /** A new ticket; undefined where this client has had its places. Throws `storage-away`. */
    async issue(client: Client): Promise<string | undefined> {
      const [newest] = await secrets.now()
      if (newest === undefined) throw new Fault('storage-away')
      const from = queue.turnOf(client)
      return from === undefined
        ? undefined
        : sealOpaque(newest.ticket, label, { id: randomUUID(), from } satisfies Ticket)
    },
    /** Seconds until it is good; undefined where it is none or too old. */
    async secondsLeft(ticket: string): Promise<number | undefined> {
      const known = await opened(ticket)
      return known && secondsTo(known.from)
    },
    /** Gives back the share of one who was not let in after all. */
    giveBack: () => admitted.count(-1),
    /**
     * Takes its share of the minute, and tells what a ticket is known by. Throws `challenge-failed`, or `challenge-required`
     * before its turn.
     */
    async verify(ticket: string): Promise<SpentChallenge> {
      const known = await opened(ticket)
      if (known === undefined) throw new Fault('challenge-failed')
      const retryAfter = secondsTo(known.from)
      if (retryAfter > 0) throw new Fault('challenge-required', [], { retryAfter })
      if (admitted.perMinute() >= perMinute) {
        throw new Fault('challenge-required', [], { retryAfter: untilNextShare })
      }
      admitted.count()
      return { day: known.secrets.day, hash: known.secrets.hash('ticket', known.id) }
    },
  }
}
