import { command } from '../command.ts'
import { table } from '../table.ts'
import { withTokens } from './tokens.ts'

/** `sotto staff list`: who may come in. */
export const listStaff = command({
  name: 'staff list',
  about: 'Show every token that was made, and whether it opens anything.',
  more: 'A forged one was written into the database by hand, and opens nothing: find out who can write there.',
  parameters: {},
  example: 'sotto staff list',
  async run() {
    const listed = await withTokens((tokens) => tokens.list())
    const tokens = listed.map(({ person, state }) =>
      'role' in person
        ? {
            name: person.name,
            role: person.role,
            agency: person.agency,
            state,
            expires: person.expires.toISOString(),
          }
        : { name: person.name, role: null, agency: null, state, expires: null },
    )
    const rows = tokens.map(({ name, role, agency, state, expires }) => [
      name,
      role ?? '-',
      agency ?? '-',
      state,
      expires ?? '-',
    ])
    return { text: table(['NAME', 'ROLE', 'AGENCY', 'STATE', 'EXPIRES'], rows), json: { tokens } }
  },
})
