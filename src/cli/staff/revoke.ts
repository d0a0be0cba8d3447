import { peopleMeant } from '../../auth/people.ts'
import { accessRevoked, tokenRevoked } from '../../domain/audit/staffDeeds.ts'
import { countLeft } from '../../storage/restricted.ts'
import { lockPeople } from '../../storage/staff.ts'
import { command, Refusal, UsageError } from '../command.ts'
import { sayingWho } from './names.ts'
import { nameOf } from './rules.ts'
import { withWaysIn } from './tokens.ts'

/** `sotto staff revoke`: shuts a person out, or ends one token, at once and at every instance. */
export const revokeStaff = command({
  name: 'staff revoke',
  about: "End all of a person's tokens and OIDC logins, or one token, at once and at every instance.",
  more: 'One of --name and --token. A token that was lost or found is ended by itself: give it, or its id in `sotto staff list`.',
  parameters: {
    name: { value: 'N', about: 'their name or id, as `sotto staff list` shows them' },
    token: { value: 'T', about: 'one token, or its id' },
  },
  example: "sotto staff revoke --name 'Ada Example'",
  async run({ name, token }) {
    if ((name === undefined) === (token === undefined)) {
      throw new UsageError('staff revoke takes one of --name and --token')
    }
    return token === undefined ? shutOut(nameOf(name ?? '')) : endToken(token)
  },
})

async function shutOut(asked: string) {
  const { name, ids, revoked, logins, left } = await withWaysIn(({ tokens, subjects, change }) =>
    change(async (query, record) => {
      const people = await sayingWho(lockPeople(query).then((everybody) => peopleMeant(everybody, asked)))
      const ids = people.map(({ id }) => id)
      const ended = {
        name: people[0]?.name ?? asked,
        ids,
        revoked: await tokens.revoke(query, ids),
        logins: await subjects.revoke(query, ids),
        left: await countLeft(query, ids),
      }
      for (const id of ids) await record(accessRevoked(id))
      return ended
    }),
  )
  const ended = [
    count(revoked, 'token', 'tokens'),
    ...(logins > 0 ? [count(logins, 'OIDC login', 'OIDC logins')] : []),
  ]
  const hadNone = revoked + logins === 0
  return {
    text: `${hadNone ? 'nothing to revoke' : `${ended.join(' and ')} revoked`}\n${sayLeft(left)}`,
    note: `${name} ${hadNone ? 'was shut out before' : 'is shut out, at once and everywhere'}.\n`,
    json: { name, ids, revoked, logins, left },
  }
}

async function endToken(given: string) {
  const {
    personId: id,
    name,
    isNew,
    left,
  } = await withWaysIn(({ tokens, change }) =>
    change(async (query, record) => {
      await lockPeople(query)
      const ended = await tokens.revokeOne(query, given)
      if (ended === undefined) throw new Refusal('there is no such token: `sotto staff list` shows their ids')
      await record(tokenRevoked(ended.personId))
      return { ...ended, left: await countLeft(query, [ended.personId]) }
    }),
  )
  return {
    text: `${isNew ? '1 token revoked' : 'nothing to revoke'}\n${sayLeft(left)}`,
    note: `A token of ${name}; what other ways in they have stays.\n`,
    json: { name, ids: [id], revoked: isNew ? 1 : 0, logins: 0, left },
  }
}

/** Reports that would be lost to everybody come back to supervisors; somebody must look. */
function sayLeft(left: number): string {
  if (left === 0) return ''
  const which = count(left, 'restricted report names', 'restricted reports name')
  return `${which} fewer than two people who can sign in: supervisors see the stub again, and name others by PATCH {"restrictedTo": […], "reason": "…"} (docs/triage.md)\n`
}

function count(number: number, one: string, several: string): string {
  return `${number} ${number === 1 ? one : several}`
}
