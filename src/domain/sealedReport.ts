import type { Place } from '../crypto/seal.ts'
import type { Report } from '../schemas/report.ts'
import type { Proposal } from './routing.ts'

/** What is sealed of a report, as JSON. The format that triage opens: add to it, never change it. */
export interface SealedContent {
  report: Report
  proposals: readonly Proposal[]
  /** Compared with the mailbox row before a message is sealed, so that a re-pointed row misdirects nothing. */
  mailbox: { id: string; sealingKey: string; signingKey: string }
}

/** Report bodies are padded to powers of two from here, in bytes. */
export const smallestReport = 1024

/** Where a report's body belongs, in the box and out of it. */
export function placeOfReport(id: string, receivedOn: string): Place {
  return {
    kind: 'report',
    column: 'body',
    objectId: id,
    reportId: id,
    receivedOn,
    version: 1,
    sender: 'reporter',
  }
}
