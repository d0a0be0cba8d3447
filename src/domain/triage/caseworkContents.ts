import type { Static } from 'typebox'
import { Approval, AssessmentDraft, Case, NoteDraft } from '../../schemas/casework.ts'
import { SealedEntity } from '../../schemas/entities.ts'
import { SealedErasure } from '../../schemas/erasure.ts'
import { SealedItem, SealedUnlock } from '../../schemas/sealed.ts'
import type { CaseworkKind } from '../../storage/casework.ts'
import { contentParser, type ParseContent } from '../envelope/content.ts'

/** What each kind of casework is sealed as. A new kind is a line here. */
const schemas = {
  case: Case,
  note: NoteDraft,
  assessment: AssessmentDraft,
  item: SealedItem,
  entity: SealedEntity,
  'item-decision': Approval,
  'message-decision': Approval,
  'message-unlock': SealedUnlock,
  erasure: SealedErasure,
} as const satisfies Record<CaseworkKind, object>

export type CaseworkContents = { [Kind in CaseworkKind]: Static<(typeof schemas)[Kind]> }

/** How each kind is read again. */
export const caseworkParsers: { [Kind in CaseworkKind]: ParseContent<CaseworkContents[Kind]> } = {
  case: contentParser(schemas.case),
  note: contentParser(schemas.note),
  assessment: contentParser(schemas.assessment),
  item: contentParser(schemas.item),
  entity: contentParser(schemas.entity),
  'item-decision': contentParser(schemas['item-decision']),
  'message-decision': contentParser(schemas['message-decision']),
  'message-unlock': contentParser(schemas['message-unlock']),
  erasure: contentParser(schemas.erasure),
}
