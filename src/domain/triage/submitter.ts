import type { Item } from '../../schemas/casework.ts'
import type { Submitter } from '../../schemas/submissions.ts'
import { findAgency } from '../../storage/agencies.ts'
import { Fault, refusal } from '../../vocabulary/faults.ts'
import type { Origin } from '../../vocabulary/origins.ts'
import type { Person } from '../../vocabulary/person.ts'
import type { TriageDeps } from '../acts/begin.ts'
import { visibleReport } from '../acts/openReport.ts'
import { submitterOf } from '../acts/submission.ts'
import { consulted } from '../audit/deeds.ts'
import { type Act, transact } from '../calls/act.ts'
import type { Work } from '../envelope/work.ts'
import { type KnownSubmitter, namesOfSubmitter, tellsSubmitter } from '../text/lint/submitter.ts'

/** Opens who shared a report in, for one person and with their reason, and records it. Throws `not-found` where nobody did. */
export function openSubmitter(
  deps: TriageDeps,
  person: Person,
  reportId: string,
  reason: string,
): Promise<Submitter> {
  return transact(deps, person, async (act) => {
    await visibleReport(act, reportId)
    const submitter = await submitterOf(act, reportId)
    if (submitter === undefined) throw new Fault('not-found')
    await deps.audit.record(act, consulted(`report/${reportId}/submitter`), reason)
    const { contact = null } = submitter.source
    return { ...submitter, contact }
  })
}

/** What of an item goes out in words. */
type Words = Pick<Item, 'title' | 'text' | 'grade'>

interface Known {
  submitter: KnownSubmitter
  /** Whether they may on no account be told by what leaves triage. */
  isProtected: boolean
}

/** Who shared a report in, for the service to compare with; nobody is shown it. */
async function knownOf(work: Work, reportId: string): Promise<Known | undefined> {
  const submitter = await submitterOf(work, reportId)
  if (submitter === undefined) return undefined
  const { name, agency: slug, source } = submitter
  const agency = (await findAgency(work.query, slug))?.name ?? slug
  return { submitter: { name, agency, contact: source.contact ?? '' }, isProtected: source.protect }
}

/**
 * Where an item of this report gives away who shared it in. Nobody is shown who that is: the service compares, and says only
 * where. Nothing is said of items of what the public reported.
 */
export async function submitterLint(
  work: Work,
  reportId: string,
): Promise<(item: Words) => Pick<Item, 'warnings'>> {
  const known = await knownOf(work, reportId)
  return (item) => (known === undefined ? {} : { warnings: warningsOf(item, known.submitter) })
}

function warningsOf(item: Words, submitter: KnownSubmitter): NonNullable<Item['warnings']> {
  return wordsIn(item).flatMap(({ pointer, text }) =>
    namesOfSubmitter(text, submitter).map(({ start, end }) => ({
      code: 'names-submitter',
      pointer,
      start,
      end,
    })),
  )
}

function wordsIn({ title, text, grade: { conditions = [] } }: Words): { pointer: string; text: string }[] {
  return [
    { pointer: '/title', text: title },
    { pointer: '/text', text },
    ...conditions.flatMap(({ text: own }, index) =>
      own === undefined ? [] : [{ pointer: `/grade/conditions/${index}/text`, text: own }],
    ),
  ]
}

/**
 * Records that the service compared with who shared a report in what somebody wrote of it: its answer, whatever it is, tells
 * the writer something of who that is not, or may be. Nothing is recorded of what the public reported.
 */
export async function recordComparison(
  { audit }: Pick<TriageDeps, 'audit'>,
  act: Act,
  { id, origin }: { id: string; origin: Origin },
): Promise<void> {
  if (origin === 'partner') await audit.record(act, consulted(`report/${id}/submitter/compared`))
}

/**
 * Refuses to approve what may tell who shared a report in, where they must be protected: never what says it for certain;
 * what may be somebody else's name, unless the approver says why it tells nobody. The same where it cannot be read who that is.
 */
export async function refuseToApproveNaming(
  work: Work,
  { id, origin }: { id: string; origin: Origin },
  item: Words,
  reason: string | undefined,
): Promise<void> {
  const known = await knownOf(work, id)
  if (known === undefined && origin === 'partner' && reason === undefined)
    throw refusal(
      'not-in-this-state',
      'Who shared this in cannot be read, and may have to be protected: say in `reason` why these words tell nobody.',
    )
  if (known === undefined || !known.isProtected) return
  refuseCertain(
    known,
    wordsIn(item).map(({ text }) => text),
  )
  if (reason === undefined && warningsOf(item, known.submitter).length > 0)
    throw refusal(
      'not-in-this-state',
      'It may name who shared this in, who must be protected: see its warnings. Change it, or say in `reason` why these words tell nobody.',
    )
}

/**
 * Why something is not sent: it tells for certain who shared a report in, where they must be protected, on whatever way it came
 * so far. Undefined where it may go.
 */
export async function whyNotToSendNaming(
  work: Work,
  reportId: string,
  items: readonly Words[],
  purpose: string,
): Promise<Fault | undefined> {
  const known = await knownOf(work, reportId)
  if (known === undefined || !known.isProtected) return undefined
  return whyCertain(known, [...items.flatMap((item) => wordsIn(item).map(({ text }) => text)), purpose])
}

function refuseCertain(known: Known, texts: readonly string[]): void {
  const why = whyCertain(known, texts)
  if (why !== undefined) throw why
}

function whyCertain({ submitter }: Known, texts: readonly string[]): Fault | undefined {
  return texts.some((text) => tellsSubmitter(text, submitter))
    ? refusal(
        'not-in-this-state',
        'It says who shared this in or how to reach them, and they must be protected: write it without.',
      )
    : undefined
}
