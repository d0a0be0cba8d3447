import { type Static, Type } from 'typebox'
import { component } from './component.ts'
import { day, oneOf, text } from './text.ts'

/** What the law expects to be passed on, and what it lets people ask for (domain.md section 4). */

const closed = { additionalProperties: false } as const

export const Referral = component(
  'Referral',
  Type.Object(
    {
      kind: oneOf(
        ['children-social-care', 'adult-social-care', 'nrm', 'duty-to-notify', 'prevent'],
        'To whom',
      ),
      owner: text(1, 200, 'Who sees to it'),
      due: day('Day by which it must be sent: the same working day for a child'),
      sent: Type.Optional(day('Day on which it was sent')),
      reference: Type.Optional(text(1, 200, 'Their reference')),
      reasonNotSent: Type.Optional(text(1, 2000, 'Why it was not sent')),
    },
    { ...closed, description: 'A referral that the law expects' },
  ),
)

export const DisclosureRequest = component(
  'DisclosureRequest',
  Type.Object(
    {
      kind: oneOf(['subject-access', 'court', 'foi'], 'What sort of request'),
      subject: text(1, 500, 'Whom or what it is about'),
      neitherConfirmNorDeny: Type.Boolean({ description: 'Whether to neither confirm nor deny' }),
      publicInterestImmunity: Type.Boolean({ description: 'Whether immunity is claimed' }),
      due: day('Day by which it must be answered'),
      outcome: Type.Optional(text(1, 2000, 'What was answered')),
      redactedCopy: Type.Optional(text(1, 20_000, 'The redacted copy that was given')),
    },
    { ...closed, description: 'A request for disclosure' },
  ),
)

export type Referral = Static<typeof Referral>
export type DisclosureRequest = Static<typeof DisclosureRequest>
