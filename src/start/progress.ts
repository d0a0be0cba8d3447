import type { Config } from '../config.ts'
import type { Log } from '../log.ts'

/** Says what a start is doing, before it does it. */
export type Progress = (step: string) => void

/**
 * To a person who tries Sotto out, plain lines on stdout; where the service runs on a database of its own, lines of the
 * log, which a machine reads.
 */
export function progressOf(config: Config, log: Log): Progress {
  if (config.databaseUrl !== undefined) return (step) => log.info(step)
  return (step) => process.stdout.write(`sotto: ${step} …\n`)
}
