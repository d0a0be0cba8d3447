import { newAgencyKeyFile } from '../../src/domain/sharing/keyFile.ts'
import type { Act } from './scene.ts'

/** What admins do: which agencies there are, and what is sealed to them. */

export const addsAgency: Act = async ({ world, dice, step }) => {
  const member = dice.oneOf(world.members.filter(({ role }) => role === 'admin' || dice.isLucky(0.1)))
  const expect = member?.role === 'admin' ? 201 : 403
  const body = { slug: `simulated-${step}`, name: `Simulated ${step}` }
  await member?.caller.call('POST', '/v1/triage/agencies', { body, expect })
}

/** From then on the agency alone opens what goes there; what went before opens as it did. */
export const turnsAgencyKey: Act = async ({ world, dice, agencyKeys }) => {
  const member = dice.oneOf(world.members.filter(({ role }) => role === 'admin' || dice.isLucky(0.1)))
  const expect = member?.role === 'admin' ? 201 : 403
  const file = newAgencyKeyFile('licensing')
  const body = { publicKey: file.publicKey }
  await member?.caller.call('POST', '/v1/triage/agencies/licensing/keys', { body, expect })
  if (expect === 201) agencyKeys.push(JSON.stringify(file))
}
