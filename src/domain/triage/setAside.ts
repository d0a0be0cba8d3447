import type { SetAsideReport } from '../../schemas/setAside.ts'
import { type SetAsidePosition, setAsideReports } from '../../storage/setAside.ts'
import type { Person } from '../../vocabulary/person.ts'
import type { TriageDeps } from '../acts/begin.ts'
import { keysetPage, type Paging, pageOf } from '../calls/pages.ts'

/** One page of the reports that met another of the same id, of which this supervisor may know. */
export async function setAsidePage(
  { pool, keyring }: TriageDeps,
  person: Person,
  paging: Paging,
): Promise<{ items: SetAsideReport[]; nextCursor?: string }> {
  const viewer = { personId: person.id, agency: person.agency, seesUnnamedRestricted: true }
  const page = await keysetPage(
    keyring,
    'set-aside',
    paging,
    (limit, after: SetAsidePosition | undefined) => setAsideReports(pool.query, viewer, limit, after),
    ({ source, id, row }) => ({ source, id, row }),
  )
  return pageOf(
    page.rows.map(({ id, receivedOn }) => ({ id, receivedOn })),
    page,
  )
}
