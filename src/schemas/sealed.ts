import { type Static, Type } from 'typebox'
import { ItemDraft } from './casework.ts'
import { ref } from './component.ts'
import { imageMediaTypes } from './mailbox.ts'
import { categorySlugs, ReportDraft } from './report.ts'
import { bases, gateways, OutcomeDraft, ProductItem } from './sharing.ts'
import { Source } from './submissions.ts'
import { id, oneOf, text } from './text.ts'
import { Proposal, sourceKnown } from './triage.ts'

/** What lies under seals and is no body of a call. Formats that triage opens: add what is optional, change nothing. */

const closed = { additionalProperties: false } as const
const rawKey = Type.String({ pattern: '^[A-Za-z0-9_-]*$', maxLength: 64, description: 'Raw key, base64url' })

export const SealedContent = Type.Object(
  {
    report: ref(ReportDraft),
    proposals: Type.Array(ref(Proposal), { maxItems: 20, description: 'What intake proposed' }),
    mailbox: Type.Object(
      { id: id('The mailbox'), sealingKey: rawKey, signingKey: rawKey },
      {
        ...closed,
        description:
          'Compared with the mailbox row before a message is sealed, so that a re-pointed row misdirects nothing',
      },
    ),
    source: Type.Optional(Type.Object(sourceKnown, closed)),
  },
  { ...closed, description: 'What is sealed of a report' },
)
export type SealedContent = Static<typeof SealedContent>

/** Ids of everybody who counts as an author. */
const authors = Type.Optional(Type.Array(id('A person')))

/** Longer than either side may write, since staff's words go out with standing ones. Only drafts name authors. */
export const SealedMessage = Type.Object({ text: text(0, 10_000, 'What it says'), authors }, closed)

export const SealedItem = Type.Object({ ...ItemDraft.properties, authors }, closed)

/** What else was sealed with them is not signed, and shown nowhere. */
export const SealedImageFacts = Type.Object({
  mediaType: oneOf(imageMediaTypes, 'Media type'),
  bytes: Type.Integer({ minimum: 1, description: 'Size' }),
  signature: Type.Optional(Type.String({ maxLength: 200, description: 'Of the reporter, base64url' })),
})

export const SealedUnlock = Type.Object(
  {
    reason: text(1, 2000, 'Why messages may be sent again'),
    through: Type.Integer({
      minimum: 0,
      description: 'The last message of the reporter that counts no more',
    }),
  },
  closed,
)
export type SealedUnlock = Static<typeof SealedUnlock>

export const ProductContent = Type.Object(
  {
    items: Type.Array(ref(ProductItem), { maxItems: 50 }),
    gateway: oneOf(gateways, 'What permits the disclosure'),
    basis: oneOf(bases, 'Lawful basis'),
    purpose: text(1, 2000, 'What it may be used for'),
    leadOrInformation: oneOf(['lead', 'information'], 'Whether the agency is to act, or to know'),
  },
  { ...closed, description: 'What goes to an agency' },
)
export type ProductContent = Static<typeof ProductContent>

const { detail, quantity, unit, value, ocgReference } = OutcomeDraft.properties
export const SealedOutcome = Type.Object({ detail, quantity, unit, value, ocgReference }, closed)
export type SealedOutcome = Static<typeof SealedOutcome>

const secret = Type.String({ pattern: '^whsec_[A-Za-z0-9+/]+=*$', maxLength: 200 })
export const SealedWebhook = Type.Object(
  {
    url: text(1, 2048, 'Where to'),
    secret,
    previous: Type.Optional(
      Type.Object({ secret, until: Type.String({ format: 'date-time', maxLength: 40 }) }, closed),
    ),
  },
  closed,
)
export type SealedWebhook = Static<typeof SealedWebhook>

export const SealedSubmission = Type.Object(
  {
    reportId: id('The report'),
    category: oneOf(categorySlugs, 'Its category when it was submitted'),
    receipt: Type.String({ maxLength: 64, description: 'Of its mailbox' }),
    submitter: Type.String({
      maxLength: 64,
      description: 'SHA-256 of who submitted it as sealed, base64url',
    }),
  },
  { ...closed, description: 'What leads from a submission to its report and mailbox' },
)
export type SealedSubmission = Static<typeof SealedSubmission>

export const SealedSubmitter = Type.Object(
  {
    id: id('The person'),
    name: text(0, 200, 'Their name'),
    role: Type.String({ maxLength: 64, description: 'Their role' }),
    agency: Type.String({ maxLength: 64, description: 'Their agency' }),
    source: ref(Source),
  },
  { ...closed, description: 'Who submitted something, and from where they have it' },
)
export type SealedSubmitter = Static<typeof SealedSubmitter>
