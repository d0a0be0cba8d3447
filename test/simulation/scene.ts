import type { Dice } from './dice.ts'
import { type Filed, type Model, readsReports, sightOf } from './model.ts'
import type { Nights } from './nights.ts'
import type { Member, World } from './world.ts'

/** What can happen in one step. Each act asks the service and the model, which must agree on what is answered. */

export interface Scene {
  world: World
  model: Model
  dice: Dice
  nights: Nights
  /** Files of keys that the agency `licensing` made itself, each in place of the one before. */
  agencyKeys: string[]
  /** How many steps there were. */
  step: number
}

export type Act = (scene: Scene) => Promise<void>
export type ActOnReport = (scene: Scene, report: Filed, member: Member) => Promise<void>

/** Half of what is done is done to a few reports, so that some of them come far. */
const few = 4

export function anyReport({ dice, model }: Scene): Filed | undefined {
  const all = [...model.values()]
  return dice.oneOf(dice.isLucky(0.5) ? all.slice(0, few) : all)
}

/** Somebody does something to some report. */
export const onReport =
  (act: ActOnReport): Act =>
  async (scene) => {
    const report = anyReport(scene)
    const member = scene.dice.oneOf(scene.world.members)
    if (report !== undefined && member !== undefined) await act(scene, report, member)
  }

export const pathOf = ({ id }: Filed) => `/v1/triage/reports/${id}`

/** What whoever reads the report is answered, if others may not do it, or not know of it. */
export const expectOf = (member: Member, report: Filed, done: number) =>
  !readsReports(member) ? 403 : sightOf(member, report) === 'all' ? done : 404

/** The same for what only supervisors do. */
export const ofSupervisor = (member: Member, report: Filed, done: number) =>
  member.role !== 'supervisor' ? 403 : expectOf(member, report, done)
