import type { Report } from '../../schemas/report.ts'
import type { LinkKind } from '../../vocabulary/linkKinds.ts'
import { account, uprn } from './spelling/account.ts'
import { address } from './spelling/address.ts'
import { handle, profileName } from './spelling/handle.ts'
import { organisationNumber } from './spelling/organisationNumber.ts'
import { phones } from './spelling/phone.ts'
import { registrations } from './spelling/registration.ts'

/** A thing that a report names, in its one spelling. */
export interface Name {
  kind: LinkKind
  value: string
}

type Entity = NonNullable<Report['entities']>[number]

/** What a report names that another report may name too, each once; with what staff confirmed out of its text. */
export function namesIn({ entities = [], places = [] }: Report, confirmed: readonly Entity[] = []): Name[] {
  const found = [
    ...entities.flatMap(namesOfEntity),
    ...places.flatMap(namesOfPlace),
    ...confirmed.flatMap(namesOfEntity),
  ]
  const byKey = new Map(found.map((name) => [`${name.kind} ${name.value}`, name]))
  return [...byKey.values()]
}

export function namesOfEntity(entity: Entity): Name[] {
  switch (entity.kind) {
    case 'vehicle':
      return registrations(entity.registration ?? '').map((value) => ({
        kind: 'registration',
        value: bare(value),
      }))
    case 'phone':
      return phones(entity.number ?? '').map((value) => ({ kind: 'phone', value }))
    case 'online':
      return named('handle', entity.handle || entity.url, entity.handle ? handle : profileName)
    case 'account':
      return named('account', entity.identifier, account)
    case 'premises':
      return named('address', entity.address, (text) => address(text))
    case 'organisation':
      return named('organisation', entity.number, (text) => organisationNumber(text, entity.name))
    default:
      return []
  }
}

function namesOfPlace(place: NonNullable<Report['places']>[number]): Name[] {
  return [
    ...named('uprn', place.uprn, uprn),
    ...named('address', place.address || place.postcode, (text) => address(text, place.postcode)),
  ]
}

/** Whoever has no umlaut on the keyboard leaves it out, and no two plates differ in that alone. */
function bare(plate: string): string {
  return plate.normalize('NFD').replace(/\p{M}/gu, '')
}

function named(
  kind: LinkKind,
  text: string | undefined,
  spell: (text: string) => string | undefined,
): Name[] {
  const value = text === undefined ? undefined : spell(text)
  return value === undefined ? [] : [{ kind, value }]
}
