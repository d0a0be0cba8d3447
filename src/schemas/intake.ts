import { type Static, Type } from 'typebox'
import { component, ref } from './component.ts'
import { categorySlugs } from './report.ts'
import { day, nullable, oneOf } from './text.ts'

/** What the public side answers (contract section 2). */

const closed = { additionalProperties: false } as const

export const Signpost = component(
  'Signpost',
  Type.Object(
    {
      code: Type.String({ description: 'Stable name' }),
      label: Type.String({ description: 'Who it is' }),
      phone: nullable(Type.String(), 'Telephone number, if there is one'),
      url: nullable(Type.String(), 'Web address, if there is one'),
      availability: Type.String({ description: 'When somebody answers' }),
      reason: Type.String({ description: 'Why it is shown' }),
      urgent: Type.Boolean({ description: 'Show it first' }),
      checkedOn: day('Day when somebody last checked that it is right'),
    },
    { ...closed, description: 'Who else can help' },
  ),
)

export const Warning = component(
  'Warning',
  Type.Object(
    {
      code: Type.String({
        description: 'What kind of phrase: kinship, position, uniqueness, own-contact and others',
      }),
      pointer: Type.String({ description: 'JSON Pointer to the text' }),
      start: Type.Integer({ minimum: 0, description: 'Where the phrase starts, in UTF-16 code units' }),
      end: Type.Integer({ minimum: 0, description: 'Where it ends' }),
    },
    {
      ...closed,
      description:
        'A phrase that may give the reporter away. It never blocks; the text itself is not repeated',
    },
  ),
)

const warnings = Type.Array(ref(Warning), { description: 'Phrases that may give the reporter away' })
const signposts = Type.Array(ref(Signpost), { description: 'Who else can help, urgent ones first' })

export const Acceptance = component(
  'Acceptance',
  Type.Object(
    {
      receipt: Type.String({
        pattern: '^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){6}$',
        description: 'Opens the mailbox. Shown once, stored nowhere: the reporter keeps it or loses it',
      }),
      receivedOn: day('UTC day'),
      signposts,
      warnings,
      notice: Type.String({ description: 'What this service is not; to be shown' }),
    },
    {
      ...closed,
      description: 'The report is durable. There is no id: nothing but the receipt leads back to it',
    },
  ),
)

export const DraftCheck = component(
  'DraftCheck',
  Type.Object(
    { warnings, signposts },
    { ...closed, description: 'What would be said of this draft. Nothing was kept' },
  ),
)

export type Acceptance = Static<typeof Acceptance>
export type DraftCheck = Static<typeof DraftCheck>

const Subcategory = Type.Object(
  {
    slug: Type.String({ description: 'Goes into `subcategories` of a report' }),
    name: Type.String({ description: 'Name to show' }),
    description: Type.String({ description: 'One line' }),
  },
  closed,
)

export const Category = component(
  'Category',
  Type.Object(
    {
      slug: oneOf(categorySlugs, 'Goes into `category` of a report'),
      name: Type.String({ description: 'Name to show' }),
      description: Type.String({ description: 'What it is, in plain English' }),
      signs: Type.Array(Type.String(), { description: 'Signs to look for. One alone may well be innocent' }),
      subcategories: Type.Array(Subcategory, { description: 'Sub-types' }),
      attachments: Type.Boolean({ description: 'Whether images are taken' }),
      signposts,
      version: Type.String({ description: 'Changes when anything here does' }),
    },
    { ...closed, description: 'A kind of crime that can be reported' },
  ),
)
export type Category = Static<typeof Category>

export const CategoryList = component(
  'CategoryList',
  Type.Object(
    {
      version: Type.String({ description: 'Changes when anything here does' }),
      items: Type.Array(ref(Category)),
    },
    { ...closed, description: 'The whole taxonomy' },
  ),
)
export type CategoryList = Static<typeof CategoryList>

export const PublicKeys = component(
  'PublicKeys',
  Type.Object(
    {
      items: Type.Array(
        Type.Object(
          {
            kid: Type.String({ description: 'Key id' }),
            kem: Type.Integer({ description: 'RFC 9180 KEM' }),
            kdf: Type.Integer({ description: 'RFC 9180 KDF' }),
            aead: Type.Integer({ description: 'RFC 9180 AEAD' }),
            publicKey: Type.String({ description: 'Raw public key, base64url' }),
            status: oneOf(['pending', 'active', 'expired'], 'active: reports are sealed to it'),
            notAfter: day('Last day of its period'),
          },
          closed,
        ),
      ),
    },
    { ...closed, description: 'The public keys that reports are sealed to' },
  ),
)
export type PublicKeys = Static<typeof PublicKeys>
