import { readFileSync } from 'node:fs'
import { plainLine, plainText } from '../plainText.ts'
import type { Acceptance } from '../schemas/intake.ts'
import type { Report } from '../schemas/report.ts'
import { reasonOf } from '../start/reason.ts'
import { Refusal } from './command.ts'
import { fillDesk } from './demo/desk.ts'
import { openedReport } from './demo/openedReport.ts'
import { title } from './demo/page.ts'
import { demoPeople, isOwnFirstTry, tokensOfPeople } from './demo/people.ts'
import { reporterSees } from './demo/reporterSees.ts'
import { findService } from './demo/service.ts'
import { triageList } from './demo/triageList.ts'
import { table } from './table.ts'

/** `npm run demo`: sends the sample reports to the running service, and shows what each side sees. */

const samples = new URL('../../../fixtures/reports.json', import.meta.url)
const listedAtMost = 20

async function demonstrate(): Promise<void> {
  const service = findService()
  const reports: Report[] = JSON.parse(readFileSync(samples, 'utf8'))
  const { items: categories } = await service.categories()
  const nameOf = (slug: string) => categories.find((category) => category.slug === slug)?.name ?? slug

  say(title(`${reports.length} fictional reports, sent to ${service.base}`))
  const sent: { report: Report; acceptance: Acceptance }[] = []
  for (const report of reports) sent.push({ report, acceptance: await service.send(report) })
  say(
    table(
      ['', 'CATEGORY', 'RECEIPT'],
      sent.map(({ report, acceptance }, index) => [
        `${index + 1}`,
        nameOf(report.category),
        acceptance.receipt,
      ]),
    ),
  )

  const warned = sent.findIndex(({ acceptance }) => acceptance.warnings.length > 0)
  const shown = sent[Math.max(warned, 0)]
  if (shown !== undefined) {
    const { report, acceptance } = shown
    say(`\n${title(`What the reporter of number ${sent.indexOf(shown) + 1} sees`)}`)
    say(reporterSees(report, acceptance, await service.mailbox(acceptance.receipt)))
  }

  if (await service.hasPages()) {
    say(`The same in a browser, without a script: ${service.base}/ (mailbox: ${service.base}/mailbox)\n\n`)
  }

  if (await service.hasConsole()) {
    say(`Where staff work on them, in a browser: ${service.base}/console/\n\n`)
  }

  const list = await service.list(listedAtMost)
  say(title(list.nextCursor === undefined ? 'What staff see' : `What staff see: the first ${listedAtMost}`))
  say(triageList(list, nameOf))

  const first = list.items.find((item) => 'priority' in item)
  if (first !== undefined) {
    say(`\n${openedReport(await service.open(first.id), nameOf)}`)
    say('Opening it was recorded in the audit trail.\n')
  }

  if (isOwnFirstTry()) await fill(service.base)
}

/** A day's work of made-up people, so that whoever opens the console finds something. */
async function fill(base: string): Promise<void> {
  const tokens = await tokensOfPeople()
  await fillDesk(base, tokens)
  say(`\n${title('A day’s work was done with them')}`)
  say(
    table(
      ['WHO', 'ROLE', 'TOKEN, GOOD FOR A DAY'],
      demoPeople.map(([who, { name, role }]) => [name, role, tokens[who]]),
    ),
  )
  say(`\nSign in as any of them: ${base}/console/\n`)
}

function say(text: string): void {
  process.stdout.write(plainText(text))
}

try {
  await demonstrate()
} catch (error) {
  const reason = error instanceof Refusal ? error.message : reasonOf(error)
  process.stderr.write(`demo: ${plainLine(reason)}\n`)
  process.exitCode = 1
}
