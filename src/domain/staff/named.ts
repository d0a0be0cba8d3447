import type { NamedPerson } from '../../schemas/person.ts'
import { namesOfPeople } from '../../storage/people.ts'
import type { Query } from '../../storage/pool.ts'

/** What is sealed, signed and compared holds ids; names are looked up when it is answered. */

type IdOf<T> = T extends NamedPerson ? string : T extends readonly NamedPerson[] ? string[] : T

/** An answer before its people are named. */
export type Unnamed<T, Field extends keyof T> = Omit<T, Field> & { [F in Field]: IdOf<T[F]> }

/** These answers with the people named that stand in these fields. */
export async function withNames<T extends object, Field extends keyof T & string>(
  query: Query,
  answers: readonly Unnamed<T, Field>[],
  fields: readonly Field[],
): Promise<T[]> {
  const ids = answers.flatMap((answer) => fields.flatMap((field) => idsIn(answer[field])))
  const nameOf = await personNames(query, ids)
  return answers.map((answer) => {
    const named = fields
      .filter((field) => field in answer)
      .map((field) => [field, naming(answer[field], nameOf)])
    return { ...answer, ...Object.fromEntries(named) } as T
  })
}

/** How each of these people is shown; those whose names are known are not asked for. */
export async function personNames(
  query: Query,
  ids: readonly string[],
  known: ReadonlyMap<string, string> = new Map(),
): Promise<(id: string) => NamedPerson> {
  const names = await namesOfPeople(
    query,
    [...new Set(ids)].filter((id) => !known.has(id)),
  )
  return (id) => ({ id, name: known.get(id) ?? names.get(id) ?? '' })
}

function idsIn(value: unknown): string[] {
  return [value].flat().filter((one) => typeof one === 'string')
}

function naming(value: unknown, nameOf: (id: string) => NamedPerson): unknown {
  if (Array.isArray(value)) return value.map(nameOf)
  return typeof value === 'string' ? nameOf(value) : value
}
