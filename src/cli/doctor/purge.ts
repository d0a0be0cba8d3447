import { hasPrivateKeys } from '../../crypto/keyring.ts'
import { auditTrail } from '../../domain/audit/trail.ts'
import { purge as purgeReports } from '../../domain/retention/purge.ts'
import { nightWatch } from '../../storage/nightWatch.ts'
import { addDays, dayOf } from '../../vocabulary/calendar.ts'
import { periodsOf } from '../../vocabulary/periods.ts'
import { breach, type Examination, type Finding, warning } from './finding.ts'

/** Whether what is kept no longer goes. */
export const purge: Examination = {
  name: 'purge',
  doc: 'docs/retention.md',
  async look({ triage, keyring, config, now }) {
    if (triage === undefined || keyring === undefined || !hasPrivateKeys(keyring)) return []
    const findings: Finding[] = []
    const { lastNight } = await nightWatch(triage.query)
    if (lastNight !== null && lastNight < addDays(dayOf(now), -2)) {
      findings.push(
        breach(
          `the last nightly pass was on ${lastNight}: nothing is purged`,
          'let triage run at night; its log says what fails',
        ),
      )
    }
    const clock = () => now
    const deps = {
      pool: triage,
      keyring,
      audit: auditTrail(triage, keyring, clock),
      clock,
      periods: periodsOf(config),
    }
    const { reports, waiting } = await purgeReports(deps, { dryRun: true })
    const due = reports + waiting
    if (waiting > 0) {
      findings.push(
        warning(
          `${due} reports are due to be purged, more than go in one night`,
          '`sotto purge --dry-run`, and if the day is right `sotto purge --yes`',
        ),
      )
    }
    return findings
  },
}
