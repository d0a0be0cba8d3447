import { eraseAll, isInDoubt, noteNight, purge } from './nights.ts'
import type { Act, Scene } from './scene.ts'

/** What goes on by the clock, and what operators do. */

/** A day goes by, and its night. */
async function passNight(scene: Scene): Promise<void> {
  const { world, model, nights } = scene
  await world.passDays(1)
  await world.night()
  eraseAll(model)
  noteNight(nights, world.today())
  if (!isInDoubt(nights)) purge(model, world.today(), nights)
}

/** A night that is missed is no jump of the clock. */
export const night: Act = async (scene) => {
  await passNight(scene)
  await scene.world.passDays(scene.dice.pick([0, 0, 1]))
}

/** As many nights as make a clock trusted again, and one more. */
export const week: Act = async (scene) => {
  for (let count = 0; count < 8; count++) await passNight(scene)
}

/** The service is away: no night of these is seen. */
export const longTime: Act = async ({ world, dice }) => {
  await world.passDays(dice.isLucky(0.2) ? 380 : 20 + dice.below(140))
}

/** One of the clocks is wrong, by more than a year, in one night. What the law demands goes all the same. */
export const wrongClock: Act = async ({ world, model, nights, dice }) => {
  const seen = await world.nightByWrongClock(dice.pick(['host', 'database']), 400)
  eraseAll(model)
  noteNight(nights, seen)
}

export const purgeByHand: Act = async ({ world, model, dice }) => {
  await world.purge({ isCut: dice.isLucky(0.5) })
  purge(model, world.today())
}

/** Those who may be named on a report, and are missed then; a supervisor without conflict always stays. */
const comeAndGo = ['Tam', 'Bea']

export const leavesOrReturns: Act = async ({ world, dice }) => {
  const member = dice.oneOf(world.everybody.filter(({ name }) => comeAndGo.includes(name)))
  if (member !== undefined) await (member.isIn ? world.shutOut(member) : world.letIn(member))
}

/** What is kept goes under the new key, and the old one is destroyed: what was due goes first. */
export const keysDestroyed: Act = async ({ world, model }) => {
  await world.purge({ isCut: false })
  purge(model, world.today())
  await world.destroyOldKeys()
}
