import type { MailboxKeys } from '../../crypto/receipt.ts'
import type { MailboxRow } from '../../storage/mailbox.ts'

/** A mailbox opened with its receipt, for the length of one request. */
export interface OpenMailbox {
  row: MailboxRow
  keys: MailboxKeys
}
