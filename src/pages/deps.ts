import type { Peers } from '../concurrency/peers.ts'
import type { Challenges } from '../domain/challenge/challenges.ts'
import type { Client } from '../domain/challenge/queue.ts'
import type { Intake } from '../domain/intake/intake.ts'
import type { Taxonomies } from '../domain/intake/taxonomy.ts'
import type { Mailboxes } from '../domain/mailbox/mailbox.ts'
import type { ImageRoom } from '../plugins/imageBodies.ts'
import type { Site } from './site.ts'

/** What the pages call: the same as the calls of the API. */
export interface PagesDeps {
  site: Site
  /** How long a report is kept, if nobody says otherwise. */
  retentionDays: number
  intake: Intake
  mailboxes: Mailboxes
  challenges: Challenges
  /** Who waits in the queue, by the address of a request. */
  waitingClient: (address: string | undefined) => Client
  taxonomy: Taxonomies
  /** Shared with the API: photos that are being received. */
  images: ImageRoom
  /** Who else serves this port. */
  peers: Peers
  /** Whether this call was done before: the sealed answer that was kept for its key. */
  findStoredAnswer: (keyHash: Buffer) => Promise<Buffer | undefined>
}
