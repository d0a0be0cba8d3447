/**
 * Lets those who wait go on one at a time, each in a turn of the event loop of its own: what takes a while, and cannot be
 * interrupted, then keeps everything else waiting for one of its kind and no more.
 */
export function createPace(): () => Promise<void> {
  const waiting: Array<() => void> = []

  function nextTurn(): void {
    waiting.shift()?.()
    if (waiting.length > 0) setImmediate(nextTurn)
  }

  return () =>
    new Promise((resolve) => {
      waiting.push(resolve)
      if (waiting.length === 1) setImmediate(nextTurn)
    })
}
