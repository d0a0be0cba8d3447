import { SealedContent } from '../../schemas/sealed.ts'
import { contentParser } from './content.ts'

export type { SealedContent }

/** What a report was sealed as; undefined where it is no report. */
export const parseReport = contentParser(SealedContent)

/** The mailbox of a sealed report, as somebody to seal to. */
export function mailboxRecipient({ id, sealingKey }: SealedContent['mailbox']) {
  return { kid: id, publicKey: Buffer.from(sealingKey, 'base64url') }
}
