import type { components } from '../../../client/src/index.ts'
import type { Fields } from '../../state/drafts.ts'

type Schemas = components['schemas']

/** What is shared in, as the form holds it. */
export interface Values extends Fields {
  category: string
  narrative: string
  immediateDanger: string
  riskFlags: string[]
  address: string
  postcode: string
  basis: string
  protect: boolean
  note: string
  contact: string
  shareWithAgency: boolean
}

export const empty: Values = {
  category: '',
  narrative: '',
  immediateDanger: '',
  riskFlags: [],
  address: '',
  postcode: '',
  basis: 'own-observation',
  protect: true,
  note: '',
  contact: '',
  shareWithAgency: false,
}

export function draftOf(values: Values): Schemas['SubmissionDraft'] {
  const {
    category,
    narrative,
    immediateDanger,
    riskFlags,
    address,
    postcode,
    basis,
    protect,
    note,
    contact,
  } = values
  const place = { ...(address === '' ? {} : { address }), ...(postcode === '' ? {} : { postcode }) }
  return {
    category: category as Schemas['CategorySlug'],
    narrative,
    ...(immediateDanger === ''
      ? {}
      : { immediateDanger: immediateDanger as Schemas['ReportDraftImmediateDanger'] }),
    ...(riskFlags.length === 0 ? {} : { riskFlags: riskFlags as Schemas['ReportDraftRiskFlags'][] }),
    ...(Object.keys(place).length === 0 ? {} : { places: [place] }),
    source: {
      basis: basis as Schemas['SourceBasis'],
      protect,
      ...(note === '' ? {} : { note }),
      ...(contact === '' ? {} : { contact }),
      ...(values.shareWithAgency ? { shareWithAgency: true } : {}),
    },
  }
}
