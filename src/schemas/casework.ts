import { type Static, Type } from 'typebox'
import { reportStatuses } from '../vocabulary/statuses.ts'
import { SealedClosure } from './closures.ts'
import { component, ref } from './component.ts'
import { Warning } from './intake.ts'
import { Waiting } from './pending.ts'
import { NamedPerson } from './person.ts'
import { DisclosureRequest, Referral } from './referrals.ts'
import { categorySlugs } from './report.ts'
import { day, id, nullable, oneOf, text, unreadable } from './text.ts'
import { agencySlug, closeReasons, deconflictions, OpenedReport, priorities, reviewGroups } from './triage.ts'

/** What staff write about a report (contract section 3). */

const closed = { additionalProperties: false } as const
const moment = (description: string) => Type.String({ format: 'date-time', description })
const version = Type.Integer({ minimum: 0, description: 'The ETag is this number in quotes' })
const author = ref(NamedPerson)
const agencies = (description: string) =>
  Type.Array(agencySlug('Slug'), { maxItems: 50, uniqueItems: true, description })

export const Case = Type.Object(
  {
    deconfliction: oneOf(deconflictions, 'What the police said of overt action'),
    referrals: Type.Array(ref(Referral), { description: 'Referrals that the law expects' }),
    disclosureRequests: Type.Array(ref(DisclosureRequest), { description: 'Subject access, court, FOI' }),
    proceedingsKnown: Type.Boolean({ description: 'Whether court proceedings are known' }),
    closeReason: nullable(oneOf(closeReasons, 'A reason'), 'Why it was closed'),
    pending: Type.Optional(
      Type.Array(Waiting, { maxItems: 10, description: 'What waits for a second supervisor' }),
    ),
    closure: Type.Optional(SealedClosure),
  },
  { ...closed, description: 'The sealed fields of a report' },
)
export type Case = Static<typeof Case>

export const ReportPatch = component(
  'ReportPatch',
  Type.Object(
    {
      status: Type.Optional(oneOf(reportStatuses, 'Where it should stand; only listed moves are allowed')),
      priority: Type.Optional(oneOf(priorities, 'Priority')),
      assignee: Type.Optional(nullable(id('A person'), 'Who works on it; null clears')),
      leadAgency: Type.Optional(agencySlug('Lead agency')),
      supportAgencies: Type.Optional(
        nullable(agencies('Supporting agencies'), 'Supporting agencies; null clears'),
      ),
      conflictOfInterest: Type.Optional(
        nullable(agencies('Agencies'), 'Agencies that may not know of it at all; null clears'),
      ),
      restricted: Type.Optional(
        nullable(
          Type.Boolean(),
          'True restricts it and names nobody, unless `restrictedTo` does; false or null lifts the restriction',
        ),
      ),
      restrictedTo: Type.Optional(
        nullable(
          Type.Array(id('A person'), { maxItems: 50, uniqueItems: true }),
          'The only people who may see it: at least two who can sign in, one of them a supervisor other than who sets it; an empty list restricts and names nobody; null lifts the restriction',
        ),
      ),
      category: Type.Optional(oneOf(categorySlugs, 'Category')),
      reviewGroup: Type.Optional(
        nullable(oneOf(reviewGroups, 'Group'), 'Retention group; null is unassessed'),
      ),
      legalHold: Type.Optional(nullable(Type.Boolean(), 'Overrides purge; null clears')),
      suspectedMalicious: Type.Optional(
        nullable(Type.Boolean(), 'A supervisor’s decision, with reason; null clears'),
      ),
      deconfliction: Type.Optional(
        nullable(oneOf(deconflictions, 'What the police said'), 'What the police said; null is not-needed'),
      ),
      referrals: Type.Optional(
        nullable(Type.Array(ref(Referral), { maxItems: 50 }), 'Referrals; null clears'),
      ),
      disclosureRequests: Type.Optional(
        nullable(Type.Array(ref(DisclosureRequest), { maxItems: 50 }), 'Requests; null clears'),
      ),
      proceedingsKnown: Type.Optional(
        nullable(Type.Boolean(), 'Whether court proceedings are known; null clears'),
      ),
      attentionBy: Type.Optional(nullable(day('Day'), 'Day by which it wants attention; null clears')),
      closeReason: Type.Optional(nullable(oneOf(closeReasons, 'A reason'), 'Why it is closed; null clears')),
      reason: Type.Optional(text(1, 2000, 'Why, for the audit trail; kept sealed')),
    },
    { ...closed, minProperties: 1, description: 'A JSON merge patch (RFC 7396)' },
  ),
)
export type ReportPatch = Static<typeof ReportPatch>

export const CaseView = component(
  'CaseView',
  Type.Object(
    (() => {
      const { report: _report, proposals: _proposals, source: _source, ...rest } = OpenedReport.properties
      return rest
    })(),
    { ...closed, description: 'A report as staff work on it, without its content' },
  ),
)
export type CaseView = Static<typeof CaseView>

const words = (description: string) => text(0, 10_000, description)
const assessed = {
  threat: words('Threat'),
  harm: words('Harm'),
  likelihood: words('Likelihood'),
  immediacy: words('Immediacy'),
  vulnerability: words('Vulnerability'),
  reprisalRisk: words('Risk of reprisal to the reporter'),
  gaps: words('Intelligence gaps'),
  decision: words('Decision'),
  rationale: words('Rationale'),
}

export const AssessmentDraft = component(
  'AssessmentDraft',
  Type.Object(
    Object.fromEntries(Object.entries(assessed).map(([name, schema]) => [name, Type.Optional(schema)])) as {
      [Name in keyof typeof assessed]: ReturnType<typeof Type.Optional<(typeof assessed)[Name]>>
    },
    { ...closed, description: 'The assessment, whole: what is left out is empty' },
  ),
)
export type AssessmentDraft = Static<typeof AssessmentDraft>

export const Assessment = component(
  'Assessment',
  Type.Object(
    { ...assessed, version, author: nullable(author, 'Who wrote this version; null while it is empty') },
    { ...closed, description: 'The assessment of a report. It exists empty from the start' },
  ),
)
export type Assessment = Static<typeof Assessment>

export const NoteDraft = component(
  'NoteDraft',
  Type.Object({ text: text(1, 10_000, 'The note') }, { ...closed, description: 'A note among staff' }),
)
export const Note = component(
  'Note',
  Type.Object(
    {
      id: id('The note'),
      author,
      at: moment('When it was written'),
      text: Type.String({ description: 'The note' }),
    },
    { ...closed, description: 'A note among staff' },
  ),
)
export type Note = Static<typeof Note>
export const NoteList = component(
  'NoteList',
  Type.Object({ items: Type.Array(ref(Note)), nextCursor: Type.Optional(Type.String()), unreadable }, closed),
)

export const HandlingCondition = component(
  'HandlingCondition',
  Type.Object(
    {
      kind: oneOf(['permitted-recipients', 'permitted-actions', 'expiry', 'contact-originator'], 'What sort'),
      agencies: Type.Optional(agencies('Permitted recipients')),
      on: Type.Optional(day('Last day')),
      text: Type.Optional(text(1, 2000, 'In words')),
    },
    { ...closed, description: 'A condition of handling' },
  ),
)

export const Grade = component(
  'Grade',
  Type.Object(
    {
      source: Type.Unsafe<1 | 2 | 3>({
        type: 'integer',
        enum: [1, 2, 3],
        description: '1 reliable, 2 untested, 3 not reliable',
      }),
      intelligence: oneOf(
        ['A', 'B', 'C', 'D', 'E'],
        'A known directly, B known indirectly but corroborated, C known indirectly, D not known, E suspected false',
      ),
      handling: oneOf(['P', 'C'], 'P lawful sharing permitted, C permitted with conditions'),
      conditions: Type.Optional(
        Type.Array(ref(HandlingCondition), { maxItems: 20, description: 'With handling C' }),
      ),
    },
    { ...closed, description: 'Grade (3x5x2). Usual for an anonymous report: 2, D, C' },
  ),
)

const itemContent = {
  title: text(1, 200, 'Title'),
  text: text(1, 10_000, 'What may be passed on: nothing that gives the reporter away'),
  kind: oneOf(['fact', 'opinion'], 'Fact or opinion'),
  grade: ref(Grade),
  origin: Type.Optional(
    id(
      'The item of this report that it was made from. Its authors count as authors of this, named or not where both say the same',
    ),
  ),
}

/** Everybody who counts as an author. */
export const authors = Type.Array(ref(NamedPerson), {
  description:
    'Who wrote any version of it, of what it was made from, or of another that says the same. None of them may approve it',
})

export const ItemDraft = component(
  'ItemDraft',
  Type.Object(itemContent, { ...closed, description: 'A sanitised item' }),
)
export type ItemDraft = Static<typeof ItemDraft>

export const Item = component(
  'Item',
  Type.Object(
    {
      id: id('The item'),
      version,
      status: oneOf(['draft', 'approved', 'refused'], 'Of this version'),
      author,
      authors,
      at: moment('When this version was written'),
      decidedBy: nullable(ref(NamedPerson), 'Who approved or refused this version'),
      refusal: nullable(Type.String(), 'Why this version was refused'),
      ...itemContent,
      warnings: Type.Optional(
        Type.Array(ref(Warning), {
          description: 'Of what an agency shared in: where it names who did (`names-submitter`)',
        }),
      ),
    },
    { ...closed, description: 'A sanitised item, in its newest version' },
  ),
)
export type Item = Static<typeof Item>
export const ItemList = component(
  'ItemList',
  Type.Object({ items: Type.Array(ref(Item)), nextCursor: Type.Optional(Type.String()), unreadable }, closed),
)

export const Approval = component(
  'Approval',
  Type.Object(
    {
      approved: Type.Boolean({ description: 'Approve, or refuse' }),
      reason: Type.Optional(text(1, 2000, 'Why; needed to refuse')),
    },
    { ...closed, description: 'A decision by a supervisor who did not write it' },
  ),
)
export type Approval = Static<typeof Approval>

export const Actor = component(
  'Actor',
  Type.Object(
    {
      id: Type.String({ description: 'A person’s id; `operator` at the command line' }),
      name: Type.String({ description: 'Name' }),
    },
    { ...closed, description: 'Who did it' },
  ),
)

export const HistoryEntry = component(
  'HistoryEntry',
  Type.Object(
    {
      seq: Type.Integer({ description: 'Number in the audit trail' }),
      at: moment('When'),
      actor: ref(Actor),
      role: Type.String({ description: 'In which role' }),
      action: Type.String({ description: 'What sort of act' }),
      target: Type.String({ description: 'On what' }),
      reason: Type.Optional(Type.String({ description: 'Why' })),
    },
    { ...closed, description: 'Something that was done to the report' },
  ),
)
export type HistoryEntry = Static<typeof HistoryEntry>
export const History = component(
  'History',
  Type.Object({ items: Type.Array(ref(HistoryEntry)), nextCursor: Type.Optional(Type.String()) }, closed),
)

export const Paging = Type.Object(
  {
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 200, description: 'How many at most (50 if not said)' }),
    ),
    cursor: Type.Optional(Type.String({ maxLength: 4096, description: 'From `nextCursor`' })),
  },
  closed,
)
export type Paging = Static<typeof Paging>
