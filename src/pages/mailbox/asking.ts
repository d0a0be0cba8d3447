import type { FastifyReply, FastifyRequest } from 'fastify'
import { shownOf } from '../../plugins/problems.ts'
import { problemTypes } from '../../schemas/problem.ts'
import type { Fault } from '../../vocabulary/faults.ts'
import type { PagesDeps } from '../deps.ts'
import { fill } from '../fields/fill.ts'
import { type At, type Frame, fixedPage, sendPage } from '../frame/frame.ts'
import type { Handles, Held } from '../frame/handles.ts'
import { type Carried, carriedOn, isUnpaid, paidWith, secondsToWait } from '../frame/paying.ts'
import { textAt } from '../texts/texts.ts'
import { typedField } from './mailboxView.ts'

interface Asked {
  at: At
  request: FastifyRequest
  reply: FastifyReply
  form: { fields: URLSearchParams }
}

/** What goes along on the page that asks for the receipt. */
interface Along {
  error?: string
  status?: number
  /** A receipt that need not be typed again. */
  handle?: string
  seconds?: number
  pay?: Carried
}

/** What passes: nothing is lost, and the button can be pressed again. */
const passing: Partial<Record<Fault['kind'], string>> = {
  overloaded: 'busy',
  'storage-away': 'away',
  'storage-unsafe': 'away',
  'no-accepted-key': 'away',
}

/** The page that asks for the receipt, at first and again. What was typed goes along, the receipt sealed. */
export function asking(frame: Frame, deps: PagesDeps, open: Handles) {
  const template = 'mailbox/open.njk'
  const receipt = (language: string) => typedField(frame.textsOf(language), 'receipt')
  const isWanted = () => deps.challenges.isWanted('mailbox')

  fixedPage(frame, {
    path: '/mailbox',
    template,
    about: (language) => ({ receipt: receipt(language) }),
    instead: (at, request, reply) =>
      isWanted() ? page({ at, request, reply, form: { fields: new URLSearchParams() } }, {}) : undefined,
  })

  async function page(asked: Asked, along: Along): Promise<FastifyReply> {
    const { at, reply, form, request } = asked
    const { error, status, handle, seconds, pay } = along
    const texts = frame.textsOf(at.language)
    const typed = form.fields.get('text') ?? form.fields.get('typed') ?? ''
    const slip = slipIn(form.fields, error)
    const text = error && fill(textAt(texts, `errors.${error}`), { seconds })
    if (status !== undefined) reply.code(status)
    return sendPage(frame, reply, at.language, {
      template,
      length: typed === '' && slip === '' ? 'plain' : 'typed',
      about: {
        handle,
        pay: pay ?? (isWanted() ? await carriedOn(deps, 'mailbox', request, undefined) : undefined),
        typed,
        said: text,
        errors: text === undefined || handle !== undefined ? [] : [{ text, href: '#receipt' }],
        receipt: { ...receipt(at.language), value: slip, error: text },
      },
    })
  }

  return {
    /** Asks for the receipt again, and says why. */
    again: (asked: Asked, { error, status = 400 }: { error: string; status?: number }) =>
      page(asked, { error, status }),
    isPassing: (fault: Fault) => isUnpaid(fault) || passing[fault.kind] !== undefined,
    /** Says when to press again; the receipt is kept, sealed. */
    async toWait(asked: Asked, held: Held, fault: Fault): Promise<FastifyReply> {
      const { ticket } = paidWith(asked.form.fields)
      const isWaiting = isUnpaid(fault)
      const pay = await carriedOn(
        deps,
        'mailbox',
        asked.request,
        isWaiting && fault.kind !== 'challenge-required' ? undefined : ticket,
      )
      const { code, retryAfter = 1 } = shownOf(fault)
      const seconds = isWaiting ? await secondsToWait(deps, 'mailbox', fault, pay.ticket) : retryAfter
      asked.reply.header('retry-after', String(seconds))
      return page(asked, {
        error: isWaiting ? 'proof' : (passing[fault.kind] ?? 'busy'),
        status: problemTypes[code].status,
        handle: open.seal(held),
        seconds,
        pay,
      })
    },
  }
}

/** A slip of the pen is mended where it stands. A receipt that is well formed, and unknown, is not shown again. */
function slipIn(fields: URLSearchParams, error: string | undefined): string {
  const isSlip = error?.startsWith('receipt-') === true && error !== 'receipt-unknown'
  return isSlip ? (fields.get('receipt') ?? '') : ''
}
