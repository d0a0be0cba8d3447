import type { RestrictedList } from '../../schemas/audit.ts'
import { namesOfPeople } from '../../storage/people.ts'
import { countConflicting, type RestrictedRow, restrictedReports } from '../../storage/restricted.ts'
import { dayOf } from '../../vocabulary/calendar.ts'
import type { Person } from '../../vocabulary/person.ts'
import { type ActDeps, transact } from '../calls/act.ts'
import { keysetPage, type Paging, pageOf } from '../calls/pages.ts'
import { administered } from './deeds.ts'
import type { AuditTrail } from './trail.ts'

/** What reading the trail needs: it is recorded like any act. */
export interface ReadingDeps extends ActDeps {
  audit: AuditTrail
}

/** Which reports are restricted, since when, by whom and to whom, so that burying shows; never their content. */
export function restrictedList(deps: ReadingDeps) {
  const { audit } = deps
  return (person: Person, paging: Paging): Promise<RestrictedList> =>
    transact(deps, person, async (act) => {
      const page = await keysetPage(
        act.keyring,
        'audit restricted',
        paging,
        (limit, after: { receivedOn: string; id: string } | undefined) =>
          restrictedReports(act.query, person.agency, limit, after),
        ({ receivedOn, id }) => ({ receivedOn, id }),
      )
      const names = await namesOfPeople(act.query, page.rows.flatMap(peopleOn))
      const conflicting = person.agency === null ? 0 : await countConflicting(act.query, person.agency)
      await audit.record(act, administered('audit/restricted'))
      return { ...pageOf(page.rows.map(viewOf(names)), page), conflicting }
    })
}

function peopleOn({ named, restrictedBy, namedBy }: RestrictedRow): string[] {
  return [...named, restrictedBy, namedBy].filter((id) => id !== null)
}

function viewOf(names: ReadonlyMap<string, string>) {
  const person = (id: string) => ({ id, name: names.get(id) ?? '' })
  return (row: RestrictedRow): RestrictedList['items'][number] => ({
    id: row.id,
    receivedOn: row.receivedOn,
    category: row.category as RestrictedList['items'][number]['category'],
    since: row.restrictedAt === null ? row.receivedOn : dayOf(row.restrictedAt),
    by: row.restrictedBy === null ? null : person(row.restrictedBy),
    restrictedTo: row.named.map(person),
    namedOn: row.namedAt === null ? null : dayOf(row.namedAt),
    namedBy: row.namedBy === null ? null : person(row.namedBy),
  })
}
