import { acts } from './acts.ts'
import { diceOf } from './dice.ts'
import { lookAtGone, lookAtLists, lookAtReport } from './look.ts'
import { lookAside, lookAtApprovals, lookAtEvents } from './lookAside.ts'
import { lookAtProducts } from './lookAtProducts.ts'
import { lookAtSubmission, lookAtSubmissions } from './lookAtSubmissions.ts'
import type { Filed } from './model.ts'
import { firstNight } from './nights.ts'
import type { Scene } from './scene.ts'
import { startWorld } from './world.ts'

interface Test {
  after(cleanUp: () => Promise<void>): void
  pass(what: string): void
}

const lookEvery = 40
const reportsALook = 2

/** Does so many random acts. Throws where service and model differ, and tells the seed, the step and the latest acts. */
export async function simulate(test: Test, seed: number, steps: number): Promise<void> {
  const dice = diceOf(seed)
  const world = await startWorld(test, dice)
  const scene: Scene = { world, model: new Map(), dice, nights: firstNight(), agencyKeys: [], step: 0 }
  const ever = new Map<string, Pick<Filed, 'id' | 'receipt' | 'submission'>>()
  const happened: string[] = []

  async function doOne(): Promise<void> {
    scene.step += 1
    const { name, act } = anyAct()
    happened.push(`${scene.step}: ${name}`)
    await act(scene)
    for (const report of scene.model.values()) ever.set(report.id, report)
    if (scene.step % lookEvery !== 0) return
    happened.push('a look at everything')
    await lookAtLists(world, scene.model)
    await lookAtEvents(world, scene.model)
    await lookAtApprovals(world, scene.model)
    await lookAtProducts(scene)
    await lookAtSubmissions(world, scene.model)
    for (let count = 0; count < reportsALook; count++) {
      const report = dice.oneOf([...scene.model.values()])
      if (report !== undefined) await lookAt(report)
    }
  }

  async function lookAt(report: Filed): Promise<void> {
    await lookAtReport(world, report)
    await lookAside(world, report)
    await lookAtSubmission(world, report)
  }

  function anyAct() {
    let left = dice.below(acts.reduce((sum, { weight }) => sum + weight, 0))
    for (const one of acts) {
      left -= one.weight
      if (left < 0) return one
    }
    throw new Error('the weights are wrong')
  }

  try {
    while (scene.step < steps) await doOne()
    happened.push('the look at the end')
    await lookAtLists(world, scene.model)
    await lookAtEvents(world, scene.model)
    await lookAtApprovals(world, scene.model)
    await lookAtProducts(scene)
    await lookAtSubmissions(world, scene.model)
    for (const report of scene.model.values()) await lookAt(report)
    for (const gone of ever.values()) if (!scene.model.has(gone.id)) await lookAtGone(world, gone)
  } catch (error) {
    const how = `SIMULATION_SEED=${seed} SIMULATION_STEPS=${scene.step}`
    throw new Error(`${how}\n${happened.slice(-5).join('\n')}`, { cause: error })
  }
  test.pass(
    `${scene.model.size} of ${ever.size} reports are there, ${ever.size - scene.model.size} were let go`,
  )
}
