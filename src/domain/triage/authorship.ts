import { createHmac } from 'node:crypto'
import { skeleton } from '../../auth/names.ts'
import { lengthPrefixed } from '../../crypto/lengthPrefixed.ts'
import type { SealedReportRow } from '../../storage/reports.ts'
import { withDataKey } from '../envelope/open.ts'
import type { Work } from '../envelope/work.ts'
import { fold, squeeze } from '../text/fold.ts'
import type { OpenStaffMessage } from './conversation.ts'

/**
 * Who counts as an author, so that nobody approves their own words under another's hand: whoever wrote any version of
 * the thing, of the thing that it was made from, or of another that says the same.
 */

/** Letters that nobody sees, such as Hangul fillers. */
const unseen = /\p{Default_Ignorable_Code_Point}/gu

/** A text's letters and digits: what is left of it when it is copied, whatever is done to its points and spaces. */
export function sameWords(text: string): string {
  const folded = fold(text.replace(unseen, ''))
  return squeeze(fold(skeleton(folded))) || folded
}

/**
 * Stands for a text among those of one report. Keyed by the report's own data key: equal texts of one report are seen
 * to be equal, nobody without that key can try texts, and nobody at all once the report is purged. Undefined where the report does
 * not open.
 */
export function likenessOf(work: Work, report: SealedReportRow, text: string): Promise<Buffer | undefined> {
  return withDataKey(work, 'report', report, (dataKey) => {
    const key = createHmac('sha256', dataKey).update('sotto/1/likeness').digest()
    return createHmac('sha256', key)
      .update(lengthPrefixed(report.id, sameWords(text)))
      .digest()
  })
}

export function everyOne(...authors: readonly (readonly string[])[]): string[] {
  return [...new Set(authors.flat())]
}

/**
 * The authors of every message to the reporter that says the same. What was sent ends with the standing words, so all
 * are compared as they would go out.
 */
export function authorsOfLikeMessages(
  text: string,
  written: readonly OpenStaffMessage[],
  goesOut: (text: string) => string,
): string[] {
  const words = sameWords(goesOut(text))
  return written
    .filter(
      (message) => words === sameWords(message.status === 'sent' ? message.text : goesOut(message.text)),
    )
    .flatMap(authorsOfMessage)
}

export function authorsOfMessage({ row, authors }: OpenStaffMessage): string[] {
  return everyOne([row.author], authors)
}
