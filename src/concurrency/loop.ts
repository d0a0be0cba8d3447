/** Work that goes on beside the calls. */
export interface Loop {
  /** Ends it. Resolves once a pass under way has ended. */
  stop(): Promise<void>
}

export interface LoopOptions {
  /** Milliseconds from the end of one pass to the beginning of the next; worked out anew each time if a function. */
  wait: number | (() => number)
  /** Whether the first pass begins at once, and not after a wait. */
  atOnce?: boolean
  /** Hears of a pass that failed. The next comes all the same. Not called once the loop is being stopped. */
  failed?: (error: unknown) => void
}

/** Does `pass` again and again, never twice at once, until it is stopped. It keeps no process running. */
export function loop(
  pass: (signal: AbortSignal) => Promise<void>,
  { wait, atOnce = false, failed = () => {} }: LoopOptions,
): Loop {
  const stopping = new AbortController()
  const { signal } = stopping
  let timer: NodeJS.Timeout | undefined
  let running = Promise.resolve()

  async function once(): Promise<void> {
    try {
      await pass(signal)
    } catch (error) {
      if (!signal.aborted) failed(error)
    }
    if (!signal.aborted) next()
  }

  function next(): void {
    timer = setTimeout(
      () => {
        running = once()
      },
      typeof wait === 'number' ? wait : wait(),
    ).unref()
  }

  if (atOnce) running = once()
  else next()
  return {
    async stop() {
      stopping.abort()
      clearTimeout(timer)
      await running
    },
  }
}
