import type { Keyring } from '../../crypto/keyring.ts'
import type { RestrictedList } from '../../schemas/audit.ts'
import { namesOfPeople } from '../../storage/people.ts'
import type { Pool } from '../../storage/pool.ts'
import { countConflicting, type RestrictedRow, restrictedReports } from '../../storage/restricted.ts'
import { dayOf } from '../../vocabulary/calendar.ts'
import type { Person } from '../../vocabulary/person.ts'
import { loadPage, type Paging, pageOf } from '../calls/pages.ts'
import { administered } from './deeds.ts'
import type { AuditTrail } from './trail.ts'

/** Which reports are restricted, since when, by whom and to whom, so that burying shows; never their content. */
export function restrictedList(pool: Pool<'sotto_triage'>, keyring: Keyring, audit: AuditTrail) {
  return (person: Person, paging: Paging): Promise<RestrictedList> =>
    pool.transaction(async (query) => {
      const page = await loadPage(
        keyring,
        'audit restricted',
        paging,
        (limit, after: { receivedOn: string; id: string } | undefined) =>
          restrictedReports(query, person.agency, limit, after),
        ({ receivedOn, id }) => ({ receivedOn, id }),
      )
      const names = await namesOfPeople(query, page.rows.flatMap(peopleOn))
      const conflicting = person.agency === null ? 0 : await countConflicting(query, person.agency)
      await audit.record(query, person, administered('audit/restricted'))
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
