import assert from 'node:assert/strict'
import { openPool } from '../../src/storage/pool.ts'
import { dayOf } from '../../src/vocabulary/calendar.ts'
import { Fault } from '../../src/vocabulary/faults.ts'
import { diceOf } from '../simulation/dice.ts'
import { groundApart } from '../simulation/groundApart.ts'
import type { Model } from '../simulation/model.ts'
import { eraseAll, firstNight, isInDoubt, noteNight, purge } from '../simulation/nights.ts'
import { operatorOf } from '../simulation/operator.ts'
import { asSuperuser } from '../support/cluster.ts'
import { faketime } from '../support/otherTime.ts'
import { until } from '../support/patience.ts'
import { endDeadlocks } from './deadlocks.ts'
import type { Drill, Figures, Size } from './drill.ts'
import { hasDebian } from './onDebian.ts'
import { figuresOf, insistOnAll } from './yearsEnd.ts'
import { reportersOf } from './yearsReporters.ts'
import { staffOf } from './yearsStaff.ts'

/** Years go by, night by night, in a service and a Postgres that live in them. */
export const years: Drill = {
  name: 'years',
  proves:
    'what the rules keep is there after so many nights, opens, and nothing else: no row, key or event of what is gone; every ended month is frozen, and the trail is whole',
  cannot: 'show what a disk does in ten years, or a version that was not written yet',
  async run(size) {
    if (!(await hasDebian({ faketime }))) return undefined
    const ends: (() => Promise<void>)[] = []
    try {
      return await live({ after: (end) => void ends.push(end) }, scaleOf(size))
    } finally {
      for (const end of ends.toReversed()) await end()
    }
  },
}

export interface Scale {
  nights: number
  reportsAMonth: number
  /** Months from one turn of keys to the next. */
  turnEvery: number
  seed: number
  /** Days from one nightly pass to the next: a night that is missed is no jump. */
  daysANight: 1 | 2
  /** How long what is not assessed is kept. */
  daysKept: number
}

/** `npm run drill -- years YEARS REPORTS-A-MONTH MONTHS-BETWEEN-KEYS SEED DAYS-A-NIGHT`; 10, 1000, 1, 1, 1 if it does not say. */
function scaleOf(size: Size): Scale {
  const usual = { reportsAMonth: 100, turnEvery: 1, seed: 2, daysANight: 1 } as const
  if (size === 'short') return { ...usual, nights: 60, daysKept: 30 }
  const [, count = '10', reports = '1000', months = '1', seed = '1', days = '1'] = process.argv.slice(2)
  const daysANight = days === '2' ? 2 : 1
  return {
    nights: Math.round((Number(count) * 365.25) / daysANight),
    daysANight,
    daysKept: 365,
    reportsAMonth: Number(reports),
    turnEvery: Number(months),
    seed: Number(seed),
  }
}

const aDay = 86_400_000
const daysOfMonth = 30.44

async function live(lifetime: { after(end: () => Promise<void>): void }, scale: Scale): Promise<Figures> {
  // Before the night's pass of the service itself is due.
  let now = Date.UTC(2030, 0, 1, 0, 1)
  const { daysANight, daysKept } = scale
  const ground = await groundApart(lifetime, new Date(now), { RETENTION_DAYS: String(daysKept) })
  // Its nap is a minute: in a Postgres whose days take a moment it would do little else.
  await asSuperuser(ground.databaseUrl, async (client) => {
    await client.query(`ALTER SYSTEM SET autovacuum_naptime = '5d'`)
    await client.query('SELECT pg_reload_conf()')
  })
  lifetime.after(endDeadlocks(ground.databaseUrl))
  const pool = openPool(ground.databaseUrl, 'sotto_triage', 3)
  lifetime.after(() => pool.close())
  const operator = operatorOf(pool, ground, daysKept)
  const dice = diceOf(scale.seed)
  const model: Model = new Map()
  const nights = firstNight()
  const reporters = reportersOf(ground, dice)
  const staff = await staffOf(ground, dice, daysANight)
  const today = () => dayOf(new Date(now))
  const began = performance.now()
  let [everything, purged, turned, nightly] = [0, 0, 0, 0]
  let isKeyNew = false
  const isFirstOfMonth = () => Number(today().slice(8)) <= daysANight
  const monthsGone = () => (Number(today().slice(0, 4)) - 2030) * 12 + Number(today().slice(5, 7)) - 1
  async function passDay(): Promise<void> {
    now += aDay
    await ground.moveTo(new Date(now))
  }

  for (let count = 0; count < scale.nights; count++) {
    await liveOneNight().catch((cause) => {
      throw new Error(`on the day after ${today()}: ${ground.lastWords()}`, { cause })
    })
    if (today().endsWith('-01'))
      process.stderr.write(
        `# ${today()}: ${everything} sent, ${model.size} kept, ${Math.round((performance.now() - began) / 1_000)} s\n`,
      )
  }

  async function liveOneNight(): Promise<void> {
    if (daysANight === 2) await passDay()
    const average = (scale.reportsAMonth / daysOfMonth) * daysANight
    const many = Math.floor(average) + (dice.isLucky(average % 1) ? 1 : 0)
    everything += many
    for (const filed of await reporters.send(many, today())) model.set(filed.id, filed)
    await reporters.comeBack(model, today())
    await staff.work(model, today())

    await passDay()
    const before = performance.now()
    const mixed = await again(operator.night)
    nightly += performance.now() - before
    assert.equal(mixed.unopened + mixed.unplaced + mixed.unreadable + mixed.differing + mixed.strange, 0)
    const had = model.size
    eraseAll(model)
    noteNight(nights, today())
    assert(!isInDoubt(nights))
    purge(model, today(), nights, daysKept)
    purged += had - model.size
    await turnKeys()
  }

  /** The turn of keys (docs/retention.md), on the first of a month and the day after. */
  async function turnKeys(): Promise<void> {
    if (isKeyNew) {
      isKeyNew = false
      // Autovacuum does neither in that time: a plan made for empty tables would be kept for ten years, and every row that ever went.
      await asSuperuser(ground.databaseUrl, (client) => client.query('VACUUM (ANALYZE)'))
      const had = model.size
      await again(operator.purge)
      purge(model, today(), undefined, daysKept)
      purged += had - model.size
      turned += await again(operator.destroyOldKeys)
    } else if (isFirstOfMonth() && monthsGone() % scale.turnEvery === 0) {
      const kid = operator.turnKey()
      await until(async () => (await (await fetch(`${ground.base}/v1/keys`)).text()).includes(kid))
      isKeyNew = true
    }
  }

  const took = Math.round((performance.now() - began) / 1_000)
  assert.equal(everything - purged, model.size)
  await insistOnAll({ ground, pool, model, staff, reporters, today: today(), purged })
  return {
    nights: scale.nights,
    'days from one night to the next': daysANight,
    'months from one turn of keys to the next': scale.turnEvery,
    'reports a month': scale.reportsAMonth,
    'reports in all': everything,
    'purged, or erased by law': purged,
    'kept, and opened': model.size,
    'keys turned and destroyed': turned,
    'seconds for all of it': took,
    'milliseconds a night': Math.round(nightly / scale.nights),
    ...(await figuresOf(ground.databaseUrl, model.size)),
  }
}

/** As whoever gives a command, or the service at its next pass: on a machine that is too busy, once more. */
async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (attempt === 5 || !(error instanceof Fault && error.kind === 'storage-away')) throw error
    }
  }
}
