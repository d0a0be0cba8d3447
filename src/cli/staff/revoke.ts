import { revocationTarget } from '../../domain/audit/staffTargets.ts'
import { findPersonNamed } from '../../storage/staffSubjects.ts'
import { command, Refusal } from '../command.ts'
import { nameOf } from './rules.ts'
import { withWaysIn } from './tokens.ts'

/** `sotto staff revoke`: shuts a person out, at once and at every instance. */
export const revokeStaff = command({
  name: 'staff revoke',
  about: "End all of a person's tokens and OIDC logins, at once and at every instance.",
  parameters: { name: { value: 'N', about: 'their name, as `sotto staff list` shows it', required: true } },
  example: "sotto staff revoke --name 'Ada Example'",
  async run(given) {
    const name = nameOf(given.name)
    const { revoked, logins } = await withWaysIn(({ tokens, subjects, change }) =>
      change(async (query, record) => {
        const id = await findPersonNamed(query, name)
        if (id === undefined) throw new Refusal('nobody has this name')
        const ended = {
          revoked: await tokens.revoke(query, name),
          logins: await subjects.revoke(query, name),
        }
        await record(revocationTarget(id))
        return ended
      }),
    )
    const ended = [`${revoked === 1 ? '1 token' : `${revoked} tokens`}`]
    if (logins > 0) ended.push(logins === 1 ? '1 OIDC login' : `${logins} OIDC logins`)
    return { text: `${ended.join(' and ')} revoked\n`, json: { name, revoked, logins } }
  },
})
