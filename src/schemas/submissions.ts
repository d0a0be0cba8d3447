import { type Static, type TSchema, Type } from 'typebox'
import { component, ref } from './component.ts'
import { DraftCheck } from './intake.ts'
import { MailboxAttachment, MailboxMessage } from './mailbox.ts'
import { categorySlugs, ReportDraft } from './report.ts'
import { day, id, nullable, oneOf, text } from './text.ts'
import { agencySlug, sourceKnown } from './triage.ts'

/** What partners and providers share in (contract section 3). */

const closed = { additionalProperties: false } as const

/** The same properties where another schema has described them; whether one is optional stands in what is not enumerable. */
function undescribed<P extends Readonly<Record<string, TSchema>>>(properties: P): P {
  const entries = Object.entries(properties).map(([name, schema]) => {
    const { description: _description, ...rest } = Object.getOwnPropertyDescriptors(schema)
    return [name, Object.defineProperties({}, rest)]
  })
  return Object.fromEntries(entries) as P
}

export const Source = component(
  'Source',
  Type.Object(
    {
      ...sourceKnown,
      note: Type.Optional(text(0, 2000, 'What triage should know of it, such as whom not to speak to')),
      contact: Type.Optional(text(0, 200, 'How triage reaches whoever submits')),
      shareWithAgency: Type.Optional(Type.Boolean({ description: 'Whether others of the agency see it' })),
    },
    {
      ...closed,
      description: 'From where it is known. Sealed apart from the report, with who submits it',
    },
  ),
)
export type Source = Static<typeof Source>

export const SubmissionDraft = component(
  'SubmissionDraft',
  Type.Object(
    { ...undescribed(ReportDraft.properties), source: ref(Source) },
    {
      ...closed,
      description:
        'A report (ReportDraft), and from where it is known: who told it belongs there, not into the text',
    },
  ),
)
export type SubmissionDraft = Static<typeof SubmissionDraft>

const { warnings, signposts } = DraftCheck.properties
const notice = Type.String({ description: 'What this is not; to be shown before and after sending' })

export const SubmissionCheck = component(
  'SubmissionCheck',
  Type.Object(
    { warnings, signposts, notice },
    { ...closed, description: 'What would be said of this draft. Nothing was kept' },
  ),
)
export type SubmissionCheck = Static<typeof SubmissionCheck>

const submission = {
  id: id('The submission. It leads to no report'),
  submittedOn: day('UTC day'),
  category: oneOf(categorySlugs, 'What it was about when it was submitted'),
  status: oneOf(['received', 'reviewed', 'shared', 'closed'], 'Coarse on purpose'),
  mine: Type.Boolean({ description: 'Whether you submitted it' }),
  asked: Type.Boolean({ description: 'Whether the last word is triage’s' }),
}

export const Submission = component(
  'Submission',
  Type.Object(submission, { ...closed, description: 'What your agency shared in; never the report itself' }),
)
export type Submission = Static<typeof Submission>

export const SubmissionAccepted = component(
  'SubmissionAccepted',
  Type.Object(
    { ...undescribed({ ...submission, warnings, signposts, notice }) },
    { ...closed, description: 'It is durable, and lies with triage' },
  ),
)
export type SubmissionAccepted = Static<typeof SubmissionAccepted>

export const OpenedSubmission = component(
  'OpenedSubmission',
  Type.Object(
    {
      ...undescribed(submission),
      attachmentsAllowed: Type.Boolean({ description: 'Whether images are taken' }),
      messages: Type.Array(ref(MailboxMessage), {
        description: 'Both sides; `reporter` is yours',
      }),
      attachments: Type.Array(ref(MailboxAttachment), { description: 'Images that were added' }),
    },
    { ...closed, description: 'A submission' },
  ),
)
export type OpenedSubmission = Static<typeof OpenedSubmission>

export const SubmissionList = component(
  'SubmissionList',
  Type.Object({ items: Type.Array(ref(Submission)), nextCursor: Type.Optional(Type.String()) }, closed),
)
export const SubmissionMessages = component(
  'SubmissionMessages',
  Type.Object({ items: Type.Array(ref(MailboxMessage)) }, closed),
)

export const Submitter = component(
  'Submitter',
  Type.Object(
    {
      id: id('The person'),
      name: Type.String({ description: 'Their name' }),
      role: Type.String({ description: 'The role that they submitted in' }),
      agency: agencySlug('Their agency'),
      contact: nullable(Type.String(), 'How to reach them'),
      source: ref(Source),
    },
    { ...closed, description: 'Who shared it in' },
  ),
)
export type Submitter = Static<typeof Submitter>
