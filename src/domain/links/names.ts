import type { Report } from '../../schemas/report.ts'
import type { LinkKind } from '../../vocabulary/linkKinds.ts'
import { account, address, handle, organisationNumber, phone, registration, uprn } from './normalise.ts'

/** A thing that a report names, in its one spelling. */
export interface Name {
  kind: LinkKind
  value: string
}

type Entity = NonNullable<Report['entities']>[number]

/** What a report names that another report may name too, each once. */
export function namesIn({ entities = [], places = [] }: Report): Name[] {
  const found = [...entities.flatMap(namesOfEntity), ...places.flatMap(namesOfPlace)]
  const byKey = new Map(found.map((name) => [`${name.kind} ${name.value}`, name]))
  return [...byKey.values()]
}

function namesOfEntity(entity: Entity): Name[] {
  switch (entity.kind) {
    case 'vehicle':
      return named('registration', entity.registration, registration)
    case 'phone':
      return named('phone', entity.number, phone)
    case 'online':
      return named('handle', entity.handle, handle)
    case 'account':
      return named('account', entity.identifier, account)
    case 'premises':
      return named('address', entity.address, (text) => address(text))
    case 'organisation':
      return named('organisation', entity.number, organisationNumber)
    default:
      return []
  }
}

function namesOfPlace(place: NonNullable<Report['places']>[number]): Name[] {
  return [
    ...named('uprn', place.uprn, uprn),
    ...named('address', place.address, (text) => address(text, place.postcode)),
  ]
}

function named(
  kind: LinkKind,
  text: string | undefined,
  normalise: (text: string) => string | undefined,
): Name[] {
  const value = text === undefined ? undefined : normalise(text)
  return value === undefined ? [] : [{ kind, value }]
}
