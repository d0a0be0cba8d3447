import { type Static, type TProperties, Type } from 'typebox'
import { categories } from '../vocabulary/categories/categories.ts'
import { component, ref } from './component.ts'
import { rule } from './rules.ts'
import { oneOf, text } from './text.ts'

/** The report as a reporter sends it (domain.md section 2). Only category and narrative are mandatory. */

const closed = { additionalProperties: false } as const
const many = <S extends Parameters<typeof Type.Array>[0]>(items: S, maxItems: number, description: string) =>
  Type.Array(items, { maxItems, description })

const reporterDate = (description: string) =>
  Type.String({ format: 'date-or-time', maxLength: 40, description })

export const When = component(
  'When',
  Type.Object(
    {
      mode: Type.Optional(
        oneOf(['now', 'ongoing', 'recurring', 'past', 'planned', 'unknown'], 'How it lies in time'),
      ),
      from: Type.Optional(reporterDate('ISO 8601 month, date or date-time, as exact as the reporter wishes')),
      to: Type.Optional(reporterDate('ISO 8601 month, date or date-time, not before `from`')),
      precision: Type.Optional(
        oneOf(['exact', 'day', 'week', 'month', 'unknown'], 'How exact the times are'),
      ),
      text: Type.Optional(text(0, 500, 'In words')),
    },
    { ...closed, description: 'When it happens or happened' },
  ),
)

export const Place = component(
  'Place',
  Type.Object(
    {
      description: Type.Optional(text(0, 1000, 'In words')),
      address: Type.Optional(text(0, 500, 'Address')),
      postcode: Type.Optional(text(0, 16, 'Postcode')),
      uprn: Type.Optional(
        Type.String({
          pattern: rule('^[0-9]{1,12}$', 'must be 1 to 12 digits'),
          maxLength: 12,
          description: 'Unique property reference number, 1 to 12 digits',
        }),
      ),
      latitude: Type.Optional(
        Type.Number({ minimum: -90, maximum: 90, description: 'WGS 84; goes with `longitude`' }),
      ),
      longitude: Type.Optional(
        Type.Number({ minimum: -180, maximum: 180, description: 'WGS 84; goes with `latitude`' }),
      ),
      role: Type.Optional(oneOf(['scene', 'storage', 'home', 'business', 'online'], 'What the place is for')),
    },
    { ...closed, description: 'A place that matters' },
  ),
)

const url = (description: string) =>
  Type.String({
    maxLength: 2048,
    pattern: rule(
      '^[Hh][Tt][Tt][Pp][Ss]?://[^\\s\\u0000-\\u001F\\uD800-\\uDFFF]+$',
      'must be an address that begins with http:// or https://, without spaces',
    ),
    description: `${description} (http or https). Kept as text, never opened by the service`,
  })

/** What every entity may carry, to say who uses which vehicle, phone or address. */
const relations = {
  ref: Type.Optional(text(1, 64, 'A name for this entity within this report, for `linkedTo`')),
  linkedTo: Type.Optional(many(text(1, 64, 'The `ref` of another entity'), 50, 'Entities it goes with')),
}

function entity<const K extends string, P extends TProperties>(
  kind: K,
  name: string,
  description: string,
  fields: P,
) {
  return component(
    name,
    Type.Object(
      { kind: Type.Literal(kind, { description: 'What sort of entity it is' }), ...fields, ...relations },
      { ...closed, description },
    ),
  )
}

const age = Type.Unsafe<number | string>({
  anyOf: [{ type: 'integer', minimum: 0, maximum: 130 }, text(1, 50, 'In words')],
  description: 'Age in years as a number, or in words ("in his thirties")',
})

const Person = entity('person', 'PersonEntity', 'A person', {
  name: Type.Optional(text(0, 200, 'Name')),
  alias: Type.Optional(text(0, 200, 'Nickname or alias')),
  description: Type.Optional(text(0, 2000, 'What they look like or do')),
  ageEstimate: Type.Optional(age),
  role: Type.Optional(oneOf(['suspect', 'victim', 'witness', 'associate', 'unknown'], 'Their part in it')),
})
const Vehicle = entity('vehicle', 'VehicleEntity', 'A vehicle', {
  registration: Type.Optional(text(0, 32, 'Registration, whole or in part')),
  make: Type.Optional(text(0, 100, 'Make and model')),
  colour: Type.Optional(text(0, 100, 'Colour')),
  description: Type.Optional(text(0, 2000, 'Anything else about it')),
})
const Premises = entity('premises', 'PremisesEntity', 'A building or part of one', {
  name: Type.Optional(text(0, 200, 'Name')),
  address: Type.Optional(text(0, 500, 'Address')),
})
const Organisation = entity('organisation', 'OrganisationEntity', 'A company or other body', {
  name: Type.Optional(text(0, 200, 'Name')),
  number: Type.Optional(text(0, 64, 'Company or charity number')),
})
const Online = entity('online', 'OnlineEntity', 'An online account or page', {
  platform: Type.Optional(text(0, 200, 'Site or app')),
  handle: Type.Optional(text(0, 200, 'User name')),
  url: Type.Optional(url('Its address')),
})
const Phone = entity('phone', 'PhoneEntity', 'A telephone number', {
  number: Type.Optional(text(0, 64, 'The number')),
})
const Account = entity('account', 'AccountEntity', 'A bank, payment, gaming or crypto account', {
  identifier: Type.Optional(text(0, 200, 'Number, name or address of the account')),
})
const Item = entity('item', 'ItemEntity', 'A thing: drugs, weapon, cash, goods', {
  description: Type.Optional(text(0, 2000, 'What it is')),
})

const entities = [Person, Vehicle, Premises, Organisation, Online, Phone, Account, Item] as const

type AnyEntity = Static<(typeof entities)[number]>

export const Entity = component(
  'Entity',
  Type.Unsafe<AnyEntity>({
    type: 'object',
    required: ['kind'],
    discriminator: { propertyName: 'kind' },
    oneOf: entities.map((schema) => ref(schema)),
    description: 'Someone or something named in the report, told apart by `kind`',
  }),
)

export const categorySlugs = categories.map((category) => category.slug)

export const ReportDraft = component(
  'ReportDraft',
  Type.Object(
    {
      category: oneOf(categorySlugs, 'A slug of GET /v1/categories'),
      subcategories: Type.Optional(
        Type.Array(
          Type.String({
            maxLength: 64,
            pattern: rule('^[a-z]+(-[a-z]+)*$', 'must be a slug of GET /v1/categories'),
          }),
          {
            maxItems: 20,
            uniqueItems: true,
            description: 'Sub-type slugs of that category',
          },
        ),
      ),
      narrative: text(20, 10_000, 'What the reporter knows, in their own words'),
      language: Type.Optional(
        Type.String({
          maxLength: 35,
          pattern: rule(
            '^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$',
            'must be a language tag (BCP 47), such as en or cy',
          ),
          description: 'Language of the narrative (BCP 47), such as en or cy',
        }),
      ),
      immediateDanger: Type.Optional(oneOf(['yes', 'no', 'unsure'], 'Is somebody in danger now?')),
      riskFlags: Type.Optional(
        Type.Array(
          oneOf(['child-at-risk', 'adult-at-risk', 'threat-to-life', 'weapon', 'dog', 'hazard'], 'A risk'),
          { maxItems: 6, uniqueItems: true, description: 'Risks that staff should know of' },
        ),
      ),
      knowledge: Type.Optional(
        oneOf(['saw-or-heard', 'told', 'online', 'rumour', 'prefer-not-to-say'], 'How the reporter knows'),
      ),
      knownToFew: Type.Optional(
        Type.Boolean({ description: 'Could the subject guess who reported? Staff then see a warning' }),
      ),
      when: Type.Optional(ref(When)),
      places: Type.Optional(many(ref(Place), 20, 'Places that matter')),
      entities: Type.Optional(many(ref(Entity), 50, 'People, vehicles, premises and things named')),
      links: Type.Optional(many(url('A link'), 20, 'Links, kept as text')),
    },
    {
      ...closed,
      description:
        'A report. Only `category` and `narrative` are needed. Never ask for the reporter’s name, contact, age or place: there is no field for them. Text may hold any character but U+0000.',
    },
  ),
)

export type Report = Static<typeof ReportDraft>
