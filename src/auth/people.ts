import { randomUUID } from 'node:crypto'
import type { Query } from '../storage/pool.ts'
import { insertPerson, lockPeople, type PersonRow, peopleOf } from '../storage/staff.ts'
import { isSameName, looksAlike, looksOf } from './names.ts'

/** Who is who: the one place that decides whether two rows are one person. */

/**
 * Whether two people are one: the same row, or rows whose names are the same or look alike and of whom nobody said
 * that they are two. So rows from before such names were refused make nobody two people.
 */
export function areOne(one: PersonRow, other: PersonRow): boolean {
  if (one.id === other.id) return true
  return !isToldApart(one, other) && looksAlike(one.name, other.name)
}

function isToldApart(one: PersonRow, other: PersonRow): boolean {
  return one.distinctFrom.includes(other.id) || other.distinctFrom.includes(one.id)
}

/** Whether somebody is one of these people. Four eyes ask this, and never compare ids alone. */
export async function isOneOf(query: Query, id: string, others: readonly string[]): Promise<boolean> {
  if (others.includes(id)) return true
  const people = await peopleOf(query, [id, ...others])
  const own = people.find((person) => person.id === id)
  return own !== undefined && people.some((other) => other.id !== id && areOne(own, other))
}

/** Tells people apart: the same id for all rows that are one person. What is not asked for here is who it is. */
export async function onePersonOf(query: Query, ids: readonly string[]): Promise<(id: string) => string> {
  const people = await peopleOf(query, [...new Set(ids)])
  const alike = likePeople(people)
  const first = new Map<string, string>()
  for (const person of people) {
    const before = alike(person).find(({ id }) => first.has(id))
    first.set(person.id, (before && first.get(before.id)) ?? person.id)
  }
  return (id) => first.get(id) ?? id
}

/** Those of these people who are one with another of them: rows from before like names were refused. */
export function takenForOne(people: readonly PersonRow[]): PersonRow[] {
  const alike = likePeople(people)
  return people.filter((person) => alike(person).length > 0)
}

/** Finds who else among these people is one with somebody, by looking at no more than the names that look alike. */
function likePeople(people: readonly PersonRow[]): (person: PersonRow) => PersonRow[] {
  const ofLook = new Map<string, PersonRow[]>()
  for (const person of people) {
    for (const look of looksOf(person.name)) {
      const known = ofLook.get(look)
      if (known === undefined) ofLook.set(look, [person])
      else known.push(person)
    }
  }
  return (person) => {
    const others = looksOf(person.name).flatMap((look) => ofLook.get(look) ?? [])
    return others.filter((other) => other.id !== person.id && areOne(person, other))
  }
}

/** Why a name leads to nobody. `people` are those who stand in the way. */
export class NameInDoubt extends Error {
  readonly why: 'looks-alike' | 'several' | 'unknown'
  readonly people: readonly PersonRow[]

  constructor(why: NameInDoubt['why'], people: readonly PersonRow[] = []) {
    super(why)
    this.why = why
    this.people = people
  }
}

/**
 * The person of this name, who is new if nobody has it. `distinctFrom`, ids or a name, says who is meant not to be
 * theirs: so a second person of the name is made, or found again. Throws NameInDoubt.
 */
export async function personCalled(
  query: Query,
  name: string,
  distinctFrom: string | undefined,
): Promise<PersonRow & { isNew: boolean }> {
  const everybody = await lockPeople(query)
  const apart = distinctFrom === undefined ? [] : namedIn(everybody, distinctFrom)
  const others = everybody.filter((person) => !apart.includes(person))
  const found = one(
    others.filter((person) => isSameName(person.name, name)),
    name,
  )
  if (found !== undefined) return { ...found, isNew: false }
  const alike = others.filter((person) => looksAlike(person.name, name))
  if (alike.length > 0) throw new NameInDoubt('looks-alike', alike)
  const person = { id: randomUUID(), name, distinctFrom: apart.map(({ id }) => id) }
  await insertPerson(query, person)
  return { ...person, isNew: true }
}

/** Those whom `given` means, by id or name, with all who are one with them. Throws NameInDoubt. */
export function peopleMeant(everybody: readonly PersonRow[], given: string): PersonRow[] {
  const person =
    everybody.find(({ id }) => id === given.toLowerCase()) ??
    one(
      everybody.filter(({ name }) => isSameName(name, given)),
      given,
    )
  if (person === undefined) throw new NameInDoubt('unknown')
  return everybody.filter((other) => areOne(person, other) && isSameName(person.name, other.name))
}

function namedIn(everybody: readonly PersonRow[], given: string): PersonRow[] {
  const ids = given.toLowerCase().split(',')
  const byId = everybody.filter(({ id }) => ids.includes(id))
  return byId.length === ids.length ? byId : peopleMeant(everybody, given)
}

/** The one of these people of one name. Where all of them are one person, whoever is spelt so. */
function one(people: readonly PersonRow[], name: string): PersonRow | undefined {
  const areTwo = people.some((person) => people.some((other) => isToldApart(person, other)))
  if (areTwo) throw new NameInDoubt('several', people)
  return people.find((person) => person.name === name) ?? people[0]
}
