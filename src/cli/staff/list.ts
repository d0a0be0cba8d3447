import { command } from '../command.ts'
import { table } from '../table.ts'
import { withWaysIn } from './tokens.ts'

/** `sotto staff list`: who may come in. */
export const listStaff = command({
  name: 'staff list',
  about: 'Show every token that was made and every OIDC login that was seen or mapped, and which are good.',
  more: 'A forged one was written into the database by hand, or under another keyring, and opens nothing: find out\nwho can write there.',
  parameters: {},
  example: 'sotto staff list',
  async run() {
    const { listed, logins } = await withWaysIn(async ({ tokens, subjects }) => ({
      listed: await tokens.list(),
      logins: await subjects.list(),
    }))
    const tokens = listed.map(({ person, state }) =>
      'role' in person
        ? {
            id: person.id,
            name: person.name,
            role: person.role,
            agency: person.agency,
            state,
            expires: person.expires.toISOString(),
          }
        : { id: null, name: person.name, role: null, agency: null, state, expires: null },
    )
    const rows = tokens.map(({ name, role, agency, state, expires }) => [
      name,
      role ?? '-',
      agency ?? '-',
      state,
      expires ?? '-',
    ])
    const tables = [table(['NAME', 'ROLE', 'AGENCY', 'STATE', 'EXPIRES'], rows)]
    if (logins.length > 0) {
      const lines = logins.map(({ name, role, agency, state, issuer, subject }) => [
        name,
        role ?? '-',
        agency ?? '-',
        state,
        issuer,
        subject,
      ])
      tables.push(table(['NAME', 'ROLE', 'AGENCY', 'STATE', 'ISSUER', 'SUBJECT'], lines))
    }
    return { text: tables.join('\n'), json: { tokens, logins } }
  },
})
