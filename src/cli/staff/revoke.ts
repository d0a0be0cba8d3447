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
    const { revoked, logins } = await withWaysIn(async ({ tokens, subjects }) => {
      if (!(await subjects.isPerson(name))) throw new Refusal('nobody has this name')
      return { revoked: await tokens.revoke(name), logins: await subjects.revoke(name) }
    })
    const ended = [`${revoked === 1 ? '1 token' : `${revoked} tokens`}`]
    if (logins > 0) ended.push(logins === 1 ? '1 OIDC login' : `${logins} OIDC logins`)
    return { text: `${ended.join(' and ')} revoked\n`, json: { name, revoked, logins } }
  },
})
