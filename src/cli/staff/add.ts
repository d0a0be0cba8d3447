import { tokenMade } from '../../domain/audit/staffDeeds.ts'
import { staffRoles } from '../../vocabulary/roles.ts'
import { command } from '../command.ts'
import { distinctFrom, sayingWho } from './names.ts'
import { agencyOf, daysOf, nameOf, roleOf } from './rules.ts'
import { withWaysIn } from './tokens.ts'

/** `sotto staff add`: makes a token, prints it once and keeps only what recognises it. */
export const addStaff = command({
  name: 'staff add',
  about: 'Make a token for a member of staff, and print it once.',
  more: `A name that is known gets another token of the same person, however it is written: capitals and spaces make nobody
somebody else. A name that looks like another person's is refused; --distinct-from says that there really are two.
Only the token goes to stdout.`,
  parameters: {
    name: { value: 'N', about: 'the name by which the team knows them', required: true },
    role: { value: 'R', about: staffRoles.join(', '), required: true },
    agency: { value: 'A', about: 'slug of their agency, such as law-enforcement; a partner needs one' },
    days: { value: 'D', about: 'how long it is good, 1 to 3650 (90 if not said)' },
    'distinct-from': distinctFrom,
  },
  example: "TOKEN=$(sotto staff add --name 'Ada Example' --role supervisor)",
  async run(given) {
    const name = nameOf(given.name)
    const role = roleOf(given.role)
    const agency = agencyOf(given.agency, role)
    const days = daysOf(given.days ?? '90')
    const wanted = { name, role, agency, days, distinctFrom: given['distinct-from'] }
    const { token, person, isNew } = await withWaysIn(({ tokens, insistOnAgency, change }) =>
      change(async (query, record) => {
        if (agency !== null) await insistOnAgency(query, agency)
        const added = await sayingWho(tokens.add(query, wanted))
        await record(tokenMade(added.person))
        return added
      }),
    )
    const { id } = person
    const expires = person.expires.toISOString()
    const who = isNew ? 'a new person' : `who was known before, ${id}`
    return {
      text: `${token}\n`,
      note: `${role} ${person.name}, ${who}, good until ${expires}. It is shown this once: hand it over by a way that you trust.\n`,
      json: { token, id, name: person.name, role, agency, expires, isNew },
    }
  },
})
