import type { FastifyReply } from 'fastify'
import { semaphore } from '../../concurrency/semaphore.ts'
import { keptAnswerKeys } from '../../crypto/keptAnswer.ts'
import { deriveMailboxKeys, parseReceipt } from '../../crypto/receipt.ts'
import type { OpenMailbox } from '../../domain/mailbox/mailbox.ts'
import { Fault } from '../../vocabulary/faults.ts'
import type { PagesDeps } from '../deps.ts'
import { imageLimit } from '../frame/forms.ts'
import { type At, type Frame, fixedPage, hidden, inEachLanguage, sendPage } from '../frame/frame.ts'
import { newPageKey } from '../report/pageKey.ts'
import { textAt } from '../texts/texts.ts'
import type { handles } from './handles.ts'
import { type MailboxForm, readMailboxForm } from './mailboxForm.ts'
import { mailboxView, typedField } from './mailboxView.ts'

/** What an open mailbox shows beyond what lies in it. */
interface Shown {
  told?: string
  error?: { field: 'text' | 'image'; name: string }
  typed?: string
  part?: number
}

interface Call {
  at: At
  reply: FastifyReply
  form: MailboxForm
  mailbox: OpenMailbox
  handle: string
}

/** Mailboxes are read one at a time, as by the API: a full one takes long to open. */
const reading = { atOnce: 2, waiting: 64, milliseconds: 5_000 }

/** GET and POST /mailbox: the receipt goes in once, by POST; then messages, a reply, photos, and the end of contact. */
export function showMailbox(frame: Frame, deps: PagesDeps, open: ReturnType<typeof handles>): void {
  const { mailboxes, challenges } = deps
  const take = semaphore(reading.atOnce, reading.waiting, reading.milliseconds)
  const asked = (language: string) => ({ receipt: typedField(frame.textsOf(language), 'receipt') })

  fixedPage(frame, '/mailbox', 'mailbox/open.njk', asked)

  inEachLanguage(frame, (at) => {
    frame.app.post(
      `${at.root}/mailbox`,
      { ...hidden, bodyLimit: imageLimit + 65_536, config: { bodyWithin: 120_000 } },
      async (request, reply) => {
        const form = await readMailboxForm(request, (handle) => open.open(handle) !== undefined)
        return answer(at, reply, form)
      },
    )
  })

  /** The receipt that was typed, or that a handle holds; else what is wrong with it. */
  function canonicalOf(fields: URLSearchParams): { canonical: string } | { wrong: string } {
    const given = fields.get('receipt')
    if (given === null) {
      const canonical = open.open(fields.get('handle') ?? '')
      return canonical === undefined ? { wrong: 'handle-expired' } : { canonical }
    }
    const parsed = parseReceipt(given)
    return 'fault' in parsed ? { wrong: `receipt-${parsed.fault}` } : parsed
  }

  async function answer(at: At, answering: FastifyReply, form: MailboxForm): Promise<FastifyReply> {
    const read = canonicalOf(form.fields)
    const typed = form.fields.get('text') ?? form.fields.get('typed') ?? ''
    if ('wrong' in read) return ask(at, answering, { error: read.wrong, typed })
    const isTyped = form.fields.has('receipt')
    // While receipts are guessed, one that is typed must be paid for, which a page without scripts cannot: it waits.
    const release = isTyped && challenges.isWanted('mailbox') ? undefined : await take()
    if (release === undefined) return ask(at, answering, { error: 'busy', typed, status: 503 })
    try {
      const mailbox = await mailboxes.open(deriveMailboxKeys(read.canonical))
      if (mailbox !== null) {
        return await act({ at, reply: answering, form, mailbox, handle: open.seal(read.canonical) })
      }
      if (isTyped) challenges.countFailedMailboxTry()
      return await ask(at, answering, { error: 'receipt-unknown', typed, status: 401 })
    } finally {
      release()
    }
  }

  /** Asks for the receipt again. A reply that was typed goes along, to stand in the mailbox once that is open. */
  async function ask(
    { language }: At,
    reply: FastifyReply,
    { error, typed, status = 400 }: { error: string; typed: string; status?: number },
  ): Promise<FastifyReply> {
    const texts = frame.textsOf(language)
    const text = textAt(texts, `errors.${error}`) ?? ''
    reply.code(status)
    return sendPage(frame, reply, language, {
      template: 'mailbox/open.njk',
      ...(typed === '' ? {} : { length: 'typed' as const }),
      about: {
        typed,
        errors: [{ text, href: '#receipt' }],
        receipt: { ...typedField(texts, 'receipt'), error: text },
      },
    })
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
    const length = [...text].length
    if (length === 0) return show(call, { error: { field: 'text', name: 'required' } })
    if (length > messageAtMost || text.includes('\u0000')) {
      return show(call, { error: { field: 'text', name: 'too-long' }, typed: text })
    }
    return adding(call, { field: 'text', typed: text, told: 'replied' }, Buffer.from(text), (keep) =>
      mailboxes.addMessage(call.mailbox, text, keep),
    )
  }

  async function image(call: Call): Promise<FastifyReply> {
    const { image: bytes } = call.form
    if (bytes === 'too-large') return show(call, { error: { field: 'image', name: 'image-too-large' } })
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
    add: (keep: (made: unknown) => { keyHash: Buffer; answer: Buffer }) => Promise<unknown>,
  ): Promise<FastifyReply> {
    const caller = call.mailbox.keys.lookupId.toString('hex')
    const kept = keptAnswerKeys(
      call.form.fields.get('key') ?? newPageKey(new Date()),
      `page ${field} ${caller}`,
      body,
    )
    if ((await deps.findKeptAnswer(kept.keyHash)) !== undefined) return show(call, { told })
    try {
      await add((made) => ({ keyHash: kept.keyHash, answer: kept.seal(JSON.stringify({ body: made })) }))
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      if (error.kind === 'repeated') return show(call, { told })
      const name = nameOf(error)
      if (name === undefined) throw error
      return show(call, { error: { field, name }, typed })
    }
    return show(call, { told })
  }

  async function end({ at, reply: answering, mailbox }: Call): Promise<FastifyReply> {
    await mailboxes.end(mailbox)
    return sendPage(frame, answering, at.language, { template: 'mailbox/ended.njk' })
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

/** Code points, as the schema says (schemas/mailbox.ts). */
const messageAtMost = 4_000

function nameOf({ kind, violations: [first] }: Fault): string | undefined {
  if (kind === 'bad-image') return `image-${first?.code}`
  if (kind === 'no-images' || kind === 'full' || kind === 'busy') return kind
  return undefined
}
