import { takenForOne } from '../../auth/people.ts'
import type { PersonRow } from '../../storage/staff.ts'
import { command } from '../command.ts'
import { table } from '../table.ts'
import { withWaysIn } from './tokens.ts'

/** `sotto staff list`: who may come in. */
export const listStaff = command({
  name: 'staff list',
  about: 'Show every token that was made and every OIDC login that was seen or mapped, and which are good.',
  more: 'A forged one was written into the database by hand, or under another keyring, and opens nothing: find out\nwho can write there. A token’s id opens nothing; `sotto staff revoke --token` takes it.',
  parameters: {},
  example: 'sotto staff list',
  async run() {
    const { listed, logins, people } = await withWaysIn(async (ways) => ({
      listed: await ways.tokens.list(),
      logins: await ways.subjects.list(),
      people: await ways.people(),
    }))
    const tokens = listed.map(({ id: token, person, state }) =>
      'role' in person
        ? {
            token,
            id: person.id,
            name: person.name,
            role: person.role,
            agency: person.agency,
            state,
            expires: person.expires.toISOString(),
          }
        : { token, id: null, name: person.name, role: null, agency: null, state, expires: null },
    )
    const rows = tokens.map(({ token, id, name, role, agency, state, expires }) => [
      name,
      role ?? '-',
      agency ?? '-',
      state,
      expires ?? '-',
      id ?? '-',
      token,
    ])
    const tables = [table(['NAME', 'ROLE', 'AGENCY', 'STATE', 'EXPIRES', 'PERSON', 'TOKEN ID'], rows)]
    if (logins.length > 0) {
      const lines = logins.map(({ id, name, role, agency, state, issuer, subject }) => [
        name,
        role ?? '-',
        agency ?? '-',
        state,
        issuer,
        subject,
        id,
      ])
      tables.push(table(['NAME', 'ROLE', 'AGENCY', 'STATE', 'ISSUER', 'SUBJECT', 'PERSON'], lines))
    }
    return { text: tables.join('\n'), note: noteOf(takenForOne(people)), json: { tokens, logins } }
  },
})

/** From before such names were refused. */
function noteOf(people: readonly PersonRow[]): string {
  return people.length === 0
    ? ''
    : `The names of these look alike, and none of them approves what another wrote: ${people.map(({ id, name }) => `"${name}", ${id}`).join('; ')}\n`
}
