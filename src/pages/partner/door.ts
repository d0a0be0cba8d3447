import type { FastifyReply, FastifyRequest } from 'fastify'
import { mayDo, type Permission } from '../../auth/permissions.ts'
import { shownOf } from '../../plugins/problems.ts'
import { problemTypes } from '../../schemas/problem.ts'
import { Fault } from '../../vocabulary/faults.ts'
import type { Person } from '../../vocabulary/person.ts'
import { single } from '../fields/sections.ts'
import { refuseElsewhere } from '../frame/elsewhere.ts'
import { type At, type Frame, hidden, inEachLanguage, sendPage } from '../frame/frame.ts'
import { newPageKey } from '../frame/pageKey.ts'
import { type MailboxForm, readMailboxForm } from '../mailbox/mailboxForm.ts'
import { textAt } from '../texts/texts.ts'
import type { PartnerPagesDeps } from './deps.ts'
import type { AtOrganisation } from './organisation.ts'
import { loginLivesFor, type Session, sessions } from './sessions.ts'
import { ofSource } from './source.ts'

/** One request of somebody who is let in. */
export interface Visit extends MailboxForm {
  at: At
  request: FastifyRequest
  reply: FastifyReply
  person: Person
  session: Session
  /** What every page carries of who they are: for the template. */
  who: { handle: string; name: string; agency: string }
}

/** What a page carries that only needs to be sent once more. */
const againBy = ['handle', 'back', 'word']
/** What is said of the token's field; the rest is about the organisation's login. */
const ofToken: readonly string[] = ['unknown', 'over', 'used', 'away']

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
 * The door of the partners' pages: by a token that is typed, once, by a return from the organisation's login, or by the session
 * that a page's own form carries. Asks each time who it is, so that nobody who was shut out opens a page more.
 */
export function doorOf(frame: Frame, deps: PartnerPagesDeps, organisation: AtOrganisation | undefined) {
  const { authenticator, submissions, clock } = deps
  const kept = sessions(deps)
  const paths = new Set<string>()

  /** What was typed, of the fields of a form that somebody sent without being let in. */
  const alongOf = (fields: URLSearchParams) =>
    [...fields]
      .filter(([name]) => ofForms.has(name) || ofRows.test(name))
      .map(([name, value]) => ({ name, value }))

  /** Where a form was going that was stopped at the door, as the door itself wrote it there. */
  function pathOf({ root }: At, fields: URLSearchParams): string {
    const to = fields.get('to') ?? ''
    return paths.has(to) ? to : `${root}/partner/`
  }

  /** The page to sign in on, at first and again. What was typed goes along, and comes to where it was going. */
  async function ask(
    { at, request, reply, fields }: Asked,
    error?: string,
    status = 400,
  ): Promise<FastifyReply> {
    const along = alongOf(fields)
    if (error !== undefined) reply.code(status)
    const { config, url = '' } = request.routeOptions
    return sendPage(frame, reply, at.language, {
      template: 'partner/signIn.njk',
      length: along.length > 0 ? 'typed' : 'plain',
      about: {
        action: config.permission === undefined ? pathOf(at, fields) : url,
        along,
        entry: newPageKey(clock()),
        organisation: organisation?.host,
        again: error === 'away' ? againBy.flatMap((name) => carriedBy(fields, name)) : [],
        ...(error === undefined ? { errors: [] } : said(at, error)),
      },
    })
  }

  /** What is in the way, and of which of the two ways in it is said. */
  function said({ language }: At, error: string) {
    const text = textAt(frame.textsOf(language), `partner.errors.${error}`)
    const isOfToken = ofToken.includes(error)
    const errors = [{ text, href: isOfToken ? '#token' : '#organisation' }]
    return { error: text, errors, tokenError: isOfToken ? text : undefined }
  }

  async function sessionIn({ fields }: Asked): Promise<Session | string> {
    const back = fields.get('back')
    if (back !== null) return organisation?.sessionFor(back, fields.get('word') ?? '') ?? 'stale'
    const token = fields.get('token')?.trim()
    if (token !== undefined)
      return (
        (await kept.openPass(token)) ?? { entry: fields.get('entry') ?? '', token, since: clock().getTime() }
      )
    const session = kept.open(fields.get('handle') ?? '')
    return session === undefined || (await kept.isOver(session.entry)) ? 'over' : session
  }

  async function personOf(session: Session): Promise<Person | undefined> {
    if ('token' in session) return authenticator.identify(session.token)
    return deps.organisation?.personOf(session.login, new Date(session.since + loginLivesFor))
  }

  /** Who it is; else a page that says what is in the way. */
  async function enter(
    asked: Asked,
    permission: Permission,
  ): Promise<Pick<Visit, 'person' | 'who' | 'session'> | FastifyReply> {
    const { at, request, reply, fields } = asked
    const session = await sessionIn(asked)
    if (typeof session === 'string') return ask(asked, session, 401)
    const person = await personOf(session)
    if (person === undefined) return ask(asked, 'login' in session ? 'nobody' : 'unknown', 401)
    if (!mayDo(person.role, permission)) {
      await authenticator.recordDenial(person, `${request.method} ${request.routeOptions.url}`)
      reply.code(403)
      return sendPage(frame, reply, at.language, {
        template: 'partner/refused.njk',
        about: { role: person.role },
      })
    }
    const isNew = fields.has('back') || (fields.has('token') && 'token' in session)
    if (isNew && !(await kept.begin(session.entry))) return ask(asked, 'used')
    const agency = await submissions.nameOfAgency(person)
    return { person, session, who: { handle: kept.seal(session), name: person.name, agency } }
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
    alongOf,
    pathOf,
    passFor: (session: Session) => kept.sealPass(session),

    /** Ends the session that a form carries. */
    leave: (fields: URLSearchParams) => kept.end(fields.get('handle') ?? ''),

    /** Registers what people do who are let in, once for each language. */
    post(path: string, permission: Permission, work: (visit: Visit) => Promise<FastifyReply>): void {
      inEachLanguage(frame, (at) => {
        paths.add(`${at.root}/partner${path}`)
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

function carriedBy(fields: URLSearchParams, name: string): { name: string; value: string }[] {
  const value = fields.get(name)
  return value === null ? [] : [{ name, value }]
}
