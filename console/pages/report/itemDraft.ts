import type { components } from '../../../client/src/index.ts'
import type { Fields } from '../../state/drafts.ts'

type Schemas = components['schemas']
type Condition = Schemas['HandlingCondition']
export type Item = Schemas['Item']

/** An item as the editor holds it: flat, each handling condition by its own field. */
export interface ItemValues extends Fields {
  title: string
  text: string
  kind: string
  source: string
  intelligence: string
  handling: string
  recipients: string[]
  actions: string
  expiry: string
  isContact: boolean
  contact: string
}

/** The usual grade of an anonymous report: untested, not known, with conditions. */
export const emptyItem: ItemValues = {
  title: '',
  text: '',
  kind: 'fact',
  source: '2',
  intelligence: 'D',
  handling: 'C',
  recipients: [],
  actions: '',
  expiry: '',
  isContact: false,
  contact: '',
}

export function valuesOf({ title, text, kind, grade }: Item): ItemValues {
  const { conditions = [] } = grade
  const of = (name: Condition['kind']) => conditions.find((condition) => condition.kind === name)
  const contact = of('contact-originator')
  return {
    title,
    text,
    kind,
    source: String(grade.source),
    intelligence: grade.intelligence,
    handling: grade.handling,
    recipients: of('permitted-recipients')?.agencies ?? [],
    actions: of('permitted-actions')?.text ?? '',
    expiry: of('expiry')?.on ?? '',
    isContact: contact !== undefined,
    contact: contact?.text ?? '',
  }
}

export function draftOf(values: ItemValues, origin?: string): Schemas['ItemDraft'] {
  const conditions = conditionsOf(values)
  return {
    title: values.title,
    text: values.text,
    kind: values.kind as Schemas['ItemKind'],
    grade: {
      source: Number(values.source) as Schemas['GradeSource'],
      intelligence: values.intelligence as Schemas['GradeIntelligence'],
      handling: values.handling as Schemas['GradeHandling'],
      ...(conditions.length > 0 ? { conditions } : {}),
    },
    ...(origin === undefined ? {} : { origin }),
  }
}

function conditionsOf({
  handling,
  recipients,
  actions,
  expiry,
  isContact,
  contact,
}: ItemValues): Condition[] {
  if (handling !== 'C') return []
  return [
    ...(recipients.length > 0 ? [{ kind: 'permitted-recipients' as const, agencies: recipients }] : []),
    ...(actions === '' ? [] : [{ kind: 'permitted-actions' as const, text: actions }]),
    ...(expiry === '' ? [] : [{ kind: 'expiry' as const, on: expiry }]),
    ...(isContact
      ? [{ kind: 'contact-originator' as const, ...(contact === '' ? {} : { text: contact }) }]
      : []),
  ]
}
