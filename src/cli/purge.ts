import { loadConfig } from '../config.ts'
import { hasPrivateKeys } from '../crypto/keyring.ts'
import { purge as purgeReports } from '../domain/retention/purge.ts'
import { auditTrail } from '../domain/staff/audit.ts'
import { command, Refusal, UsageError } from './command.ts'
import { withDeployment } from './deployment.ts'

/** `sotto purge`: what triage does each night, now. */
export const purge = command({
  name: 'purge',
  about: 'Destroy what is kept no longer: keys first, rows after.',
  more: `Triage does it each night. Kept are reports on legal hold, with known proceedings, or with a dissemination that waits
for its answer. With --only count nothing is destroyed. What it does not reach: dumps and WAL archives from before
(docs/retention.md).`,
  parameters: { only: { value: 'count', about: 'say what would go, and destroy nothing' } },
  example: 'sotto purge --only count',
  async run({ only }) {
    if (only !== undefined && only !== 'count') throw new UsageError('purge: --only takes only: count')
    const { retentionDays } = loadConfig()
    const dryRun = only === 'count'
    const purged = await withDeployment(({ pool, keyring }) => {
      if (!hasPrivateKeys(keyring)) {
        throw new Refusal('KEYRING_FILE holds public keys only: purge on the triage host')
      }
      const clock = () => new Date()
      const audit = auditTrail(pool, keyring, clock)
      return purgeReports(
        { pool, keyring, audit, clock, periods: { unassessedDays: retentionDays } },
        { dryRun },
      )
    })
    const { reports, mailboxes, kept } = purged
    const verb = dryRun ? 'would purge' : 'purged'
    return {
      text: `${verb} ${reports} reports and ${mailboxes} mailboxes; ${kept} kept for known proceedings\n`,
      json: { dryRun, ...purged },
    }
  },
})
