import { type Loop, loop } from '../concurrency/loop.ts'
import { describeError, type Log, type LogFields } from '../log.ts'
import type { Check } from '../routes/public/health.ts'
import { Fault } from '../vocabulary/faults.ts'

/** Milliseconds from one look at the parts to the next. */
const lookEvery = 5_000

export interface PartsWatch extends Loop {
  /** Whether each part was well when it was last looked at. */
  isUp(): ReadonlyMap<string, boolean>
}

/** Watches the parts that the service cannot do without: one log line when one goes down, and one when it comes back. */
export function watchParts(
  checks: ReadonlyMap<string, Check>,
  log: Log,
  /** Parts of which the log is told elsewhere. */
  toldElsewhere: ReadonlySet<string> = new Set(),
): PartsWatch {
  const isUp = new Map([...checks.keys()].map((part) => [part, true]))

  async function look(part: string, check: Check): Promise<void> {
    try {
      await check()
      if (isUp.get(part) === false && !toldElsewhere.has(part)) log.info('a part is back', { part })
      isUp.set(part, true)
    } catch (error) {
      // A full pool says that there is much to do, not that something is down.
      if (error instanceof Fault && error.kind === 'overloaded') return
      if (isUp.get(part) === true && !toldElsewhere.has(part))
        log.error('a part is down', { part, ...whyOf(error) })
      isUp.set(part, false)
    }
  }

  const pass = async () => {
    await Promise.all([...checks].map(([part, check]) => look(part, check)))
  }
  const { stop } = loop(pass, { wait: lookEvery, atOnce: true })
  return { isUp: () => isUp, stop }
}

/** By class and code: what the driver or the server said, or else the kind of the fault. */
function whyOf(error: unknown): LogFields {
  if (!(error instanceof Fault)) return withoutFrames(describeError(error))
  return error.cause === undefined
    ? { code: error.kind }
    : { code: error.kind, ...withoutFrames(describeError(error.cause)) }
}

function withoutFrames({ frames: _frames, ...fields }: LogFields): LogFields {
  return fields
}
