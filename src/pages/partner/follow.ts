import { setTimeout as sleep } from 'node:timers/promises'
import type { SealAnswer } from '../../crypto/storedAnswer.ts'
import { storeWith } from '../../domain/calls/storeAnswer.ts'
import { contentParser } from '../../domain/envelope/content.ts'
import { ref } from '../../schemas/component.ts'
import { MailboxAttachment, MailboxMessage, MessageDraft } from '../../schemas/mailbox.ts'
import type { OpenedSubmission } from '../../schemas/submissions.ts'
import { Fault } from '../../vocabulary/faults.ts'
import { codeOf } from '../fields/errors.ts'
import { judgeBy } from '../fields/judge.ts'
import { type Frame, sendPage } from '../frame/frame.ts'
import { doOnce } from '../frame/once.ts'
import { isGoodKey, newPageKey } from '../frame/pageKey.ts'
import { mailboxView } from '../mailbox/mailboxView.ts'
import { categoriesIn } from '../texts/categories.ts'
import type { PartnerPagesDeps } from './deps.ts'
import type { Door, Visit } from './door.ts'
import { numberOf } from './number.ts'

/** What an open submission shows beyond what lies in it. */
interface Shown {
  told?: string
  error?: { field: 'text' | 'image'; name: string }
  typed?: string
  /** Whether it is asked once more before it is taken back. */
  isTakingBack?: boolean
}

interface Listed {
  told?: string
  /** What was written and could not be sent. */
  unsent?: string | undefined
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

function isNotFound(error: unknown): boolean {
  return error instanceof Fault && error.kind === 'not-found'
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

  async function list({ at, reply, person, who, fields }: Visit, { told, unsent = '' }: Listed) {
    const cursor = fields.get('cursor') || undefined
    const { items, nextCursor } = await submissions.list(person, { limit: onePage, cursor })
    return sendPage(frame, reply, at.language, {
      template: 'partner/list.njk',
      length: unsent === '' ? 'plain' : 'typed',
      about: {
        who,
        told,
        unsent,
        items: items.map((one) => ({
          ...one,
          about: nameOf(at.language, one.category),
          number: numberOf(one),
        })),
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

  /** The list, with what was written for one that is not there: it may be needed elsewhere. */
  function notThere(visit: Visit, unsent?: string) {
    visit.reply.code(404)
    return list(visit, { told: 'notThere', unsent })
  }

  async function show(visit: Visit, shown: Shown) {
    const { at, reply, person, who, fields } = visit
    let opened: OpenedSubmission
    try {
      opened = await submissions.get(person, idIn(visit))
    } catch (error) {
      if (!isNotFound(error)) throw error
      return notThere(visit, shown.typed)
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
        number: numberOf(opened),
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
      return show(visit, {
        error: { field: 'text', name: judged.broken.map(codeOf)[0] ?? 'other' },
        typed: text,
      })
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

  /** By what it is known again when the same page sends it once more. */
  function onceFor(visit: Visit, what: string) {
    const given = visit.fields.get('key') ?? ''
    const key = isGoodKey(given, clock()) ? given : newPageKey(clock())
    return { key, scope: `partnerPage ${what} ${visit.person.id} ${idIn(visit)}` }
  }

  /** Adds something once, however often its page is sent. */
  async function adding(
    visit: Visit,
    { field, typed, told }: { field: 'text' | 'image'; typed: string; told: string },
    body: Uint8Array,
    add: (seal: SealAnswer) => Promise<MailboxMessage | MailboxAttachment>,
  ) {
    const parse = (kept: Buffer) => parseMessage(kept) ?? parseAttachment(kept)
    try {
      const { how } = await doOnce(deps, { ...onceFor(visit, field), body }, parse, add)
      if (how === 'other') return show(visit, { error: { field, name: 'sent-before' }, typed })
    } catch (error) {
      if (isNotFound(error)) return notThere(visit, typed)
      const name = nameOfFault(error)
      if (name === undefined) throw error
      return show(visit, { error: { field, name }, typed })
    }
    return show(visit, { told })
  }

  async function takeBack(visit: Visit) {
    try {
      await untilFree(() => takenBack(visit))
    } catch (error) {
      if (isNotFound(error)) return notThere(visit)
      if (!(error instanceof Fault)) throw error
      if (error.kind === 'not-in-this-state') return show(visit, { told: 'graded' })
      if (error.kind !== 'overloaded') throw error
      return show(visit, { told: 'atWork', isTakingBack: true })
    }
    return list(visit, { told: 'takenBack' })
  }

  /** Pressed twice, it is no longer there: that this page took it back is known by its key. */
  function takenBack(visit: Visit) {
    return doOnce(
      deps,
      { ...onceFor(visit, 'take-back'), body: new Uint8Array() },
      () => true,
      async (seal) => {
        await submissions.withdraw(visit.person, idIn(visit), storeWith(seal))
        return true
      },
    )
  }
}

/** Asks again for a while where somebody else is at work on it: mostly the same page, sent twice. */
async function untilFree<T>(work: () => Promise<T>, tries = 20): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (tries === 0 || !(error instanceof Fault) || error.kind !== 'overloaded') throw error
  }
  await sleep(150)
  return untilFree(work, tries - 1)
}
