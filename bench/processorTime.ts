import { readFile } from 'node:fs/promises'

/** Clock ticks a second in /proc: the same on every Linux that Node runs on. */
const ticks = 100

/**
 * Seconds of processor time that each of these processes has used so far; not a number where there is no /proc. Unlike a
 * rate, it changes little with what else the machine is doing.
 */
export async function processorTimes(pids: readonly number[]): Promise<Map<number, number>> {
  const times = await Promise.all(pids.map(timeOf))
  return new Map(pids.map((pid, index) => [pid, times[index] ?? 0]))
}

/** What was used between two readings, by those that are there at the second: one that has ended takes its time along. */
export function usedBetween(before: ReadonlyMap<number, number>, after: ReadonlyMap<number, number>): number {
  if (process.platform !== 'linux') return Number.NaN
  return [...after].reduce((sum, [pid, time]) => sum + time - (before.get(pid) ?? 0), 0)
}

/** Of all of them together. */
export async function processorTime(pids: readonly number[]): Promise<number> {
  if (process.platform !== 'linux') return Number.NaN
  return [...(await processorTimes(pids)).values()].reduce((sum, time) => sum + time, 0)
}

async function timeOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  // The name in brackets may hold anything; the fields after it are the state (3) and, as 14th and 15th, the times.
  const fields = status.slice(status.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / ticks
}
