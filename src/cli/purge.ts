import { loadConfig } from '../config.ts'
import { hasPrivateKeys } from '../crypto/keyring.ts'
import { auditTrail } from '../domain/audit/trail.ts'
import { type Erased, eraseByLaw } from '../domain/retention/erasure.ts'
import { type Purged, purge as purgeReports } from '../domain/retention/purge.ts'
import { clockDoubt, type Doubt, noteNight } from '../domain/retention/steadiness.ts'
import { dayOf } from '../vocabulary/calendar.ts'
import { periodsOf } from '../vocabulary/periods.ts'
import { command, Refusal, UsageError } from './command.ts'
import { withDeployment } from './deployment.ts'

/** `sotto purge`: what triage does each night, now. */
export const purge = command({
  name: 'purge',
  about: 'Destroy what is kept no longer: keys first, rows after.',
  more: `Triage does it each night. Kept are reports on legal hold, with known proceedings, with a dissemination that waits for its
answer, with a change that waits for a second supervisor, or of which something was loosened in the last days
(PURGE_GRACE_DAYS). The oldest go first, at most 5 % of the reports a night (but 20), and none while a clock is in doubt: with
--yes all that is due goes, at once. What it does not reach: dumps and WAL archives from before (docs/retention.md).`,
  parameters: {
    'dry-run': { value: '', flag: true, about: 'say what would go, and destroy nothing' },
    yes: { value: '', flag: true, about: 'go on where a clock is in doubt, and beyond the share of a night' },
  },
  example: 'sotto purge --dry-run',
  async run({ 'dry-run': dryRun = false, yes: beyondShare = false }) {
    if (dryRun && beyondShare) throw new UsageError('purge takes one of --dry-run and --yes')
    const periods = periodsOf(loadConfig())
    const { erased, purged, doubt } = await withDeployment(async ({ pool, keyring }) => {
      if (!hasPrivateKeys(keyring)) {
        throw new Refusal('KEYRING_FILE holds public keys only: purge on the triage host')
      }
      const clock = () => new Date()
      const audit = auditTrail(pool, keyring, clock)
      const deps = { pool, keyring, audit, clock, periods }
      const erased = await eraseByLaw(deps, { dryRun })
      const doubt = await pool.transaction((query) => clockDoubt(query, clock()))
      if (doubt !== undefined && !dryRun && !beyondShare) {
        throw new Refusal(
          `${textOfDoubt(doubt)}: nothing was purged (${erased.reports} erased by law); if the day is right, --yes goes on`,
        )
      }
      if (doubt === undefined && !dryRun) await pool.transaction((query) => noteNight(query, dayOf(clock())))
      return { erased, purged: await purgeReports(deps, { dryRun, beyondShare }), doubt }
    })
    return {
      text: textOf(purged, dryRun),
      note: noteOf(erased, purged, dryRun ? doubt : undefined),
      json: { dryRun, erased, ...purged, ...(doubt === undefined ? {} : { doubt: doubt.why }) },
    }
  },
})

function textOf({ reports, mailboxes, kept }: Purged, dryRun: boolean): string {
  const verb = dryRun ? 'would purge' : 'purged'
  const reasons = Object.entries(kept).map(([why, count]) => `${count} (${why})`)
  return `${verb} ${reports} reports and ${mailboxes} mailboxes; kept ${reasons.join(', ') || 'none that is due'}\n`
}

function noteOf(erased: Erased, { waiting, grace }: Purged, doubt: Doubt | undefined): string {
  const notes = [
    doubt !== undefined && `${textOfDoubt(doubt)}: nothing goes without --yes.`,
    erased.reports > 0 && `${erased.reports} reports by law, besides.`,
    erased.held > 0 &&
      `${erased.held} erasures by law wait: the reports are on hold, or proceedings are known.`,
    waiting > 0 && `${waiting} more are due and wait for the nights to come; --yes takes them at once.`,
    ...Object.entries(grace)
      .sort()
      .map(([day, count]) => `${count} were loosened lately: not before ${day}.`),
  ]
  return notes.map((note) => (note === false ? '' : `${note}\n`)).join('')
}

function textOfDoubt(doubt: Doubt): string {
  return doubt.why === 'clocks-differ'
    ? 'the clocks of this host and of the database are more than an hour apart'
    : `the clock jumped by more than two days, and ${doubt.nightsLeft} more steady nights are awaited`
}
