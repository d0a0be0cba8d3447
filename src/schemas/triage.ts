import { type Static, Type } from 'typebox'
import { origins, sourceBases } from '../vocabulary/origins.ts'
import { staffRoles } from '../vocabulary/roles.ts'
import { reportStatuses } from '../vocabulary/statuses.ts'
import { component, ref } from './component.ts'
import { imageMediaTypes } from './mailbox.ts'
import { Move } from './moves.ts'
import { PendingChange } from './pending.ts'
import { NamedPerson } from './person.ts'
import { DisclosureRequest, Referral } from './referrals.ts'
import { categorySlugs, ReportDraft } from './report.ts'
import { rule } from './rules.ts'
import { day, id, nullable, oneOf, unreadable } from './text.ts'

/** What staff see of reports (contract section 3). */

export const reportFlags = [
  'legalHold',
  'chisReview',
  'suspectedMalicious',
  'restricted',
  'unreadable',
] as const
export type ReportFlag = (typeof reportFlags)[number]

export const reviewGroups = ['1', '2', '3', '4', 'unassessed'] as const
export const deconflictions = ['not-needed', 'pending', 'clear', 'hold'] as const

export const closeReasons = [
  'duplicate',
  'insufficient',
  'no-crime',
  'victim-report',
  'out-of-remit',
  'no-further-action',
] as const

export const priorities = ['high', 'medium', 'low'] as const

const closed = { additionalProperties: false } as const
export const agencySlug = (description: string) =>
  Type.String({
    pattern: rule('^[a-z][a-z0-9-]{0,63}$', 'must be the slug of an agency: a-z, 0-9 and hyphens'),
    maxLength: 64,
    description,
  })
const flags = Type.Array(oneOf(reportFlags, 'A flag'), { description: 'What stands beside the status' })
const version = Type.Integer({ description: 'The ETag is this number in quotes' })

export const Me = component(
  'Me',
  Type.Object(
    {
      id: id('Who you are in the audit trail'),
      name: Type.String({ description: 'Your name' }),
      role: oneOf(staffRoles, 'Your role'),
      agency: nullable(agencySlug('Slug'), 'Your agency, if you have one'),
      expires: Type.String({ format: 'date-time', description: 'When your token stops working' }),
    },
    { ...closed, description: 'The bearer of the token' },
  ),
)

const summary = {
  id: id('The report'),
  receivedOn: day('UTC day of arrival; no finer time exists'),
  category: oneOf(categorySlugs, 'Category'),
  priority: oneOf(priorities, 'Priority: the proposal, until staff change it'),
  status: oneOf(reportStatuses, 'Where it stands in its life'),
  flags,
  leadAgency: agencySlug('Lead agency: the proposal, until staff change it'),
  supportAgencies: Type.Array(agencySlug('Slug'), {
    description: 'Supporting agencies: the proposal, until staff change it',
  }),
  assignee: nullable(ref(NamedPerson), 'Who works on it'),
  attentionBy: nullable(day('Day'), 'Day by which it wants attention'),
  version,
  unreadMessages: Type.Integer({ minimum: 0, description: 'Unread messages of the reporter' }),
  links: Type.Integer({ minimum: 0, description: 'Links to other reports' }),
  origin: oneOf(origins, 'Who sent it'),
  originAgency: nullable(agencySlug('Slug'), 'The agency that shared it in'),
}

export const ReportSummary = component(
  'ReportSummary',
  Type.Object(summary, { ...closed, description: 'A report as lists show it' }),
)

export const RestrictedReport = component(
  'RestrictedReport',
  Type.Object(
    {
      id: summary.id,
      receivedOn: summary.receivedOn,
      category: summary.category,
      flags,
      version,
      pending: Type.Optional(
        Type.Array(ref(PendingChange), {
          description: 'What of its naming waits for a second supervisor, if any',
        }),
      ),
    },
    { ...closed, description: 'What supervisors see of a restricted report that names nobody yet' },
  ),
)

export type ReportSummary = Static<typeof ReportSummary>
export type RestrictedReport = Static<typeof RestrictedReport>

export const ReportList = component(
  'ReportList',
  Type.Object(
    {
      items: Type.Array(
        Type.Unsafe<ReportSummary | RestrictedReport>({ anyOf: [ref(ReportSummary), ref(RestrictedReport)] }),
      ),
      nextCursor: Type.Optional(Type.String({ description: 'For the next page; absent on the last' })),
    },
    { ...closed, description: 'One page of reports' },
  ),
)

export const Proposal = component(
  'Proposal',
  Type.Object(
    {
      field: oneOf(['priority', 'leadAgency', 'supportAgencies', 'restricted', 'grade'], 'What it is about'),
      value: Type.Unsafe<string | readonly string[] | boolean>({
        anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }, { type: 'boolean' }],
        description: 'What is proposed',
      }),
      reason: Type.String({ description: 'The rules that led to it' }),
    },
    { ...closed, description: 'What the rules propose; a person decides' },
  ),
)

/** What triage is told of a source without being told who it is. */
export const sourceKnown = {
  basis: oneOf(sourceBases, 'How they know it'),
  protect: Type.Boolean({
    description: 'Whether not even name or team of who submits may be told: what tells is not sent',
  }),
}

export const OpenedReport = component(
  'OpenedReport',
  Type.Object(
    {
      ...summary,
      conflictOfInterest: Type.Array(agencySlug('Slug'), { description: 'Agencies that may not know of it' }),
      restrictedTo: Type.Array(ref(NamedPerson), {
        description: 'The only people who may see it, if restricted',
      }),
      reviewGroup: oneOf(reviewGroups, 'Retention group'),
      deconfliction: oneOf(deconflictions, 'What the police said of overt action'),
      proposals: Type.Array(ref(Proposal), { description: 'What the rules propose' }),
      referrals: Type.Array(ref(Referral), { description: 'Referrals that the law expects' }),
      disclosureRequests: Type.Array(ref(DisclosureRequest), { description: 'Subject access, court, FOI' }),
      proceedingsKnown: Type.Boolean({ description: 'Whether court proceedings are known' }),
      closeReason: nullable(oneOf(closeReasons, 'A reason'), 'Why it was closed'),
      purgeNotBefore: Type.Optional(
        day(
          'Where a hold was lifted, the review group shortened or proceedings taken back: not purged before',
        ),
      ),
      pending: Type.Array(ref(PendingChange), { description: 'What waits for a second supervisor' }),
      moves: Type.Array(ref(Move), { description: 'Where it may go from here, and what each move lacks' }),
      report: nullable(ref(ReportDraft), 'As it was submitted; null where it cannot be read'),
      source: Type.Optional(
        Type.Object(sourceKnown, {
          ...closed,
          description: 'Of what an agency shared in. Who did is opened apart',
        }),
      ),
    },
    { ...closed, description: 'A report, opened' },
  ),
)
export type OpenedReport = Static<typeof OpenedReport>

export const TriageAttachment = component(
  'TriageAttachment',
  Type.Object(
    {
      id: id('The image'),
      mediaType: oneOf(imageMediaTypes, 'Media type'),
      bytes: Type.Integer({ minimum: 1, description: 'Size' }),
      receivedOn: day('UTC day'),
      quarantined: Type.Boolean({ description: 'Whether all use is stopped' }),
      destruction: Type.Optional(
        Type.Object(
          {
            by: ref(NamedPerson),
            on: day('UTC day on which they asked for it'),
            lapsesOn: day('UTC day on which it lapses'),
          },
          {
            ...closed,
            description: 'That a supervisor wants it destroyed. It waits for another; absent if nobody does',
          },
        ),
      ),
    },
    { ...closed, description: 'An image that the reporter added' },
  ),
)
export type TriageAttachment = Static<typeof TriageAttachment>

export const TriageAttachmentList = component(
  'TriageAttachmentList',
  Type.Object(
    { items: Type.Array(ref(TriageAttachment)), unreadable },
    { ...closed, description: 'A report’s images' },
  ),
)

const several = <S extends ReturnType<typeof oneOf<string>>>(items: S, description: string) =>
  Type.Optional(Type.Array(items, { maxItems: 50, description }))

export const ReportFilters = Type.Object(
  {
    status: several(oneOf(reportStatuses, 'Status'), 'Any of these statuses (repeat the parameter)'),
    priority: several(oneOf(priorities, 'Priority'), 'Any of these priorities (repeat the parameter)'),
    category: several(oneOf(categorySlugs, 'Category'), 'Any of these categories (repeat the parameter)'),
    agency: Type.Optional(
      Type.Array(agencySlug('Slug'), {
        maxItems: 50,
        description: 'Any of these lead agencies (repeat the parameter)',
      }),
    ),
    assignee: Type.Optional(
      Type.Array(Type.Unsafe<string>({ anyOf: [id('A person'), { type: 'string', enum: ['none'] }] }), {
        maxItems: 50,
        description: 'Any of these people, or `none` (repeat the parameter)',
      }),
    ),
    receivedFrom: Type.Optional(day('Received on this day or later')),
    receivedTo: Type.Optional(day('Received on this day or earlier')),
    pending: Type.Optional(
      Type.Boolean({
        description: 'Only those where something waits for a second supervisor, or only the others',
      }),
    ),
    origin: several(oneOf(origins, 'Origin'), 'Any of these origins (repeat the parameter)'),
    originAgency: Type.Optional(
      Type.Array(agencySlug('Slug'), {
        maxItems: 50,
        description: 'Shared in by any of these agencies (repeat the parameter)',
      }),
    ),
    sort: Type.Optional(
      oneOf(
        ['priority', 'received'],
        'By priority, then day, newest first (the default); or by day alone, which is stable',
      ),
    ),
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 200, description: 'How many at most (50 if not said)' }),
    ),
    cursor: Type.Optional(Type.String({ maxLength: 4096, description: 'From `nextCursor`' })),
  },
  closed,
)
export type ReportFilters = Static<typeof ReportFilters>
