import { contentParser } from '../../domain/envelope/content.ts'
import { ref } from '../../schemas/component.ts'
import { MailboxAttachment, MailboxMessage, MessageDraft } from '../../schemas/mailbox.ts'
import type { OpenedSubmission } from '../../schemas/submissions.ts'
import { Fault } from '../../vocabulary/faults.ts'
import { type Frame, sendPage } from '../frame/frame.ts'
import { doOnce, type SealAnswer } from '../frame/once.ts'
import { mailboxView } from '../mailbox/mailboxView.ts'
import { judgeBy } from '../report/judge.ts'
import { isGoodKey, newPageKey } from '../report/pageKey.ts'
import { categoriesIn } from '../texts/categories.ts'
import type { PartnerPagesDeps } from './deps.ts'
import type { Door, Visit } from './door.ts'

/** What an open submission shows beyond what lies in it. */
interface Shown {
  told?: string
  error?: { field: 'text' | 'image'; name: string }
  typed?: string
  /** Whether it is asked once more before it is taken back. */
  isTakingBack?: boolean
}

const judge = judgeBy(MessageDraft)
const parseMessage = contentParser(ref(MailboxMessage))
const parseAttachment = contentParser(ref(MailboxAttachment))
const shapeOfId = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i
const onePage = 20

/** What goes wrong with an answer or an image, by the name of the words for it. */
const named: Partial<Record<Fault['kind'], string>> = {
  'attachments-refused': 'no-images',
  'limit-reached': 'full',
  overloaded: 'busy',
  gone: 'ended',
  unauthorized: 'ended',
}

function nameOfFault(error: unknown): string | undefined {
  if (!(error instanceof Fault)) return undefined
  const { kind, violations } = error
  return kind === 'image-unreadable' ? `image-${violations[0]?.code}` : named[kind]
}

/** POST /partner/, /partner/submission and …/change: what one shared in, what triage asks about it, answers, images, taking it back. */
export function followUp(frame: Frame, deps: PartnerPagesDeps, door: Door): void {
  const { submissions, taxonomy, clock } = deps

  door.post('/', 'submissions.read', (visit) => list(visit, {}))
  door.post('/submission', 'submissions.read', (visit) => show(visit, {}))
  door.post('/submission/change', 'submissions.write', async (visit) => {
    const acts: Record<string, (visit: Visit) => Promise<ReturnType<typeof show>>> = {
      reply,
      image,
      'take-back': (one) => show(one, { isTakingBack: true }),
      'take-back-now': takeBack,
    }
    const name = visit.fields.get('act') ?? ''
    return Object.hasOwn(acts, name) ? (acts[name]?.(visit) ?? show(visit, {})) : show(visit, {})
  })

  async function list({ at, reply, person, who, fields }: Visit, { told }: { told?: string }) {
    const cursor = fields.get('cursor') || undefined
    const { items, nextCursor } = await submissions.list(person, { limit: onePage, cursor })
    return sendPage(frame, reply, at.language, {
      template: 'partner/list.njk',
      about: {
        who,
        told,
        items: items.map((one) => ({ ...one, about: nameOf(at.language, one.category) })),
        nextCursor,
        isFirst: cursor === undefined,
      },
    })
  }

  function nameOf(language: string, category: string): string {
    return categoriesIn(language, taxonomy).find(({ slug }) => slug === category)?.name ?? category
  }

  function idIn({ fields }: Visit): string {
    const id = fields.get('submission') ?? ''
    if (!shapeOfId.test(id)) throw new Fault('not-found')
    return id.toLowerCase()
  }

  async function show(visit: Visit, shown: Shown) {
    const { at, reply, person, who, fields } = visit
    let opened: OpenedSubmission
    try {
      opened = await submissions.get(person, idIn(visit))
    } catch (error) {
      if (!(error instanceof Fault) || error.kind !== 'not-found') throw error
      reply.code(404)
      return list(visit, { told: 'notThere' })
    }
    if (shown.error !== undefined) reply.code(400)
    const texts = frame.textsOf(at.language)
    const mailbox = { ...opened, receivedOn: opened.submittedOn }
    return sendPage(frame, reply, at.language, {
      template: 'partner/submission.njk',
      length: 'typed',
      about: {
        ...mailboxView(texts, mailbox, { ...shown, part: Number(fields.get('part') ?? 0) }),
        about: nameOf(at.language, opened.category),
        isTakingBack: shown.isTakingBack,
        who,
        key: newPageKey(clock()),
      },
    })
  }

  async function reply(visit: Visit) {
    const text = (visit.fields.get('text') ?? '').trim()
    const judged = text === '' ? { broken: [{ code: 'required' }] } : judge({ text })
    if ('broken' in judged)
      return show(visit, { error: { field: 'text', name: judged.broken[0]?.code ?? 'other' }, typed: text })
    return adding(visit, { field: 'text', typed: text, told: 'replied' }, Buffer.from(text), (seal) =>
      submissions.addMessage(visit.person, idIn(visit), text, seal),
    )
  }

  async function image(visit: Visit) {
    const { image: bytes } = visit
    const wrong = (name: string) => show(visit, { error: { field: 'image', name } })
    if (bytes === 'too-large') return wrong('image-too-large')
    if (bytes === 'busy') return wrong('busy')
    if (bytes === undefined || bytes.length === 0) return wrong('image-none')
    return adding(visit, { field: 'image', typed: '', told: 'imaged' }, bytes, (seal) =>
      submissions.addAttachment(visit.person, idIn(visit), bytes, seal),
    )
  }

  /** Adds something once, however often its page is sent. */
  async function adding(
    visit: Visit,
    { field, typed, told }: { field: 'text' | 'image'; typed: string; told: string },
    body: Uint8Array,
    add: (seal: SealAnswer) => Promise<MailboxMessage | MailboxAttachment>,
  ) {
    const given = visit.fields.get('key') ?? ''
    const key = isGoodKey(given, clock()) ? given : newPageKey(clock())
    const scope = `partnerPage ${field} ${visit.person.id} ${idIn(visit)}`
    const parse = (kept: Buffer) => parseMessage(kept) ?? parseAttachment(kept)
    try {
      const { how } = await doOnce(deps, { key, scope, body }, parse, add)
      if (how === 'other') return show(visit, { error: { field, name: 'sent-before' }, typed })
    } catch (error) {
      const name = nameOfFault(error)
      if (name === undefined) throw error
      return show(visit, { error: { field, name }, typed })
    }
    return show(visit, { told })
  }

  async function takeBack(visit: Visit) {
    try {
      await submissions.withdraw(visit.person, idIn(visit))
    } catch (error) {
      const isGone = error instanceof Fault && error.kind === 'not-found'
      if (error instanceof Fault && error.kind === 'not-in-this-state') return show(visit, { told: 'graded' })
      if (!isGone) throw error
    }
    return list(visit, { told: 'takenBack' })
  }
}
