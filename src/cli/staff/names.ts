import { NameInDoubt } from '../../auth/people.ts'
import type { PersonRow } from '../../storage/staff.ts'
import { Refusal } from '../command.ts'

export const distinctFrom = {
  value: 'WHO',
  about: 'people of a like name who are somebody else: their ids, with commas between, or a name',
} as const

/** Does the work; a name that is in doubt is told in one line, with what to do. */
export async function sayingWho<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw error instanceof NameInDoubt ? new Refusal(inOneLine(error)) : error
  }
}

function inOneLine({ why, people }: NameInDoubt): string {
  const ids = people.map(({ id }) => id).join(',')
  return {
    unknown: 'nobody has this name or id: `sotto staff list` shows everybody',
    several: `${people.length} people have this name: say who is meant by id, or who is not by --distinct-from (${listed(people)})`,
    'looks-alike': `the name looks like that of ${listed(people)}: give that name if it is the same person, and --distinct-from ${ids} if it is another`,
  }[why]
}

function listed(people: readonly PersonRow[]): string {
  return people.map(({ id, name }) => `"${name}", ${id}`).join('; ')
}
