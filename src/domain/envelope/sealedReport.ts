import type { Place } from '../../crypto/seal.ts'
import { SealedContent } from '../../schemas/sealed.ts'
import { contentParser } from './content.ts'

export type { SealedContent }

/** What a report was sealed as; undefined where it is no report. */
export const parseReport = contentParser(SealedContent)

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
