import type { Challenges } from '../domain/challenge/challenges.ts'
import type { Intake } from '../domain/intake/intake.ts'
import type { Taxonomy } from '../domain/intake/taxonomy.ts'
import type { Mailboxes } from '../domain/mailbox/mailbox.ts'
import type { Site } from './site.ts'

/** What the pages call: the same as the calls of the API. */
export interface PagesDeps {
  site: Site
  intake: Intake
  mailboxes: Mailboxes
  challenges: Challenges
  taxonomy: Taxonomy
  /** Whether this call was done before: the sealed answer that was kept for its key. */
  findKeptAnswer: (keyHash: Buffer) => Promise<Buffer | undefined>
}
