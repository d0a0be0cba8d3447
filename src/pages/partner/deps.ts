import type { CodeFlow } from '../../auth/codeFlow.ts'
import type { Login } from '../../auth/oidc.ts'
import type { StoredAnswer } from '../../crypto/storedAnswer.ts'
import type { Taxonomies } from '../../domain/intake/taxonomy.ts'
import type { Submissions } from '../../domain/submissions/submissions.ts'
import type { Authenticator } from '../../plugins/authentication.ts'
import type { ImageRoom } from '../../plugins/imageBodies.ts'
import type { Person } from '../../vocabulary/person.ts'
import type { Site } from '../site.ts'

/** How people sign in at an issuer. */
export interface Organisation {
  flow: CodeFlow
  /** Who signed in, by their access token; undefined where it opens nothing. */
  enter(token: string): Promise<Login | undefined>
  /** Who that is here now, until then at most; undefined once they were shut out. */
  personOf(login: Login, expires: Date): Promise<Person | undefined>
}

/** What partners' pages call: the same as the calls of the API. */
export interface PartnerPagesDeps {
  site: Site
  submissions: Submissions
  taxonomy: Taxonomies
  authenticator: Authenticator
  /** Absent where no issuer, or no client of it, is set. */
  organisation: Organisation | undefined
  /** Shared with the API: images that are being received. */
  images: ImageRoom
  /** What sessions are sealed under keys of, the newest first: every instance has them. */
  secrets: () => readonly Buffer[]
  findStoredAnswer: (keyHash: Buffer) => Promise<Buffer | undefined>
  /** Keeps an answer; `false` if there is one under its key. */
  storeAnswer: (kept: StoredAnswer) => Promise<boolean>
  clock: () => Date
}
