import { eraseAll, purgeAll } from './model.ts'
import type { Act } from './scene.ts'

/** What goes on by the clock, and what operators do. */

export const night: Act = async ({ world, model, dice }) => {
  await world.nextDays(dice.pick([1, 1, 2]))
  eraseAll(model)
}

export const longTime: Act = async ({ world, model, dice }) => {
  await world.nextDays(20 + dice.below(100))
  eraseAll(model)
  await world.purge({ isCut: dice.isLucky(0.5) })
  purgeAll(model, world.today())
}

/** What is kept goes under the new key, and the old one is destroyed: what was due goes first. */
export const keysDestroyed: Act = async ({ world, model }) => {
  await world.purge({ isCut: false })
  purgeAll(model, world.today())
  await world.destroyOldKeys()
}
