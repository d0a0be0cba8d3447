import type { FastifyReply, FastifyRequest } from 'fastify'
import { mayDo, type Permission } from '../../auth/permissions.ts'
import { shownOf } from '../../plugins/problems.ts'
import { problemTypes } from '../../schemas/problem.ts'
import { Fault } from '../../vocabulary/faults.ts'
import type { Person } from '../../vocabulary/person.ts'
import { refuseElsewhere } from '../frame/elsewhere.ts'
import { type At, type Frame, hidden, inEachLanguage, sendPage } from '../frame/frame.ts'
import { type MailboxForm, readMailboxForm } from '../mailbox/mailboxForm.ts'
import { newPageKey } from '../report/pageKey.ts'
import { single } from '../report/sections.ts'
import { textAt } from '../texts/texts.ts'
import type { PartnerPagesDeps } from './deps.ts'
import { type Session, sessions } from './sessions.ts'
import { ofSource } from './source.ts'

/** One request of somebody who is let in. */
export interface Visit extends MailboxForm {
  at: At
  request: FastifyRequest
  reply: FastifyReply
  person: Person
  /** What every page carries of who they are: for the template. */
  who: { handle: string; name: string; agency: string }
}

interface Asked {
  at: At
  request: FastifyRequest
  reply: FastifyReply
  fields: URLSearchParams
}

/** Milliseconds in which an image must be here. */
const bodyWithin = 120_000
/** What these pages' forms have, beside what the door itself reads: that alone goes along. */
const ofForms = new Set([
  ...['category', ...single, ...ofSource, 'step', 'add', 'key'],
  ...['submission', 'act', 'text', 'part', 'cursor'],
])
const ofRows = /^(places|entities|links)\.\d+(\.\w+)?$/
/** What passes: the button can be pressed again. */
const passing: readonly Fault['kind'][] = [
  'storage-away',
  'storage-unsafe',
  'issuer-away',
  'overloaded',
  'key-missing',
]

/**
 * The door of the partners' pages: by a token that is typed, once, or by the session that a page's own form carries. Asks
 * `Authenticator` each time, so that a token that was revoked or has ended opens no page more.
 */
export function doorOf(frame: Frame, deps: PartnerPagesDeps) {
  const { authenticator, submissions, clock } = deps
  const kept = sessions(deps)

  /** The page to sign in on, at first and again. What was typed goes along, and comes to where it was going. */
  async function ask(
    { at, request, reply, fields }: Asked,
    error?: string,
    status = 400,
  ): Promise<FastifyReply> {
    const along = [...fields]
      .filter(([name]) => ofForms.has(name) || ofRows.test(name))
      .map(([name, value]) => ({ name, value }))
    const said =
      error === undefined ? undefined : textAt(frame.textsOf(at.language), `partner.errors.${error}`)
    if (error !== undefined) reply.code(status)
    const path = request.routeOptions.config.permission === undefined ? undefined : request.routeOptions.url
    return sendPage(frame, reply, at.language, {
      template: 'partner/signIn.njk',
      length: along.length > 0 ? 'typed' : 'plain',
      about: {
        action: path ?? `${at.root}/partner/`,
        along,
        entry: newPageKey(clock()),
        errors: said === undefined ? [] : [{ text: said, href: '#token' }],
        error: said,
        again: error === 'away' ? (fields.get('handle') ?? undefined) : undefined,
      },
    })
  }

  async function sessionIn({ fields }: Asked): Promise<Session | string> {
    const token = fields.get('token')?.trim()
    if (token !== undefined) return { entry: fields.get('entry') ?? '', token, since: clock().getTime() }
    const session = kept.open(fields.get('handle') ?? '')
    return session === undefined || (await kept.isOver(session.entry)) ? 'over' : session
  }

  /** Who it is; else a page that says what is in the way. */
  async function enter(
    asked: Asked,
    permission: Permission,
  ): Promise<Pick<Visit, 'person' | 'who'> | FastifyReply> {
    const { at, request, reply, fields } = asked
    const session = await sessionIn(asked)
    if (typeof session === 'string') return ask(asked, session, 401)
    const person = await authenticator.identify(session.token)
    if (person === undefined) return ask(asked, 'unknown', 401)
    if (!mayDo(person.role, permission)) {
      await authenticator.recordDenial(person, `${request.method} ${request.routeOptions.url}`)
      reply.code(403)
      return sendPage(frame, reply, at.language, {
        template: 'partner/refused.njk',
        about: { role: person.role },
      })
    }
    if (fields.has('token') && !(await kept.begin(session.entry))) return ask(asked, 'used')
    const agency = await submissions.nameOfAgency(person)
    return { person, who: { handle: kept.seal(session), name: person.name, agency } }
  }

  async function letIn(asked: Asked, permission: Permission) {
    try {
      return await enter(asked, permission)
    } catch (error) {
      if (!(error instanceof Fault) || !passing.includes(error.kind)) throw error
      const { code, retryAfter = 1 } = shownOf(error)
      asked.reply.header('retry-after', String(retryAfter))
      return ask(asked, 'away', problemTypes[code].status)
    }
  }

  return {
    ask,

    /** Ends the session that a form carries. */
    async leave(fields: URLSearchParams): Promise<void> {
      const session = kept.open(fields.get('handle') ?? '')
      if (session !== undefined) await kept.end(session)
    },

    /** Registers what people do who are let in, once for each language. */
    post(path: string, permission: Permission, work: (visit: Visit) => Promise<FastifyReply>): void {
      inEachLanguage(frame, (at) => {
        const route = { ...hidden, config: { permission, bodyWithin } }
        frame.app.post(`${at.root}/partner${path}`, route, async (request, reply) => {
          refuseElsewhere(request)
          const isGood = (handle: string) => kept.open(handle) !== undefined
          const form = await readMailboxForm(request, reply, { room: deps.images, isGood })
          const entered = await letIn({ at, request, reply, fields: form.fields }, permission)
          if (!('person' in entered)) return entered
          try {
            return await work({ ...form, ...entered, at, request, reply })
          } catch (error) {
            // What somebody may not do of it is found out late, and leaves the same trace.
            if (error instanceof Fault && error.kind === 'forbidden')
              await authenticator.recordDenial(
                entered.person,
                `${request.method} ${request.routeOptions.url}`,
              )
            throw error
          }
        })
        // An address that is typed, or reloaded without its form, begins anew.
        if (path !== '/')
          frame.app.get(`${at.root}/partner${path}`, hidden, (_, reply) =>
            reply.redirect(`${at.root}/partner/`, 303),
          )
      })
    },
  }
}

export type Door = ReturnType<typeof doorOf>
