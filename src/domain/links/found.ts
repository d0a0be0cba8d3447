import type { Sliced } from '../../concurrency/slicing.ts'
import { inTurns } from '../../concurrency/yieldToEventLoop.ts'
import type { EntityDraft } from '../../schemas/entities.ts'
import type { Report } from '../../schemas/report.ts'
import { foldWithPlaces } from '../text/fold.ts'
import { type Name, namesIn, namesOfEntity } from './names.ts'
import { numbersIn, platesIn, postcodesIn, type Span } from './within.ts'

/** No report proposes more. */
const foundAtMost = 100

type Entity = EntityDraft['entity']
interface Told {
  pointer: string
  text: string
}

/**
 * Numbers, plates and postcodes that stand in what the reporter told in words, each once and where it first stands, and
 * that neither the report's own entities and places nor `confirmed` name. Lets others in between.
 */
export function entitiesFoundIn(report: Report, confirmed: readonly Entity[]): Promise<EntityDraft[]> {
  return inTurns(entitiesInSlices(report, confirmed))
}

/** The same, with a pause after each few things that were looked at. */
export function* entitiesInSlices(report: Report, confirmed: readonly Entity[]): Sliced<EntityDraft[]> {
  const named = new Set(keysNamedBy(report, confirmed))
  const isNew = ({ entity }: EntityDraft) => {
    const keys = keysOf(entity)
    const isKnown = keys.some((key) => named.has(key))
    for (const key of keys) named.add(key)
    return !isKnown
  }
  const found: EntityDraft[] = []
  for (const told of toldIn(report)) {
    for (const draft of yield* draftsIn(told)) {
      yield
      if (isNew(draft) && found.push(draft) === foundAtMost) return found
    }
  }
  return found
}

function keysNamedBy(report: Report, confirmed: readonly Entity[]): string[] {
  const postcodes = [
    ...(report.places ?? []).map(({ postcode = '' }) => postcode),
    ...confirmed.map((entity) => (entity.kind === 'premises' ? (entity.address ?? '') : '')),
  ]
  return [...namesIn(report, confirmed).map(keyOf), ...postcodes.map(keyOfPostcode)]
}

/** What a reporter told in words; the fields that hold one thing each are named already. */
function toldIn({ narrative, when, places = [], entities = [] }: Report): Told[] {
  return [
    { pointer: '/narrative', text: narrative },
    { pointer: '/when/text', text: when?.text ?? '' },
    ...places.map(({ description = '' }, at) => ({
      pointer: `/places/${at}/description`,
      text: description,
    })),
    ...entities.map((entity, at) => ({
      pointer: `/entities/${at}/description`,
      text: 'description' in entity ? (entity.description ?? '') : '',
    })),
  ].filter(({ text }) => text !== '')
}

function* draftsIn({ pointer, text }: Told): Sliced<EntityDraft[]> {
  const { folded, starts, ends } = foldWithPlaces(text)
  const drafts = (spans: readonly Span[], entityOf: (written: string) => Entity): EntityDraft[] =>
    spans.map((span) => {
      const start = starts[span.start] ?? 0
      const end = ends[span.end - 1] ?? text.length
      return { entity: entityOf(text.slice(start, end)), pointer, start, end }
    })
  const asWritten = { folded, isCapital: (at: number) => /\p{Lu}/u.test(text.charAt(starts[at] ?? 0)) }
  return [
    ...drafts(yield* platesIn(asWritten), (registration) => ({
      kind: 'vehicle',
      registration: registration.slice(0, 32),
    })),
    ...drafts(yield* numbersIn(asWritten), (number) => ({ kind: 'phone', number: number.slice(0, 64) })),
    ...drafts(yield* postcodesIn(asWritten), (address) => ({
      kind: 'premises',
      address: address.slice(0, 500),
    })),
  ].sort((a, b) => a.start - b.start)
}

/** By what a thing is known: its names, or of a postcode without a house that alone. */
function keysOf(entity: Entity): string[] {
  const names = namesOfEntity(entity).map(keyOf)
  if (names.length > 0 || entity.kind !== 'premises') return names
  return [keyOfPostcode(entity.address ?? '')]
}

function keyOf({ kind, value }: Name): string {
  return `${kind} ${value}`
}

function keyOfPostcode(text: string): string {
  return `postcode ${text
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .slice(-7)}`
}
