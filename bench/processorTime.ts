import { readFile } from 'node:fs/promises'

/** Clock ticks a second in /proc: the same on every Linux that Node runs on. */
const ticks = 100

/**
 * Seconds of processor time that these processes have used so far; not a number where there is no /proc. Unlike a
 * rate, it changes little with what else the machine is doing.
 */
export async function processorTime(pids: readonly number[]): Promise<number> {
  if (process.platform !== 'linux') return Number.NaN
  const times = await Promise.all(pids.map(timeOf))
  return times.reduce((sum, time) => sum + time, 0)
}

async function timeOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  // The name in brackets may hold anything; the fields after it are the state (3) and, as 14th and 15th, the times.
  const fields = status.slice(status.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / ticks
}
