import { askTogether } from '../../concurrency/askTogether.ts'
import type { StoredAnswer } from '../../crypto/storedAnswer.ts'
import type { Acceptance, DraftCheck } from '../../schemas/intake.ts'
import type { Report } from '../../schemas/report.ts'
import { insertBatch, isForAnotherDay } from '../../storage/box.ts'
import { configuredAgencies } from '../../storage/configuredAgencies.ts'
import { answeredBefore, storedAnswersKey } from '../../storage/idempotencyStore.ts'
import { type Pool, refusalOf } from '../../storage/pool.ts'
import { Fault } from '../../vocabulary/faults.ts'
import type { Language } from '../../vocabulary/languages.ts'
import { type Batch, beginBatch } from '../envelope/batch.ts'
import { dependsOnAgencies } from '../routing/routing.ts'
import { signpostsInLanguage } from '../signposts/inLanguage.ts'
import { signpostsFor } from '../signposts/signposts.ts'
import { isSoonRead, warningsInSlices } from '../text/warnings/inSlices.ts'
import { acceptanceOf, type IntakeSettings, prepareReport } from './accept.ts'
import { groupCommit } from './groupCommit.ts'
import type { IntakeKeys } from './intakeKeys.ts'
import { type Receipts, receiptsInline } from './receiptsAhead.ts'
import { refuseBroken } from './reportRules.ts'
import { joinBatch, type PendingReport } from './sealing.ts'
import { forTodayOf } from './today.ts'

export interface IntakeDeps {
  pool: Pool<'sotto_intake'>
  keys: IntakeKeys
  settings: IntakeSettings
  clock: () => Date
  receipts?: Receipts
}

export type Intake = ReturnType<typeof createIntake>

const batchAtMost = 256
const waitingAtMost = 4096
/** Milliseconds; the database gives up a statement after fifteen seconds, so this is when it hardly answers. */
const waitedAtMost = 12_000
const attemptsAtMost = 5
/** Milliseconds after which a batch key made ahead is sealed anew, lest its recipients have changed. */
const spareLivesFor = 30_000

/** The letter box: takes reports, seals them and makes them durable. It cannot read what it took. */
export function createIntake({ pool, keys, settings, clock, receipts = receiptsInline }: IntakeDeps) {
  const forToday = forTodayOf(pool, clock)
  let spare: { batch: Promise<Batch>; madeAt: number } | undefined

  /** The next batch's key is sealed while the last batch is under way. */
  function prepareSpare(): Promise<Batch> {
    const batch = keys.recipients().then((organisation) => beginBatch({ organisation }))
    const made = { batch, madeAt: clock().getTime() }
    // Whoever has taken it meets the error; one made ahead in vain must not fail a report once the fault has passed.
    batch.catch(() => {
      if (spare === made) spare = undefined
    })
    spare = made
    return batch
  }

  function takeBatchKey(): Promise<Batch> {
    const fresh = spare !== undefined && Math.abs(clock().getTime() - spare.madeAt) < spareLivesFor
    if (!fresh) dropSpare()
    const batch = spare === undefined ? prepareSpare() : spare.batch
    spare = undefined
    return batch
  }

  function dropSpare(): void {
    spare?.batch.then(
      ({ end }) => end(),
      () => undefined,
    )
    spare = undefined
  }

  async function commit(pending: PendingReport[], attempt = 1): Promise<ReadonlyMap<PendingReport, unknown>> {
    const batch = await takeBatchKey()
    const stored = insertBatch(pool, joinBatch(batch, pending))
    void prepareSpare()
    try {
      const repeated = await stored
      return repeated.length === 0 ? none : repeatsAmong(pending, repeated)
    } catch (error) {
      const state = refusalOf(error)?.state
      if (state === foreignKeyViolation) {
        keys.forget()
        dropSpare()
      }
      if (attempt < attemptsAtMost && state !== undefined && worthRepeating.includes(state)) {
        return commit(pending, attempt + 1)
      }
      throw foreseen(error)
    }
  }

  // One report in so many needs them: those that come together ask once.
  const agenciesOfNow = askTogether<string, ReadonlySet<string>>(async (asked) => {
    const agencies = await configuredAgencies(pool)
    return asked.map(() => agencies)
  }, waitingAtMost)

  // Apart, so that no number of drafts keeps a report waiting.
  const warningsOfReport = warningsInSlices()
  const warningsOfDraft = warningsInSlices()

  const commits = groupCommit<PendingReport>({
    commit,
    groupOf: ({ day }) => day,
    isOneItemsFault: (error) =>
      isRepeat(error) || (refusalOf(error) !== undefined && !isForAnotherDay(error)),
    itemsAtMost: batchAtMost,
    waitingAtMost,
    waitedAtMost,
  })

  return {
    /**
     * Takes one report. Resolves only once it is durable. `sealAnswer`, if given, makes from the answer what is
     * stored with the report for a repeat of the call; throws `repeated` if the call succeeded before.
     */
    async accept(
      report: Report,
      sealAnswer?: (acceptance: Acceptance) => StoredAnswer,
      language: Language = 'en',
    ): Promise<Acceptance> {
      refuseBroken(report)
      // A long text is read before, since it might be refused. The rest is worked out while the batch is under way.
      const warnings = isSoonRead(report) ? undefined : await warningsOfReport(report)
      const agencies = dependsOnAgencies(report) ? await agenciesOfNow('') : undefined
      return forToday(async (day) => {
        const { pending, receipt } = prepareReport(report, day, agencies, receipts.take())
        let made: Acceptance | undefined
        const acceptance = () => {
          made ??= acceptanceOf(report, receipt, day, settings, language, warnings)
          return made
        }
        try {
          await commits.add({ ...pending, answer: sealAnswer?.(acceptance()) }, acceptance)
        } finally {
          pending.dataKey.fill(0)
        }
        return acceptance()
      })
    },
    /** What would be said of a draft. Nothing is kept. */
    async check(report: Report, language: Language = 'en'): Promise<DraftCheck> {
      refuseBroken(report)
      const signposts = signpostsInLanguage(signpostsFor(settings.signposts, report), language)
      return { warnings: await warningsOfDraft(report), signposts }
    },
    /** Throws unless reports can be taken now. */
    async ready(): Promise<void> {
      keys.forget()
      await keys.recipients()
    },
    /** Other keys are in use from here on: forgets what was asked of the database, and what was sealed ahead. */
    takeNewKeys(): void {
      keys.forget()
      dropSpare()
    },
    /** Resolves once everything taken is settled. */
    idle: commits.idle,
    /** Wipes what was made ahead. Reports are taken all the same. */
    end: receipts.end,
  }
}

const foreignKeyViolation = '23503'
/** Deadlock, serialisation, and a key that is no longer accepted: the second try seals to another. */
const worthRepeating = ['40P01', '40001', foreignKeyViolation]

const none: ReadonlyMap<PendingReport, unknown> = new Map()

/** Those whose answers were kept before. */
function repeatsAmong(
  pending: readonly PendingReport[],
  repeated: readonly StoredAnswer[],
): ReadonlyMap<PendingReport, unknown> {
  const known = new Set(repeated)
  const repeats = pending.filter(({ answer }) => answer !== undefined && known.has(answer))
  return new Map(repeats.map((one) => [one, answeredBefore()]))
}

function foreseen(error: unknown): unknown {
  const refusal = refusalOf(error)
  if (refusal?.constraint === storedAnswersKey) return answeredBefore()
  if (refusal?.state === foreignKeyViolation) return new Fault('no-accepted-key')
  return error
}

function isRepeat(error: unknown): boolean {
  return error instanceof Fault && error.kind === 'repeated'
}
