import { storeWith } from '../../domain/calls/storeAnswer.ts'
import { contentParser } from '../../domain/envelope/content.ts'
import { shownOf } from '../../plugins/problems.ts'
import { ref } from '../../schemas/component.ts'
import { problemTypes } from '../../schemas/problem.ts'
import { SubmissionAccepted, type SubmissionCheck, SubmissionDraft } from '../../schemas/submissions.ts'
import { Fault, type Violation } from '../../vocabulary/faults.ts'
import { type Draft, fieldsWith, isCategory, readDraft, reportOf, unsure } from '../fields/draft.ts'
import { errorsIn, type FieldError } from '../fields/errors.ts'
import { fieldOf } from '../fields/fields.ts'
import { judgeBy } from '../fields/judge.ts'
import { type Frame, sendPage } from '../frame/frame.ts'
import { doOnce } from '../frame/once.ts'
import { isGoodKey, newPageKey } from '../frame/pageKey.ts'
import { checkView } from '../report/checkView.ts'
import { type Filling, formView } from '../report/formView.ts'
import { keptSections } from '../report/keptSections.ts'
import { categoriesIn } from '../texts/categories.ts'
import { type Texts, textAt } from '../texts/texts.ts'
import type { PartnerPagesDeps } from './deps.ts'
import type { Door, Visit } from './door.ts'
import { numberOf } from './number.ts'
import { ofSource } from './source.ts'

/** What `source` asks for already, in other words. */
const askedTwice = 'knowledge'

const judge = judgeBy(SubmissionDraft)
const parseAccepted = contentParser(ref(SubmissionAccepted))

interface Step {
  visit: Visit
  draft: Draft
  key: string
}

interface More {
  broken?: readonly Violation[]
  add?: string | undefined
  /** The name of what is told at the top of the page. */
  notice?: string
  status?: number
}

/** What passes: the page comes back with all that was typed, and says so. */
const passing: Partial<Record<Fault['kind'], string>> = {
  overloaded: 'busy',
  'storage-away': 'away',
  'storage-unsafe': 'away',
  'no-accepted-key': 'away',
  'key-missing': 'away',
}

/** POST /partner/report and /partner/report/send: choose, fill in, check, send; as the public's form, and from where it is known. */
export function shareIn(frame: Frame, deps: PartnerPagesDeps, door: Door): void {
  const { submissions, taxonomy, clock } = deps
  const shownSections = keptSections(frame)

  door.post('/report', 'submissions.write', async (visit) => {
    const { fields } = visit
    const step = stepOf(visit)
    const wanted = fields.get('step') ?? (fields.has('narrative') && !fields.has('add') ? 'check' : 'form')
    if (wanted === 'choose' || !isCategory(step.draft)) return choose(step, wanted !== 'choose')
    if (wanted === 'check') return check(step)
    return form(step, { add: fields.get('add') ?? undefined })
  })
  door.post('/report/send', 'submissions.write', async (visit) => send(stepOf(visit)))

  function stepOf(visit: Visit): Step {
    const key = visit.fields.get('key') ?? ''
    return {
      visit,
      draft: readDraft(visit.fields, ofSource),
      key: isGoodKey(key, clock()) ? key : '',
    }
  }

  async function choose({ visit, draft, key }: Step, isWrong: boolean) {
    const { at, reply, who } = visit
    const typed = fieldsWith(draft)
    if (isWrong) reply.code(400)
    return sendPage(frame, reply, at.language, {
      template: 'report/choose.njk',
      length: typed.length > 0 ? 'typed' : 'plain',
      about: {
        who,
        handle: who.handle,
        choices: categoriesIn(at.language, taxonomy),
        unsure,
        isWrong,
        chosen: draft.category,
        typed,
        key: key || undefined,
      },
    })
  }

  /** What a page of the form needs of what was typed. */
  function filled({ visit, draft, key }: Step, { broken = [], add, notice }: More) {
    const { at, who } = visit
    const texts = frame.textsOf(at.language)
    const errors = inOrder(errorsIn(texts, draft, broken))
    const category = categoriesIn(at.language, taxonomy).find(({ slug }) => slug === draft.category)
    if (category === undefined) throw new Fault('bad-request')
    const filling: Filling = { draft, errors, category, add }
    const about = { who, handle: who.handle, errors, category, notice, key: key || newPageKey(clock()) }
    return { texts, filling, about }
  }

  async function form(step: Step, more: More) {
    const { texts, filling, about } = filled(step, more)
    const { at, reply } = step.visit
    if (more.status !== undefined) reply.code(more.status)
    const { narrative, sections } = formView(texts, filling)
    const asked = sections.map((section) => ({
      ...section,
      fields: section.fields.filter(({ name }) => name !== askedTwice),
    }))
    const shown = await shownSections(asked, { language: at.language, category: about.category.slug })
    return sendPage(frame, reply, at.language, {
      template: 'partner/form.njk',
      length: fieldsWith(step.draft).length > 0 ? 'typed' : 'plain',
      about: { ...about, narrative, sections: shown, source: sourceFields(texts, filling) },
    })
  }

  async function check(step: Step, more: More = {}) {
    const judged = judge(submissionOf(step.draft))
    if ('broken' in judged) return form(step, { broken: judged.broken, status: 400 })
    const { at, reply, person } = step.visit
    let told: SubmissionCheck
    try {
      told = await submissions.check(person, judged.value)
    } catch (error) {
      if (error instanceof Fault && error.kind === 'validation')
        return form(step, { broken: error.violations, status: 400 })
      throw error
    }
    const { texts, filling, about } = filled(step, more)
    if (more.status !== undefined) reply.code(more.status)
    const { notice: standing, signposts, warnings } = told
    const heading = textAt(texts, 'partner.source.heading') ?? ''
    return sendPage(frame, reply, at.language, {
      template: 'partner/check.njk',
      length: 'typed',
      about: {
        ...about,
        ...checkView(texts, filling, warnings, { heading, fields: sourceFields(texts, filling) }),
        standing,
        signposts,
      },
    })
  }

  async function send(step: Step) {
    if (!isCategory(step.draft)) return choose(step, true)
    const judged = judge(submissionOf(step.draft))
    if ('broken' in judged) return form(step, { broken: judged.broken, status: 400 })
    // A page older than its key could have been sent before, and nobody would know.
    if (step.key === '') return check(step, { notice: 'expired' })
    const { at, reply, person, who } = step.visit
    const body = Buffer.from(JSON.stringify(judged.value))
    const sent = await doOnce(
      deps,
      { key: step.key, scope: `partnerPage submit ${person.id}`, body },
      parseAccepted,
      (seal) => submissions.submit(person, judged.value, storeWith(seal)),
    ).catch(asFault)
    if (sent instanceof Fault) return comeBack(step, sent)
    const about = {
      who,
      how: sent.how,
      ...('made' in sent ? { ...sent.made, number: numberOf(sent.made) } : {}),
    }
    return sendPage(frame, reply, at.language, { template: 'partner/sent.njk', about })
  }

  /** The page again, with all that was typed and what is in the way: as it stood, where not even its check can be done. */
  async function comeBack(step: Step, fault: Fault) {
    if (fault.kind === 'validation') return form(step, { broken: fault.violations, status: 400 })
    const notice = passing[fault.kind]
    if (notice === undefined) throw fault
    const { code, retryAfter = 1 } = shownOf(fault)
    const { status } = problemTypes[code]
    step.visit.reply.header('retry-after', String(retryAfter))
    try {
      return await check(step, { notice, status })
    } catch (error) {
      if (!(error instanceof Fault) || passing[error.kind] === undefined) throw error
      return form(step, { notice, status })
    }
  }

  function sourceFields(texts: Texts, { draft, errors }: Filling) {
    return ofSource.map((path) =>
      fieldOf(texts, { name: path, path, given: draft.answers.get(path) ?? [], errors }),
    )
  }
}

/** The draft as a submission: each place of `source` is told of that lacks, where none was filled in too. */
function submissionOf(draft: Draft): Record<string, unknown> {
  return { source: {}, ...reportOf(draft) }
}

/** As the fields stand on the page. */
function inOrder(errors: readonly FieldError[]): FieldError[] {
  const first = ['narrative', ...ofSource]
  const placeOf = ({ name }: FieldError) => (first.includes(name) ? first.indexOf(name) : first.length)
  return errors.toSorted((one, other) => placeOf(one) - placeOf(other))
}

function asFault(error: unknown): Fault {
  if (error instanceof Fault) return error
  throw error
}
