/** The parts of a report that a check reads. Anything else in it is ignored, and so is what is no string. */
export type CheckedReport = {
  readonly category?: string
  readonly narrative: string
  readonly language?: string | undefined
  readonly when?: { readonly text?: string | undefined } | undefined
  readonly places?: readonly object[] | undefined
  readonly entities?: readonly object[] | undefined
}

export type FreeText = { readonly pointer: string; readonly text: string }

const ofPlaces = ['description', 'address'] as const
const ofEntities = [
  'name',
  'alias',
  'description',
  'ageEstimate',
  'address',
  'make',
  'colour',
  'platform',
  'handle',
  'number',
  'identifier',
] as const

/** Every free text of a report with its JSON pointer (RFC 6901), the narrative first. */
export function freeTexts(report: CheckedReport): FreeText[] {
  return [
    ...textAt('/narrative', report.narrative),
    ...textAt('/when/text', report.when?.text),
    ...textsOf('/places', report.places, ofPlaces),
    ...textsOf('/entities', report.entities, ofEntities),
  ]
}

function textsOf(
  pointer: string,
  things: readonly object[] | undefined,
  names: readonly string[],
): FreeText[] {
  if (!Array.isArray(things)) return []
  return things.flatMap((thing: unknown, index) => {
    if (typeof thing !== 'object' || thing === null) return []
    const values = new Map<string, unknown>(Object.entries(thing))
    return names.flatMap((name) => textAt(`${pointer}/${index}/${name}`, values.get(name)))
  })
}

function textAt(pointer: string, value: unknown): FreeText[] {
  return typeof value === 'string' ? [{ pointer, text: value }] : []
}
