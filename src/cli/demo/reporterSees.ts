import type { Acceptance } from '../../schemas/intake.ts'
import type { Mailbox } from '../../schemas/mailbox.ts'
import type { Report } from '../../schemas/report.ts'
import { inWords, listed, section } from './page.ts'

/** What a good front end shows a reporter: before sending, at once after it, and later with the receipt. */
export function reporterSees(report: Report, acceptance: Acceptance, mailbox: Mailbox): string {
  const { receipt, warnings, signposts, notice } = acceptance
  const quoted = warnings.map(
    ({ code, pointer, start, end }) => `“${textAt(report, pointer).slice(start, end)}” (${inWords(code)})`,
  )
  return [
    section('Their own words', [report.narrative]),
    section('Words that may tell who they are', quoted),
    section('Receipt, shown once', [receipt]),
    section('Who else can help', signposts.map(inOneLine)),
    section('Notice', [notice]),
    section('Later, with the receipt', [
      `${inWords(mailbox.status)}, ${mailbox.messages.length === 0 ? 'no messages yet' : `${mailbox.messages.length} messages`}`,
    ]),
  ].join('')
}

function inOneLine({ label, phone, url, availability, reason }: Acceptance['signposts'][number]): string {
  return `${label}: ${listed(phone ?? undefined, url ?? undefined)}. ${reason} ${availability}`
}

/** The text that a JSON Pointer leads to. */
function textAt(report: Report, pointer: string): string {
  let value: unknown = report
  for (const step of pointer.split('/').slice(1)) {
    value = (value as Record<string, unknown> | undefined)?.[step.replaceAll('~1', '/').replaceAll('~0', '~')]
  }
  return typeof value === 'string' ? value : ''
}
