import type { FastifyReply, FastifyRequest } from 'fastify'
import { parseReceipt } from '../../crypto/receipt.ts'
import type { Paid } from '../../domain/challenge/challenges.ts'
import type { Acceptance, DraftCheck } from '../../schemas/intake.ts'
import { type Report, ReportDraft } from '../../schemas/report.ts'
import { categoryBySlug } from '../../vocabulary/categories/categories.ts'
import { Fault, type Violation } from '../../vocabulary/faults.ts'
import { languageCalled } from '../../vocabulary/languages.ts'
import type { PagesDeps } from '../deps.ts'
import { type Draft, fieldsWith, isBlank, isCategory, readDraft, reportOf, unsure } from '../fields/draft.ts'
import { errorsIn } from '../fields/errors.ts'
import { judgeBy } from '../fields/judge.ts'
import { fieldsOf } from '../frame/forms.ts'
import { type At, type Frame, fixedPage, hidden, inEachLanguage, sendPage } from '../frame/frame.ts'
import type { Handles } from '../frame/handles.ts'
import { isGoodKey, newPageKey } from '../frame/pageKey.ts'
import { carriedOn, isUnpaid, paidWith, secondsToWait } from '../frame/paying.ts'
import { categoriesIn } from '../texts/categories.ts'
import { checkView } from './checkView.ts'
import { formView } from './formView.ts'
import { keptSections } from './keptSections.ts'
import { sendingOnce } from './sendOnce.ts'

type Warnings = DraftCheck['warnings']

export const judge = judgeBy(ReportDraft)

/** What one request for a step of the form brings. */
interface Step {
  at: At
  request: FastifyRequest
  reply: FastifyReply
  draft: Draft
  key: string
  paid: Paid
}

interface More {
  broken?: readonly Violation[]
  add?: string | undefined
  /** The name of what is told at the top of the page. */
  notice?: string | undefined
  /** Seconds after which to press again. */
  seconds?: number
  status?: number
}

/** GET and POST /report, POST /report/send: choose, fill in, check, send. One address for all steps but the last. */
export function fillInReport(frame: Frame, deps: PagesDeps, open: Handles): void {
  const now = () => new Date()
  const shownSections = keptSections(frame)
  const sendOnce = sendingOnce({ ...deps, now: Date.now })
  const choosing = (language: string) => {
    const choices = categoriesIn(language, deps.taxonomy).map(({ slug, name, line }) => ({
      slug,
      name,
      line,
    }))
    return { choices, unsure }
  }

  fixedPage(frame, { path: '/report', template: 'report/choose.njk', about: choosing })

  inEachLanguage(frame, (at) => {
    frame.app.post(`${at.root}/report`, hidden, async (request, reply) => {
      const fields = fieldsOf(request)
      const step = stepOf(at, request, reply, fields)
      const wanted = fields.get('step') ?? (fields.has('narrative') && !fields.has('add') ? 'check' : 'form')
      if (wanted === 'choose' || !isCategory(step.draft)) return choose(step, wanted !== 'choose')
      if (wanted === 'check') return check(step)
      return form(step, { add: fields.get('add') ?? undefined })
    })
    frame.app.post(`${at.root}/report/send`, hidden, async (request, reply) =>
      send(stepOf(at, request, reply, fieldsOf(request))),
    )
  })

  function stepOf(at: At, request: FastifyRequest, reply: FastifyReply, fields: URLSearchParams): Step {
    const key = fields.get('key') ?? ''
    return { at, request, reply, draft: readDraft(fields), key, paid: paidWith(fields) }
  }

  /** What was typed goes along, and comes back whatever is chosen. */
  async function choose(
    { at, request, reply, draft, key, paid }: Step,
    isWrong: boolean,
  ): Promise<FastifyReply> {
    const { language } = at
    const typed = fieldsWith(draft)
    if (isWrong) reply.code(400)
    return sendPage(frame, reply, language, {
      template: 'report/choose.njk',
      length: isBlank(draft) ? 'plain' : 'typed',
      about: {
        ...choosing(language),
        isWrong,
        chosen: draft.category,
        typed,
        key: isGoodKey(key, now()) ? key : undefined,
        ticket: paid.ticket && (await carriedOn(deps, 'report', request, paid.ticket)).ticket,
      },
    })
  }

  /** What a page of the form needs of what was typed. */
  async function filled(
    { at, request, draft, key, paid }: Step,
    { broken = [], add, notice, seconds }: More,
  ) {
    const texts = frame.textsOf(at.language)
    const errors = errorsIn(texts, draft, broken)
    const category = categoriesIn(at.language, deps.taxonomy).find(({ slug }) => slug === draft.category)
    if (category === undefined) throw new Fault('bad-request')
    const isKept = isGoodKey(key, now())
    return {
      texts,
      filling: { draft, errors, category, add },
      about: {
        errors,
        category,
        notice,
        seconds,
        key: isKept ? key : newPageKey(now()),
        pay: await carriedOn(deps, 'report', request, paid.ticket),
      },
    }
  }

  async function form(step: Step, more: More): Promise<FastifyReply> {
    const { texts, filling, about } = await filled(step, more)
    if (more.status !== undefined) step.reply.code(more.status)
    const { language } = step.at
    const { narrative, sections } = formView(texts, filling)
    const shown = await shownSections(sections, { language, category: about.category.slug })
    return sendPage(frame, step.reply, language, {
      template: 'report/form.njk',
      length: isBlank(step.draft) ? 'plain' : 'typed',
      about: { ...about, narrative, sections: shown },
    })
  }

  async function check(step: Step, more: More = {}): Promise<FastifyReply> {
    const judged = judge(reportOf(step.draft))
    if ('broken' in judged) return form(step, { broken: judged.broken, status: 400 })
    let warnings: Warnings | undefined
    try {
      warnings = await warningsOf(judged.value, step.request)
    } catch (error) {
      if (error instanceof Fault && error.kind === 'validation')
        return form(step, { broken: error.violations, status: 400 })
      throw error
    }
    const { texts, filling, about } = await filled(step, more)
    if (more.status !== undefined) step.reply.code(more.status)
    return sendPage(frame, step.reply, step.at.language, {
      template: 'report/check.njk',
      length: 'typed',
      about: { ...about, ...checkView(texts, filling, warnings ?? []), unchecked: warnings === undefined },
    })
  }

  /** Undefined while so many drafts are checked that each would have to pay: then the page says that it was not looked at. */
  async function warningsOf(report: Report, request: FastifyRequest): Promise<Warnings | undefined> {
    const weight = Math.ceil(Number(request.headers['content-length'] ?? 1) / stepOfDrafts)
    const admission = await deps.challenges.admit('draft', {}, undefined, weight).catch(unlessUnpaid)
    if (admission === undefined) return undefined
    try {
      const { warnings } = await deps.intake.check(report)
      await admission.settle('done')
      return warnings
    } catch (error) {
      await admission.settle('not-done')
      throw error
    }
  }

  async function send(step: Step): Promise<FastifyReply> {
    if (!isCategory(step.draft)) return choose(step, true)
    const judged = judge(reportOf(step.draft))
    if ('broken' in judged) return form(step, { broken: judged.broken, status: 400 })
    // A page older than its key could have been sent before, and nobody would know.
    if (!isGoodKey(step.key, now())) return check(step, { notice: 'expired' })
    const sent = await sendOnce(judged.value, {
      key: step.key,
      paid: step.paid,
      language: languageCalled(step.at.language),
    }).catch(asFault)
    if (sent instanceof Fault) return comeBack(step, sent)
    return sendPage(frame, step.reply, step.at.language, {
      template: 'report/sent.njk',
      about: {
        how: sent.how,
        ...sent.acceptance,
        noticeLanguage: languageCalled(step.at.language),
        groups: sent.acceptance?.receipt.split('-'),
        handle: handleFor(sent.acceptance, judged.value),
      },
    })
  }

  /** Opens the mailbox from the page of the receipt, where photos are taken. */
  function handleFor(acceptance: Acceptance | undefined, { category }: Report): string | undefined {
    if (categoryBySlug(category)?.attachments !== true) return undefined
    const parsed = acceptance === undefined ? undefined : parseReceipt(acceptance.receipt)
    return parsed === undefined || 'fault' in parsed
      ? undefined
      : open.seal({ canonical: parsed.canonical, isKnown: true })
  }

  /** The page again, with all that was typed and what is in the way. */
  async function comeBack(step: Step, fault: Fault): Promise<FastifyReply> {
    if (fault.kind === 'validation') return form(step, { broken: fault.violations, status: 400 })
    if (isUnpaid(fault)) return wait(step, fault)
    const notice = passing[fault.kind]
    if (notice === undefined) throw fault
    if (fault.retryAfter !== undefined) step.reply.header('retry-after', String(fault.retryAfter))
    return check(step, { notice, status: 503 })
  }

  /** The page again, with all that was typed and when to press again. A ticket that was used or is too old is replaced. */
  async function wait(step: Step, fault: Fault): Promise<FastifyReply> {
    const given = fault.kind === 'challenge-required' ? step.paid.ticket : undefined
    const { ticket } = await carriedOn(deps, 'report', step.request, given)
    const seconds = await secondsToWait(deps, 'report', fault, ticket)
    step.reply.header('retry-after', String(seconds))
    return check({ ...step, paid: { ticket } }, { notice: 'proof', seconds, status: 403 })
  }
}

function asFault(error: unknown): Fault {
  if (error instanceof Fault) return error
  throw error
}

/** Bytes of a draft that count for one. */
const stepOfDrafts = 8_192

/** What passes: the page comes back with all that was typed, and says so. */
const passing: Partial<Record<Fault['kind'], string>> = {
  overloaded: 'busy',
  'storage-away': 'away',
  'storage-unsafe': 'away',
  'no-accepted-key': 'away',
}

function unlessUnpaid(error: unknown): undefined {
  if (isUnpaid(error)) return undefined
  throw error
}
