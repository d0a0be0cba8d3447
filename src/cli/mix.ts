import { loadConfig } from '../config.ts'
import { hasPrivateKeys } from '../crypto/keyring.ts'
import { rollUpCollection } from '../domain/audit/collection.ts'
import { auditTrail } from '../domain/audit/trail.ts'
import { type Mixed, mixBox } from '../domain/mixing/mixBox.ts'
import { earlierClock } from '../domain/retention/steadiness.ts'
import { rematchSearches } from '../domain/search/rematch.ts'
import { forgetHours } from '../jobs/forget.ts'
import { acceptKeysOf } from '../start/acceptKeys.ts'
import { readGivenKeyring } from '../start/keyringSource.ts'
import { dayOf } from '../vocabulary/calendar.ts'
import { command, Refusal, UsageError } from './command.ts'
import { insistOnDatabase, withTriagePool } from './deployment.ts'

/** `sotto mix`: what triage does each night, now. */
export const mix = command({
  name: 'mix',
  about: 'Mix the reports of days that have ended, so that nothing stored tells their order or time.',
  more: `Triage does it each night, with more besides (docs/operating.md). By hand: before a dump, or where no triage service runs. With --include today it also takes
what came today, so that a dump made now keeps no order; the price: it divides today's reports into those before this
moment and those after it, for good, and intake waits meanwhile.`,
  parameters: { include: { value: 'today', about: 'what came today as well' } },
  example: 'sotto mix && pg_dump "$OWNER_URL"',
  async run({ include }) {
    if (include !== undefined && include !== 'today') throw new UsageError('mix: --include takes only: today')
    const config = loadConfig()
    insistOnDatabase(config)
    const keyring = await readGivenKeyring(config)
    if (!hasPrivateKeys(keyring))
      throw new Refusal('KEYRING_FILE holds public keys only: mix on the triage host')
    return withTriagePool(
      config,
      async (pool) => {
        await acceptKeysOf(keyring, pool)
        const includeToday = include === 'today'
        // A day has ended once both clocks say so.
        const now = await pool.transaction((query) => earlierClock(query, new Date()))
        const clock = () => now
        const outcome = await mixBox({ pool, keyring, clock }, { includeToday })
        if (outcome.state === 'busy') throw new Refusal('another instance is mixing: wait until it is done')
        const audit = auditTrail(pool, keyring, () => new Date())
        await rematchSearches({ pool, keyring, audit }, dayOf(clock()))
        await rollUpCollection(pool, audit, dayOf(clock()))
        await forgetHours(pool, dayOf(clock()))
        const { state: _state, ...json } = outcome
        return { text: textOf(outcome), note: noteOf(outcome), json }
      },
      3,
    )
  },
})

function textOf({ day, reports, messages, attachments }: Mixed): string {
  return `mixed, up to ${day}: ${reports} reports, ${messages} messages, ${attachments} images\n`
}

function noteOf({ unopened, unplaced, unreadable, differing, strange, emptied, logKept }: Mixed): string {
  const notes = [
    unopened > 0 && `${unopened} rows did not open: they were moved as they are, under their old batch keys.`,
    unplaced > 0 &&
      `${unplaced} rows met another of the same id: they are in unplaced_rows, and supervisors see them set aside.`,
    unreadable > 0 && `${unreadable} reports that have left the box cannot be read (docs/triage.md).`,
    differing > 0 &&
      `${differing} reports are not what intake said of them: the stricter holds (docs/mixing.md).`,
    strange > 0 &&
      `${strange} messages or images are of no reporter, or cannot be read: nobody is shown them.`,
    !emptied && 'The files of the box were not freed, since they are in use: mix again.',
    logKept.length > 0 &&
      `Not allowed: ${logKept.join(', ')}. The database keeps times or counts meanwhile (docs/mixing.md).`,
  ]
  return notes.map((note) => (note === false ? '' : `${note}\n`)).join('')
}
