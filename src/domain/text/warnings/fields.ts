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
  const texts: FreeText[] = []
  addText(texts, '/narrative', report.narrative)
  addText(texts, '/when/text', report.when?.text)
  addTexts(texts, '/places', report.places, ofPlaces)
  addTexts(texts, '/entities', report.entities, ofEntities)
  return texts
}

function addTexts(
  texts: FreeText[],
  pointer: string,
  things: readonly object[] | undefined,
  names: readonly string[],
): void {
  if (!Array.isArray(things)) return
  for (let index = 0; index < things.length; index += 1) {
    const thing: unknown = things[index]
    if (typeof thing !== 'object' || thing === null) continue
    for (const name of names) {
      const value: unknown = Object.hasOwn(thing, name) ? Reflect.get(thing, name) : undefined
      if (typeof value === 'string') addText(texts, `${pointer}/${index}/${name}`, value)
    }
  }
}

function addText(texts: FreeText[], pointer: string, text: unknown): void {
  if (typeof text === 'string') texts.push({ pointer, text })
}
