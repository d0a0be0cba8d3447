import type { StoredAnswer } from '../../crypto/storedAnswer.ts'
import type { Taxonomies } from '../../domain/intake/taxonomy.ts'
import type { Submissions } from '../../domain/submissions/submissions.ts'
import type { Authenticator } from '../../plugins/authentication.ts'
import type { ImageRoom } from '../../plugins/imageBodies.ts'
import type { Site } from '../site.ts'

/** What partners' pages call: the same as the calls of the API. */
export interface PartnerPagesDeps {
  site: Site
  submissions: Submissions
  taxonomy: Taxonomies
  authenticator: Authenticator
  /** Shared with the API: images that are being received. */
  images: ImageRoom
  /** What sessions are sealed under keys of, the newest first: every instance has them. */
  secrets: () => readonly Buffer[]
  findStoredAnswer: (keyHash: Buffer) => Promise<Buffer | undefined>
  /** Keeps an answer; `false` if there is one under its key. */
  storeAnswer: (kept: StoredAnswer) => Promise<boolean>
  clock: () => Date
}
