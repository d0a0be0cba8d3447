import { firstUnmixed, overdueHours } from '../../domain/mixing/overdue.ts'
import { mixingFacts } from '../../storage/mixings.ts'
import { addDays, dayOf } from '../../vocabulary/calendar.ts'
import { breach, type Examination, type Finding, warning } from './finding.ts'

/** Whether each night's mixing came, and whether it could leave nothing behind. */
export const mixing: Examination = {
  name: 'mixing',
  doc: 'docs/mixing.md',
  async look({ triage, now }) {
    const facts = triage && (await mixingFacts(triage))
    if (facts === undefined) return []
    const findings: Finding[] = []
    const { oldestInBox, logKept, unopened, unplaced } = facts
    if (overdueHours(facts, now) > 0) {
      findings.push(
        breach(
          `the reports of ${firstUnmixed(facts)} are not mixed: the tables keep order and time of them`,
          'let triage run at night, or `sotto mix`; its log says what fails',
        ),
      )
    } else if (oldestInBox !== null && oldestInBox < addDays(dayOf(now), -1)) {
      findings.push(
        warning(
          `a report of ${oldestInBox} lies in the box still`,
          'let triage run at night, or `sotto mix`',
        ),
      )
    }
    for (const what of logKept) findings.push(breach(kept(what), grants))
    if (unopened > 0)
      findings.push(
        warning(
          `${unopened} rows did not open at a mixing, and keep their old keys`,
          'find out which keyring they were sealed to',
        ),
      )
    if (unplaced > 0)
      findings.push(
        warning(
          `${unplaced} rows met others of the same id: somebody wrote into the database`,
          'look at GET /v1/triage/reports/set-aside, and at who uses intake’s login',
        ),
      )
    return findings
  },
}

const grants = 'a superuser runs the GRANTs of deploy/postgres/logins.sql for sotto_log'

function kept(what: string): string {
  return what === 'counters'
    ? 'after the last mixing the statistics views kept counts (log_kept: counters)'
    : `after the last mixing the write-ahead log kept times (log_kept: ${what})`
}
