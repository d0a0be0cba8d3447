import { totalmem } from 'node:os'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { constrainedMemory } from 'node:process'
import type { Pool } from '../storage/pool.ts'

/** 0 is well, 1 is strained, 2 is bad: no finer, and over a whole minute, so that nothing of it shows one report. */
export type State = 0 | 1 | 2

const second = 1_000
const nanosecondsAMillisecond = 1_000_000

/** A state by two thresholds. */
function stateOf(value: number, strained: number, bad: number): State {
  if (value >= bad) return 2
  return value >= strained ? 1 : 0
}

/** Watches the process itself. `states` tells of the time since it was last asked. */
export function watchProcess(pools: readonly Pool[]) {
  const lag = monitorEventLoopDelay({ resolution: 20 })
  lag.enable()
  const waited = new Map<Pool, number>()
  let samples = 0
  const timer = setInterval(() => {
    samples += 1
    for (const pool of pools) if (pool.waiting() > 0) waited.set(pool, (waited.get(pool) ?? 0) + 1)
  }, second).unref()

  return {
    states() {
      const states = {
        eventLoop: stateOf(lag.percentile(99) / nanosecondsAMillisecond, 250, 1_000),
        memory: stateOf(process.memoryUsage.rss() / memoryAtMost(), 0.7, 0.9),
        pools: new Map(
          pools.map((pool) => [
            pool.role,
            stateOf((waited.get(pool) ?? 0) / Math.max(1, samples), 0.25, 0.75),
          ]),
        ),
      }
      lag.reset()
      waited.clear()
      samples = 0
      return states
    },
    stop() {
      clearInterval(timer)
      lag.disable()
    },
  }
}

/** What this process may use: the container's limit, or the machine's memory. */
function memoryAtMost(): number {
  const limit = constrainedMemory()
  return limit > 0 && limit < totalmem() ? limit : totalmem()
}

/** Errors of a minute, as a state. */
export function errorState(count: number): State {
  return stateOf(count, 1, 10)
}
