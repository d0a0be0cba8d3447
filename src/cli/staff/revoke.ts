import { command, Refusal } from '../command.ts'
import { nameOf } from './rules.ts'
import { withTokens } from './tokens.ts'

/** `sotto staff revoke`: shuts a person out, at once and at every instance. */
export const revokeStaff = command({
  name: 'staff revoke',
  about: "End all of a person's tokens, at once and at every instance.",
  parameters: { name: { value: 'N', about: 'their name, as `sotto staff list` shows it', required: true } },
  example: "sotto staff revoke --name 'Ada Example'",
  async run(given) {
    const name = nameOf(given.name)
    const revoked = await withTokens(async (tokens) => {
      const known = await tokens.list()
      if (!known.some(({ person }) => person.name === name)) throw new Refusal('nobody has this name')
      return tokens.revoke(name)
    })
    return {
      text: `${revoked === 1 ? '1 token' : `${revoked} tokens`} revoked\n`,
      json: { name, revoked },
    }
  },
})
