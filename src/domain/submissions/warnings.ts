import type { Report } from '../../schemas/report.ts'
import { type KnownSubmitter, namesOfSubmitter } from '../text/lint/submitter.ts'
import { freeTexts } from '../text/warnings/fields.ts'
import type { Warning } from '../text/warnings/find.ts'

const codes = { name: 'own-name', contact: 'own-contact' } as const

/** Where the text of a report names who submits it: that belongs into its source, which is sealed apart. */
export function warningsOfSubmitter(report: Report, submitter: KnownSubmitter): Warning[] {
  return freeTexts(report).flatMap(({ pointer, text }) =>
    namesOfSubmitter(text, submitter).map(({ what, start, end }) => ({
      code: codes[what],
      pointer,
      start,
      end,
    })),
  )
}
