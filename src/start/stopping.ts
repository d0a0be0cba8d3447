import { describeError, type Log } from '../log.ts'

/** Milliseconds that closing may take before the process ends all the same. */
const grace = 9_000
const signals = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'] as const

/**
 * Calls `close` at the first signal to stop, or at a fault that nobody caught, and ends the process after it. What
 * comes later changes nothing: Ctrl-C under npm arrives twice, from the terminal and from npm.
 */
export function stopWhenTold(log: Log, close: () => Promise<void>): { isTold(): boolean } {
  let isTold = false
  const stop = (exitCode: number) => {
    isTold = true
    setTimeout(() => process.exit(1), grace)
    close().then(
      () => process.exit(exitCode),
      () => process.exit(1),
    )
  }
  for (const signal of signals) {
    process.on(signal, () => {
      if (isTold) return
      log.info('stopping', { code: signal })
      stop(0)
    })
  }
  for (const event of ['uncaughtException', 'unhandledRejection']) {
    process.on(event, (fault: unknown) => {
      log.error('unforeseen fault, stopping', describeError(fault))
      if (!isTold) stop(1)
    })
  }
  return { isTold: () => isTold }
}
