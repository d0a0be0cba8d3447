/**
 * Lets those who wait go on by turns, at most `perTurn` of them in `milliseconds`: what many clients send at once is
 * read no faster than that, since libuv reads up to two megabytes of each before it looks at a new connection.
 */
export function pacer(perTurn: number, milliseconds: number) {
  const waiting = new Set<() => void>()
  let isRunning = false

  function nextTurn(): void {
    for (const goOn of [...waiting].slice(0, perTurn)) {
      waiting.delete(goOn)
      goOn()
    }
    isRunning = waiting.size > 0
    if (isRunning) setTimeout(nextTurn, milliseconds)
  }

  /** Calls `goOn` when it is its turn, unless it is taken back before. Gives back what takes it back. */
  return function waitForTurn(goOn: () => void): () => void {
    waiting.add(goOn)
    if (!isRunning) setTimeout(nextTurn, milliseconds)
    isRunning = true
    return () => void waiting.delete(goOn)
  }
}
