import { type BoxedRow, boxedContent } from '../../storage/boxedRows.ts'
import { associatedDataOf } from '../envelope/associatedData.ts'
import { openContent } from '../envelope/content.ts'
import type { SealedContent } from '../envelope/sealedReport.ts'
import { isFromReporter } from '../envelope/signing.ts'
import { isAsTold, readFacts } from '../mailbox/imageFacts.ts'
import { parseMessage } from '../mailbox/messageContent.ts'
import type { Move } from './move.ts'

/** Whether staff will be shown what lies here in a reporter's name: whose it is, and what it holds. One in memory at a time. */
export async function isReadable(
  { query, half, batchKeys }: Move,
  kind: 'messages' | 'attachments',
  { id, keys: [key, factsKey] }: BoxedRow,
  mailbox: SealedContent['mailbox'] | undefined,
): Promise<boolean> {
  const row = mailbox && (await boxedContent(query, half, kind, id))
  if (row === undefined || mailbox === undefined || key === undefined) return false
  const publicKey = Buffer.from(mailbox.signingKey, 'base64url')
  if (row.kind === 'messages') {
    if (!isFromReporter(publicKey, 'reporterMessage', row, mailbox.id, row.body, row.signature)) return false
    const content = await batchKeys.withDataKey('reporterMessage', { id, ...key }, (dataKey) =>
      openContent(dataKey, associatedDataOf('reporterMessage', row), row.body, parseMessage),
    )
    return content !== undefined
  }
  if (factsKey === undefined) return false
  if (!isFromReporter(publicKey, 'image', row, mailbox.id, row.body, row.signature)) return false
  const facts = await batchKeys.withDataKey('imageFacts', { id, ...factsKey }, (dataKey) =>
    openContent(dataKey, associatedDataOf('imageFacts', row), row.meta, (opened) =>
      readFacts(opened, publicKey, mailbox.id, row),
    ),
  )
  if (facts === undefined) return false
  const isShown = await batchKeys.withDataKey('image', { id, ...key }, (dataKey) =>
    openContent(dataKey, associatedDataOf('image', row), row.body, (image) => isAsTold(image, facts)),
  )
  return isShown === true
}
