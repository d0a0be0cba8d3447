import type { FastifyReply, FastifyRequest } from 'fastify'
import { semaphore } from '../../concurrency/semaphore.ts'
import { deriveMailboxKeys, parseReceipt } from '../../crypto/receipt.ts'
import type { SealAnswer } from '../../crypto/storedAnswer.ts'
import type { Admission, Outcome } from '../../domain/challenge/challenges.ts'
import type { OpenMailbox } from '../../domain/mailbox/openMailbox.ts'
import { MessageDraft } from '../../schemas/mailbox.ts'
import { Fault } from '../../vocabulary/faults.ts'
import type { PagesDeps } from '../deps.ts'
import { codeOf } from '../fields/errors.ts'
import { judgeBy } from '../fields/judge.ts'
import { type At, type Frame, hidden, inEachLanguage, sendPage } from '../frame/frame.ts'
import type { Handles, Held } from '../frame/handles.ts'
import { doOnce } from '../frame/once.ts'
import { isGoodKey, newPageKey } from '../frame/pageKey.ts'
import { paidWith } from '../frame/paying.ts'
import { asking } from './asking.ts'
import { type MailboxForm, readMailboxForm } from './mailboxForm.ts'
import { mailboxView } from './mailboxView.ts'

/** What an open mailbox shows beyond what lies in it. */
interface Shown {
  told?: string
  error?: { field: 'text' | 'image'; name: string }
  typed?: string
  part?: number
}

/** One request to the mailbox. */
interface Sent {
  at: At
  request: FastifyRequest
  reply: FastifyReply
  form: MailboxForm
}

interface Call extends Sent {
  mailbox: OpenMailbox
  handle: string
}

/** Mailboxes are read one at a time, as by the API: a full one takes long to open. */
const reading = { atOnce: 2, waiting: 64, milliseconds: 5_000 }
export const judge = judgeBy(MessageDraft)

/** GET and POST /mailbox: the receipt goes in once, by POST; then messages, a reply, photos, and the end of contact. */
export function showMailbox(frame: Frame, deps: PagesDeps, open: Handles): void {
  const { mailboxes, challenges } = deps
  const take = semaphore(reading.atOnce, reading.waiting, reading.milliseconds)
  const ask = asking(frame, deps, open)

  inEachLanguage(frame, (at) => {
    frame.app.post(
      `${at.root}/mailbox`,
      // Without a limit of its own: it would stand for a form without an image too.
      { ...hidden, config: { bodyWithin: 120_000 } },
      async (request, reply) => {
        const isGood = (handle: string) => open.open(handle)?.isKnown === true
        const form = await readMailboxForm(request, reply, { room: deps.images, isGood })
        return answer({ at, request, reply, form })
      },
    )
  })

  /** The receipt that was typed, or that a handle holds; else what is wrong with it. */
  function heldIn(fields: URLSearchParams): Held | { wrong: string } {
    const given = fields.get('receipt')
    if (given === null) return open.open(fields.get('handle') ?? '') ?? { wrong: 'handle-expired' }
    const parsed = parseReceipt(given)
    return 'fault' in parsed
      ? { wrong: `receipt-${parsed.fault}` }
      : { canonical: parsed.canonical, isKnown: false }
  }

  async function answer(sent: Sent): Promise<FastifyReply> {
    const held = heldIn(sent.form.fields)
    if ('wrong' in held) return ask.again(sent, { error: held.wrong })
    try {
      return await tried(sent, held)
    } catch (error) {
      const isPassing = error instanceof Fault && ask.isPassing(error)
      if (!isPassing || sent.reply.sent) throw error
      return ask.toWait(sent, held, error)
    }
  }

  async function tried(sent: Sent, held: Held): Promise<FastifyReply> {
    const paid = paidWith(sent.form.fields)
    // A receipt that is new to us is one try: while receipts are guessed, it is paid for, by work or by waiting.
    const admission = held.isKnown ? undefined : await challenges.admit('mailbox', paid)
    const release = await take()
    try {
      const mailbox = release && (await opened(held, admission))
      if (mailbox === undefined) throw new Fault('overloaded')
      if (mailbox === null && held.isKnown && sent.form.fields.get('act') === 'end') return ended(sent)
      if (mailbox === null) return await ask.again(sent, { error: 'receipt-unknown', status: 401 })
      const handle = open.seal({ canonical: held.canonical, isKnown: true })
      return await act({ ...sent, mailbox, handle })
    } finally {
      release?.()
    }
  }

  async function opened({ canonical }: Held, admission: Admission | undefined): Promise<OpenMailbox | null> {
    let outcome: Outcome = 'not-done'
    try {
      const mailbox = await mailboxes.open(deriveMailboxKeys(canonical))
      outcome = mailbox === null ? 'unknown-receipt' : 'done'
      return mailbox
    } finally {
      await admission?.settle(outcome)
    }
  }

  async function act(call: Call): Promise<FastifyReply> {
    const acts: Record<string, (call: Call) => Promise<FastifyReply>> = { reply, image, end }
    const name = call.form.fields.get('act') ?? ''
    return Object.hasOwn(acts, name)
      ? (acts[name]?.(call) ?? show(call, {}))
      : show(call, { typed: call.form.fields.get('typed') ?? '' })
  }

  async function reply(call: Call): Promise<FastifyReply> {
    const text = (call.form.fields.get('text') ?? '').trim()
    const judged = text === '' ? { broken: [{ code: 'required' }] } : judge({ text })
    if ('broken' in judged) {
      return show(call, {
        error: { field: 'text', name: judged.broken.map(codeOf)[0] ?? 'other' },
        typed: text,
      })
    }
    return adding(call, { field: 'text', typed: text, told: 'replied' }, Buffer.from(text), (keep) =>
      mailboxes.addMessage(call.mailbox, text, keep),
    )
  }

  async function image(call: Call): Promise<FastifyReply> {
    const { image: bytes } = call.form
    if (bytes === 'too-large') return show(call, { error: { field: 'image', name: 'image-too-large' } })
    if (bytes === 'busy') return show(call, { error: { field: 'image', name: 'busy' } })
    if (bytes === undefined || bytes.length === 0)
      return show(call, { error: { field: 'image', name: 'image-none' } })
    return adding(call, { field: 'image', typed: '', told: 'imaged' }, bytes, (keep) =>
      mailboxes.addAttachment(call.mailbox, bytes, keep),
    )
  }

  /** Adds something once, however often its page is sent. */
  async function adding(
    call: Call,
    { field, typed, told }: { field: 'text' | 'image'; typed: string; told: string },
    body: Uint8Array,
    add: (keep: SealAnswer) => Promise<unknown>,
  ): Promise<FastifyReply> {
    const caller = call.mailbox.keys.lookupId.toString('hex')
    const given = call.form.fields.get('key') ?? ''
    // What no page made is not random enough to seal under.
    const key = isGoodKey(given, new Date()) ? given : newPageKey(new Date())
    try {
      // That it opens says that it is the same: what was made is not shown again.
      const { how } = await doOnce(deps, { key, scope: `page ${field} ${caller}`, body }, () => true, add)
      if (how === 'other') return show(call, { error: { field, name: 'sent-before' }, typed })
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      const name = nameOf(error)
      if (name === undefined) throw error
      return show(call, { error: { field, name }, typed })
    }
    return show(call, { told })
  }

  async function end(call: Call): Promise<FastifyReply> {
    try {
      await mailboxes.end(call.mailbox)
    } catch (error) {
      if (!(error instanceof Fault && error.kind === 'unauthorized')) throw error
    }
    return ended(call)
  }

  /** Also where the button was pressed twice. */
  function ended({ at, reply }: Sent): Promise<FastifyReply> {
    return sendPage(frame, reply, at.language, { template: 'mailbox/ended.njk' })
  }

  async function show(call: Call, shown: Shown): Promise<FastifyReply> {
    const { at, form, handle } = call
    const texts = frame.textsOf(at.language)
    const mailbox = await mailboxes.read(call.mailbox)
    if (shown.error !== undefined) call.reply.code(400)
    return sendPage(frame, call.reply, at.language, {
      template: 'mailbox/mailbox.njk',
      length: 'typed',
      about: {
        ...mailboxView(texts, mailbox, { ...shown, part: Number(form.fields.get('part') ?? 0) }),
        handle,
        key: newPageKey(new Date()),
      },
    })
  }
}

const named: Partial<Record<Fault['kind'], string>> = {
  'attachments-refused': 'no-images',
  'limit-reached': 'full',
  overloaded: 'busy',
}

function nameOf({ kind, violations: [first] }: Fault): string | undefined {
  if (kind === 'image-unreadable') return `image-${first?.code}`
  return named[kind]
}
