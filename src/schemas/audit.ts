import { type Static, Type } from 'typebox'
import { auditActions } from '../vocabulary/auditActions.ts'
import { staffRoles } from '../vocabulary/roles.ts'
import { component, ref } from './component.ts'
import { NamedPerson } from './person.ts'
import { categorySlugs } from './report.ts'
import { rule } from './rules.ts'
import { day, id, nullable, oneOf } from './text.ts'

/** What auditors see of the trail (contract section 3). */

const closed = { additionalProperties: false } as const
const sha256 = (description: string) => Type.String({ pattern: '^[0-9a-f]{64}$', description })

export const AuditRecord = component(
  'AuditRecord',
  Type.Object(
    {
      seq: Type.Integer({ minimum: 1, description: 'Its number, without gaps from 1' }),
      at: Type.String({ format: 'date-time', description: 'When' }),
      actor: Type.String({
        description:
          'Who: a person’s id; `operator` at the command line; `public-intake` for all reporters of a day',
      }),
      role: Type.String({ description: 'In which role' }),
      action: oneOf(auditActions, 'What kind of act'),
      target: Type.String({
        description: 'On what: `report/<id>/…`, `staff/<id>/…`, `collection/<day>/…`; of a denial the call',
      }),
      reason: Type.Optional(
        Type.String({ description: 'Why, in the actor’s words; absent once its keys are destroyed' }),
      ),
      reasonHash: Type.Optional(
        sha256('Stands for the sealed reason in the hash; there if a reason was given'),
      ),
      mayHaveMet: Type.Optional(
        Type.Array(id('A report'), {
          description:
            'Reports that the search or export may have met in the box, which this record adds to it: `target` is its own target, its `seq` and `may-have-met`. By filters, words and rights alone, whatever hour they came',
        }),
      ),
      recipients: Type.Optional(Type.Array(Type.String(), { description: 'To whom, of a disclosure' })),
      hash: sha256('SHA-256 over the hash before it and this record'),
    },
    { ...closed, description: 'One act' },
  ),
)
export type AuditRecord = Static<typeof AuditRecord>

export const AuditPage = component(
  'AuditPage',
  Type.Object(
    {
      items: Type.Array(ref(AuditRecord)),
      nextCursor: Type.Optional(Type.String({ description: 'For the next page; absent on the last' })),
    },
    { ...closed, description: 'One page of the audit trail' },
  ),
)
export type AuditPage = Static<typeof AuditPage>

export const AuditHead = component(
  'AuditHead',
  Type.Object(
    {
      size: Type.Integer({ minimum: 0, description: 'How many records there are' }),
      hash: sha256(
        'The hash of the last of them, which stands for all: the head of a chain, not a Merkle root',
      ),
      origin: Type.String({ description: 'The name of this trail' }),
      keyId: Type.String({
        pattern: '^[0-9a-f]{8}$',
        description: 'Which key signed, as signed notes have it',
      }),
      signature: Type.String({ description: 'Ed25519 over the first three lines of the checkpoint, base64' }),
      verifierKey: Type.String({ description: 'The public key, as verifiers of signed notes take it' }),
      checkpoint: Type.String({
        description: 'All of it as one signed note (c2sp.org/tlog-checkpoint): keep this',
      }),
    },
    { ...closed, description: 'Where the audit trail ends, signed' },
  ),
)
export type AuditHead = Static<typeof AuditHead>

export const RestrictedList = component(
  'RestrictedList',
  Type.Object(
    {
      items: Type.Array(
        Type.Object(
          {
            id: id('The report'),
            receivedOn: day('UTC day of arrival'),
            category: oneOf(categorySlugs, 'Category'),
            since: day('UTC day from which it is restricted'),
            by: nullable(ref(NamedPerson), 'Who restricted it; null if it was from the start'),
            restrictedTo: Type.Array(ref(NamedPerson), { description: 'Whom it names' }),
            namedOn: nullable(
              day('Day'),
              'UTC day on which its names were last set; null if they are those of the start',
            ),
            namedBy: nullable(ref(NamedPerson), 'Who set them'),
          },
          { ...closed, description: 'A restricted report, without its content' },
        ),
        { description: 'The newest first' },
      ),
      conflicting: Type.Integer({
        minimum: 0,
        description: 'How many more have a conflict of interest with your agency, counted up to 10,000',
      }),
      nextCursor: Type.Optional(Type.String({ description: 'For the next page; absent on the last' })),
    },
    { ...closed, description: 'One page of the restricted reports' },
  ),
)
export type RestrictedList = Static<typeof RestrictedList>

const several = <S extends ReturnType<typeof Type.String> | ReturnType<typeof oneOf<string>>>(
  items: S,
  description: string,
) =>
  Type.Optional(
    Type.Array(items, {
      minItems: 1,
      maxItems: 20,
      description: `${description} (repeat the parameter for any of several)`,
    }),
  )
const dayOrTime = (description: string) => Type.Optional(Type.String({ format: 'date-or-time', description }))

export const AuditFilters = Type.Object(
  {
    actor: several(
      Type.String({ pattern: rule('^[0-9a-z-]{1,64}$', 'must be an id or a name of a-z and hyphens') }),
      'Who: a person’s id, `operator` or `public-intake`',
    ),
    action: several(oneOf(auditActions, 'An action'), 'What kind of act'),
    target: several(
      Type.String({ minLength: 1, maxLength: 300, pattern: rule('^[ -~]+$', 'must be printable ASCII') }),
      'On what: a thing with all below it, such as `report/<id>` or `collection/2026-11-23`',
    ),
    role: several(oneOf([...staffRoles, 'cli', 'service', 'public-intake'], 'A role'), 'In which role'),
    from: dayOrTime('On this day or at this time, or later; records then come by time'),
    to: dayOrTime('On this day or at this time, or earlier; records then come by time'),
    after: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: Number.MAX_SAFE_INTEGER,
        description: 'Only records after this number',
      }),
    ),
    order: Type.Optional(oneOf(['desc', 'asc'], 'Newest first (the default), or earliest first')),
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 200, description: 'How many at most (50 if not said)' }),
    ),
    cursor: Type.Optional(Type.String({ maxLength: 4096, description: 'From `nextCursor`' })),
  },
  closed,
)
export type AuditFilters = Static<typeof AuditFilters>

export const exampleRestrictedList = {
  items: [
    {
      id: '0f8fad5b-d9cb-469f-a165-70867728950e',
      receivedOn: '2026-11-24',
      category: 'other-serious-crime',
      since: '2026-11-25',
      by: { id: '7c9e6679-7425-40de-944b-e07fc1f90ae7', name: 'Tam' },
      restrictedTo: [],
      namedOn: null,
      namedBy: null,
    },
  ],
  conflicting: 0,
}

export const exampleAuditHead = {
  size: 41,
  hash: '5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9',
  origin: 'sotto-audit/aud-TmupUMYssQwZdoHy',
  keyId: '3febeedb',
  signature: 'doOrs4sPwrhy9jNV7OwUGrVWm3Xyq43IPtSYVXvJ/aIZ4v2unQsE2JFsW7vXOl7fblkBMX+UoMTbMRvOzjwICg==',
  verifierKey: 'sotto-audit/aud-TmupUMYssQwZdoHy+3febeedb+AXWojayMpTr1fnJJjlzUSgd7BDg8InvFf1BuC48ccTbg',
  checkpoint:
    'sotto-audit/aud-TmupUMYssQwZdoHy\n41\nX+zrZv/IbzjZUnhsbWlsecLbwjndTpG0ZynXOif7V+k=\n\n— sotto-audit/aud-TmupUMYssQwZdoHy P+vu23aDq7OLD8K4cvYzVezsFBq1Vpt18quNyD7UmFV7yf2iGeL9rp0LBNiRbFu71zpe325ZATF/lKDE2zEbzs48CAo=\n',
}

export const exampleAuditPage = {
  items: [
    {
      seq: 41,
      at: '2026-11-25T10:00:00.000Z',
      actor: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
      role: 'triager',
      action: 'consultation',
      target: 'report/0f8fad5b-d9cb-469f-a165-70867728950e',
      reason: 'First reading',
      reasonHash: '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae',
      hash: '5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9',
    },
  ],
}
