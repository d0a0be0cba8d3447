import { type Static, Type } from 'typebox'
import { agencyKinds } from '../vocabulary/agencies.ts'
import { Grade } from './casework.ts'
import { component, ref } from './component.ts'
import { NamedPerson } from './person.ts'
import { rule } from './rules.ts'
import { day, id, nullable, oneOf, text, unreadable } from './text.ts'
import { agencySlug } from './triage.ts'

/** What goes to other agencies, and what comes back (contract section 3, domain.md section 4). */

const closed = { additionalProperties: false } as const
const moment = (description: string) => Type.String({ format: 'date-time', description })
const list = <S extends Parameters<typeof Type.Array>[0]>(items: S) =>
  Type.Object({ items: Type.Array(items), nextCursor: Type.Optional(Type.String()), unreadable }, closed)

export const AgencyDraft = component(
  'AgencyDraft',
  Type.Object(
    {
      slug: agencySlug('Slug'),
      name: text(1, 200, 'Name'),
      kind: Type.Optional(
        oneOf(agencyKinds, 'provider: it only shares in what it learns (agency if not said)'),
      ),
    },
    { ...closed, description: 'A new agency' },
  ),
)
export const AgencyPatch = component(
  'AgencyPatch',
  Type.Object(
    {
      name: Type.Optional(text(1, 200, 'Name')),
      retired: Type.Optional(Type.Boolean({ description: 'Whether nothing new goes there' })),
    },
    { ...closed, minProperties: 1, description: 'A JSON merge patch' },
  ),
)
export const Agency = component(
  'Agency',
  Type.Object(
    {
      slug: agencySlug('Slug'),
      name: Type.String({ description: 'Name' }),
      retired: Type.Boolean({ description: 'Whether nothing new goes there' }),
      kind: oneOf(agencyKinds, 'provider: it shares in what it learns, and nothing is sent to it'),
      keyHeldBy: nullable(
        oneOf(['service', 'agency'], 'Holder'),
        'Who can open what goes there; null: it has no key',
      ),
    },
    { ...closed, description: 'An organisation that products can go to' },
  ),
)
export type Agency = Static<typeof Agency>
export const AgencyList = component('AgencyList', Type.Object({ items: Type.Array(ref(Agency)) }, closed))

export const AgencyKeyDraft = component(
  'AgencyKeyDraft',
  Type.Object(
    {
      publicKey: Type.String({
        pattern: rule(
          '^([A-Za-z0-9_-]{43}|[A-Za-z0-9_-]{1622})$',
          'must be 32 bytes in base64url (43 characters, X25519) or 1,216 (1,622 characters, MLKEM768-X25519)',
        ),
        maxLength: 1622,
        description: 'Raw public key, base64url, of either suite; the agency alone has the other half',
      }),
    },
    { ...closed, description: 'A key of the agency’s own' },
  ),
)
export const AgencyKey = component(
  'AgencyKey',
  Type.Object(
    {
      kid: Type.String({ description: 'Key id' }),
      publicKey: Type.String({ description: 'Raw public key, base64url' }),
      heldBy: oneOf(['service', 'agency'], 'Who has the private half'),
      status: oneOf(['active', 'retired'], 'active: sealed to'),
      addedOn: day('UTC day'),
    },
    { ...closed, description: 'A key that products are sealed to' },
  ),
)
export type AgencyKey = Static<typeof AgencyKey>
export const AgencyKeyList = component(
  'AgencyKeyList',
  Type.Object({ items: Type.Array(ref(AgencyKey)) }, closed),
)

export const gateways = [
  'cda-1998-s115',
  'crime-and-courts-2013-s7',
  'children-acts',
  'care-act-2014',
  'modern-slavery-2015-s52',
  'other',
] as const
export const bases = ['dpa-part-3', 'ukgdpr-public-task', 'ukgdpr-vital-interests'] as const

const addressed = {
  gateway: oneOf(gateways, 'What permits the disclosure; it overrides nothing'),
  basis: oneOf(bases, 'Lawful basis'),
  purpose: text(1, 2000, 'What it may be used for'),
  leadOrInformation: oneOf(['lead', 'information'], 'Whether the agency is to act, or to know'),
  due: Type.Optional(day('Day by which an answer is wanted')),
}

export const DisseminationDraft = component(
  'DisseminationDraft',
  Type.Object(
    {
      agency: agencySlug('To whom'),
      items: Type.Array(id('A sanitised item of this report'), {
        minItems: 1,
        maxItems: 50,
        uniqueItems: true,
      }),
      ...addressed,
      necessity: text(1, 5000, 'Why it is necessary'),
      proportionality: text(1, 5000, 'Why it is proportionate'),
      tellReporter: Type.Optional(
        Type.Boolean({ description: 'A supervisor lets the reporter see that it was shared' }),
      ),
      urgent: Type.Optional(
        Type.Boolean({
          description:
            'One item before its approval, to law-enforcement or safeguarding: telephone the police or children’s services first',
        }),
      ),
      reason: Type.Optional(text(1, 2000, 'Why it is urgent; needed then')),
    },
    { ...closed, description: 'Approved items, on their way to an agency' },
  ),
)
export type DisseminationDraft = Static<typeof DisseminationDraft>

export const ProductItem = component(
  'ProductItem',
  Type.Object(
    {
      title: Type.String(),
      text: Type.String(),
      kind: oneOf(['fact', 'opinion'], 'Fact or opinion'),
      grade: ref(Grade),
      version: Type.Integer(),
      sha256: Type.String({ description: 'Over a sealed salt and the text: proves later what was sent' }),
    },
    { ...closed, description: 'An item as it was sent' },
  ),
)
export type ProductItem = Static<typeof ProductItem>

export const SealedProduct = component(
  'SealedProduct',
  Type.Object(
    {
      format: Type.Integer({ description: 'Version of the format (docs/sealed-format.md)' }),
      batchId: id('The batch'),
      kid: Type.String({ description: 'The agency key' }),
      enc: Type.String({ description: 'HPKE encapsulated key, base64url' }),
      batchKey: Type.String({ description: 'HPKE ciphertext of the batch key, base64url' }),
      wrappedKey: Type.String({ description: 'Data key under the batch key, base64url' }),
      sentOn: day('UTC day, bound into the body'),
      body: Type.String({ description: 'The sealed product, base64url' }),
    },
    { ...closed, description: 'The product, for the holder of the agency’s key: `sotto open --key FILE`' },
  ),
)
export type SealedProduct = Static<typeof SealedProduct>

export const disseminationStatuses = ['sent', 'acknowledged', 'answered', 'recalled'] as const

export const Dissemination = component(
  'Dissemination',
  Type.Object(
    {
      id: id('The dissemination'),
      agency: agencySlug('To whom'),
      items: Type.Optional(Type.Array(ref(ProductItem), { description: 'What was sent' })),
      sealed: Type.Optional(ref(SealedProduct)),
      gateway: Type.Optional(addressed.gateway),
      basis: Type.Optional(addressed.basis),
      purpose: Type.Optional(Type.String({ description: 'What it may be used for' })),
      leadOrInformation: Type.Optional(addressed.leadOrInformation),
      due: addressed.due,
      caveat: Type.String({ description: 'To be shown with it, always' }),
      status: oneOf(disseminationStatuses, 'How far it is'),
      sentOn: day('UTC day'),
    },
    {
      ...closed,
      description: 'A product; `sealed` stands instead of its content where the agency alone holds its key',
    },
  ),
)
export type Dissemination = Static<typeof Dissemination>
export const DisseminationList = component('DisseminationList', list(ref(Dissemination)))

export const StaffDissemination = component(
  'StaffDissemination',
  Type.Object(
    {
      ...Dissemination.properties,
      urgent: Type.Boolean({ description: 'Sent before approval' }),
      reviewBy: nullable(moment('When'), 'When somebody else must have reviewed it; null unless urgent'),
      reviewed: Type.Boolean({ description: 'Whether they have' }),
      expiresOn: nullable(day('Day'), 'Last day of the agency’s access, by the handling conditions'),
      author: ref(NamedPerson),
    },
    { ...closed, description: 'A product, as staff see it' },
  ),
)
export type StaffDissemination = Static<typeof StaffDissemination>
export const StaffDisseminationList = component('StaffDisseminationList', list(ref(StaffDissemination)))

export const outcomeTypes = [
  'arrest',
  'charge',
  'caution',
  'warrant',
  'seizure',
  'property-recovered',
  'person-safeguarded',
  'closure-notice',
  'closure-order',
  'community-protection-warning',
  'community-protection-notice',
  'injunction',
  'respect-order',
  'cash-forfeiture',
  'account-freezing',
  'possession-or-tenancy-action',
  'licence-review',
  'planning-enforcement-notice',
  'abatement-notice',
  'banning-or-prohibition-order',
  'trading-standards-action',
  'civil-penalty',
  'nrm-referral',
  'advice-or-diversion',
  'notice-served',
  'intelligence-only',
  'already-known',
  'no-trace',
  'unfounded',
  'no-further-action',
] as const

const outcomeContent = {
  type: oneOf(outcomeTypes, 'Outcome or power used'),
  on: day('Day'),
  agency: Type.Optional(agencySlug('Who did it')),
  detail: Type.Optional(text(1, 5000, 'In words')),
  quantity: Type.Optional(
    Type.Number({ minimum: 0, maximum: 1e12, description: 'How much was seized or recovered' }),
  ),
  unit: Type.Optional(text(1, 50, 'Of what: kg, plants, items')),
  value: Type.Optional(Type.Number({ minimum: 0, maximum: 1e12, description: 'Value in pounds' })),
  fourP: Type.Optional(oneOf(['pursue', 'prevent', 'protect', 'prepare'], 'Which of the four Ps')),
  disruption: Type.Optional(oneOf(['major', 'moderate', 'minor', 'none'], 'How much it disrupted')),
  ocgReference: Type.Optional(text(1, 100, 'Reference of an organised crime group; kept sealed')),
}
export const OutcomeDraft = component(
  'OutcomeDraft',
  Type.Object(outcomeContent, { ...closed, description: 'What came of it' }),
)
export type OutcomeDraft = Static<typeof OutcomeDraft>
export const Outcome = component(
  'Outcome',
  Type.Object(
    { id: id('The outcome'), ...outcomeContent, recordedOn: day('UTC day') },
    { ...closed, description: 'What came of it' },
  ),
)
export type Outcome = Static<typeof Outcome>
export const OutcomeList = component('OutcomeList', list(ref(Outcome)))
